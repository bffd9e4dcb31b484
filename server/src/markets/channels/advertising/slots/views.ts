import { and, asc, eq, isNull, ne } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../../../platform/context.ts";
import type { ReadDb } from "../../../../platform/db.ts";
import { normalCode } from "../../queries.ts";
import { channels } from "../../tables.ts";
import { adErrors } from "../errors.ts";
import { appLink, type Names, startOf } from "../links.ts";
import { cardsById, namesOf } from "../profiles/cards.ts";
import type { ChannelCard } from "../shapes.ts";
import { type ProfileRow, profiles, type SlotRow, slots } from "../tables.ts";
import { costPerThousand } from "./rules.ts";
import type { Slot, slotList } from "./shapes.ts";

export type FoundSlot = { slot: SlotRow; profile: ProfileRow };

/** A slot with its channel's profile, by id or code; removed slots and channels name nothing. */
export async function findSlot(db: ReadDb, by: { id: string } | { code: string }): Promise<FoundSlot | null> {
  const code = "code" in by ? normalCode(by.code) : "";
  if ("code" in by && !/^[0-9A-Z]+$/.test(code)) return null;
  const [row] = await db
    .select({ slot: slots, profile: profiles })
    .from(slots)
    .innerJoin(profiles, eq(profiles.channelId, slots.channelId))
    .innerJoin(channels, eq(channels.id, slots.channelId))
    .where(
      and(
        "id" in by ? eq(slots.id, by.id) : eq(slots.code, code),
        ne(slots.status, "removed"),
        isNull(channels.removedAt),
      ),
    );
  return row ?? null;
}

/** Whether something can be booked in it now, as far as its channel and its own state go. */
export const isBookable = ({ slot, profile }: FoundSlot): boolean =>
  slot.status === "active" && profile.isListed;

const tons = (nano: bigint) => ({ amount: nano.toString(), asset: "TON" as const });

function view(names: Names, { slot, profile }: FoundSlot, channel: ChannelCard, withCode: boolean): Slot {
  const cost = costPerThousand(slot.price, profile.views);
  return {
    id: slot.id,
    code: withCode ? slot.code : null,
    deepLink: withCode || slot.visibility === "public" ? appLink(names, startOf.slot(slot.code)) : null,
    channel,
    format: { key: slot.formatKey, topHours: slot.topHours, feedHours: slot.feedHours },
    price: tons(slot.price),
    costPerThousand: cost === null ? null : tons(cost),
    postedBy: slot.postedBy,
    isTopOfFeed: slot.isTopOfFeed,
    hours: { from: slot.hoursFrom, to: slot.hoursTo, timeZone: slot.timeZone },
    leadHours: slot.leadHours,
    forbiddenTopics: slot.forbiddenTopics,
    note: slot.note,
    visibility: slot.visibility,
    status: slot.status,
    pausedBy: slot.status === "paused" ? "publisher" : profile.pausedBy,
    createdAt: slot.createdAt.toISOString(),
  };
}

/** The slots of a channel: all of them for who runs it, the public ones that can be booked for everybody else. */
export async function listSlots(ctx: Ctx, channelId: string): Promise<z.input<typeof slotList>> {
  const card = (await cardsById(ctx, [channelId])).get(channelId);
  if (!card) throw adErrors.card_not_found();
  const rows = await ctx.db
    .select({ slot: slots, profile: profiles })
    .from(slots)
    .innerJoin(profiles, eq(profiles.channelId, slots.channelId))
    .where(and(eq(slots.channelId, channelId), ne(slots.status, "removed")))
    .orderBy(asc(slots.id));
  const names = await namesOf(ctx);
  const shown = rows.filter(
    (row) => card.role !== null || (isBookable(row) && row.slot.visibility === "public"),
  );
  return { items: shown.map((row) => view(names, row, card, card.role !== null)) };
}

/** A public slot, or one of a channel that one runs. */
export async function getSlot(ctx: Ctx, id: string): Promise<Slot> {
  const found = await findSlot(ctx.db, { id });
  const shown = found && (await slotView(ctx, found, false));
  if (!shown || (shown.channel.role === null && !(shown.visibility === "public" && isBookable(found))))
    throw adErrors.slot_not_found();
  return shown;
}

/** Any slot by its offer code: who has the code was given it. */
export async function getSlotByCode(ctx: Ctx, code: string): Promise<Slot> {
  const found = await findSlot(ctx.db, { code });
  const shown = found && (await slotView(ctx, found, true));
  if (!shown) throw adErrors.slot_not_found();
  return shown;
}

async function slotView(ctx: Ctx, found: FoundSlot, withCode: boolean): Promise<Slot> {
  const card = (await cardsById(ctx, [found.slot.channelId])).get(found.slot.channelId);
  if (!card) throw adErrors.slot_not_found();
  return view(await namesOf(ctx), found, card, withCode || card.role !== null);
}
