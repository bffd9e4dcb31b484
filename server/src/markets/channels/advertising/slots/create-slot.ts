import { and, count, eq, ne } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../../../../platform/context.ts";
import { newId, randomCode } from "../../../../platform/ids.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { assertPrice } from "../../listings/create-listing.ts";
import { adErrors } from "../errors.ts";
import { lookAtRights, partIn } from "../members/rights.ts";
import { isMarkMissing, userOf } from "../profiles/cards.ts";
import { lockProfile, rankProfile } from "../profiles/rank-profile.ts";
import { slots } from "../tables.ts";
import { isSoundFormat, slotsMax, wallMinute } from "./rules.ts";
import { createSlot as slot, type WorkingHours } from "./shapes.ts";

/** 13 characters of base 32: 65 bits, so a private slot cannot be guessed. */
const codeLength = 13;
const input = z.strictObject({ channelId: uuid, slot });

export const assertHours = (hours: WorkingHours, now: Date): void => {
  if (wallMinute(now, hours.timeZone) === null) throw adErrors.hours_unsound();
};

/** Offers a place for one post, at a price that stands. Rights in Telegram are asked for now. */
export const createSlot = verb("channels.create_slot", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, { channelId, slot: given }: z.output<typeof input>) => {
    assertPrice(ctx.settings.env.PRICE_MIN, given.price.amount);
    return lookAtRights(ctx, channelId);
  },
  run: async (tx, { channelId, slot: given }) => {
    const { channel } = await partIn(tx.db, userOf(tx).userId, channelId, "manager");
    const profile = await lockProfile(tx, channelId);
    if (!profile) throw adErrors.profile_needed();
    if (tx.settings.env.ADS_REGISTRY_RULE === "refuse" && isMarkMissing(tx.settings, profile))
      throw adErrors.registry_mark_needed({ membersMin: tx.settings.env.ADS_REGISTRY_MEMBERS });
    if (!isSoundFormat(given.format)) throw adErrors.format_unsound();
    assertHours(given.hours, tx.now);
    const [held] = await tx.db
      .select({ n: count() })
      .from(slots)
      .where(and(eq(slots.channelId, channelId), ne(slots.status, "removed")));
    if (Number(held?.n ?? 0) >= slotsMax) throw adErrors.slots_full({ max: slotsMax });
    const id = newId(tx.now.getTime());
    const { format, price, hours, ...rest } = given;
    await tx.db.insert(slots).values({
      ...rest,
      id,
      code: randomCode(codeLength),
      channelId,
      formatKey: format.key,
      topHours: format.topHours,
      feedHours: format.feedHours,
      price: BigInt(price.amount),
      hoursFrom: hours.from,
      hoursTo: hours.to,
      timeZone: hours.timeZone,
      status: "active",
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    await rankProfile(tx, channelId);
    publish(tx, channel.ownerUserId, "channel", channelId);
    return { slotId: id };
  },
});
