import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../../../platform/context.ts";
import type { ReadDb } from "../../../../platform/db.ts";
import { Problem } from "../../../../platform/errors.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { assertPrice } from "../../listings/create-listing.ts";
import { adErrors } from "../errors.ts";
import { lookAtRights, partIn } from "../members/rights.ts";
import { userOf } from "../profiles/cards.ts";
import { lockProfile, rankProfile } from "../profiles/rank-profile.ts";
import { type SlotRow, slots } from "../tables.ts";
import { assertHours } from "./create-slot.ts";
import { putSlot } from "./shapes.ts";
import { findSlot } from "./views.ts";

const input = z.strictObject({ id: uuid, change: putSlot });

/** Changes a slot for whoever comes next: what was booked keeps the terms of its day. Telegram is asked when it opens again. */
export const updateSlot = verb("channels.update_slot", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, { id, change }: z.output<typeof input>) => {
    if (change.price) assertPrice(ctx.settings.env.PRICE_MIN, change.price.amount);
    const found = await findSlot(ctx.db, { id });
    if (!found) throw adErrors.slot_not_found();
    await assertPart(ctx.db, ctx, found.slot.channelId);
    if (change.status === "paused") return null;
    return lookAtRights(ctx, found.slot.channelId);
  },
  run: async (tx, { id, change: { price, hours, ...rest } }) => {
    const slot = await held(tx, id);
    if (hours) assertHours(hours, tx.now);
    await tx.db
      .update(slots)
      .set({
        ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as object),
        ...(price ? { price: BigInt(price.amount) } : {}),
        ...(hours ? { hoursFrom: hours.from, hoursTo: hours.to, timeZone: hours.timeZone } : {}),
        updatedAt: tx.now,
      })
      .where(eq(slots.id, id));
    await rankProfile(tx, slot.channelId);
    publish(tx, userOf(tx).userId, "channel", slot.channelId);
    return { slotId: id };
  },
});

/** Takes a slot out. What was booked stays booked. Twice is once. */
export const removeSlot = verb("channels.remove_slot", {
  input: z.strictObject({ id: uuid }),
  allow: ["user"],
  run: async (tx, { id }) => {
    const slot = await held(tx, id, true);
    await tx.db.update(slots).set({ status: "removed", updatedAt: tx.now }).where(eq(slots.id, id));
    await rankProfile(tx, slot.channelId);
    publish(tx, userOf(tx).userId, "channel", slot.channelId);
    return { slotId: id };
  },
});

/** Somebody with no part in the channel learns nothing of the slot. */
async function assertPart(db: ReadDb, actor: Pick<Ctx, "actor">, channelId: string): Promise<void> {
  try {
    await partIn(db, userOf(actor).userId, channelId, "manager");
  } catch (error) {
    if (error instanceof Problem && error.kind === "not_found") throw adErrors.slot_not_found();
    throw error;
  }
}

/** One's own slot, held until the transaction ends; its channel's profile first, as everywhere. */
async function held(tx: Tx, id: string, evenRemoved = false): Promise<SlotRow> {
  const [known] = await tx.db.select({ channelId: slots.channelId }).from(slots).where(eq(slots.id, id));
  if (!known) throw adErrors.slot_not_found();
  await assertPart(tx.db, tx, known.channelId);
  await lockProfile(tx, known.channelId);
  const [slot] = await tx.db.select().from(slots).where(eq(slots.id, id)).for("update");
  if (!slot || (slot.status === "removed" && !evenRemoved)) throw adErrors.slot_not_found();
  return slot;
}
