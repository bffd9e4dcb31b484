import { and, eq, lte } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { expireOfferJob } from "../jobs.ts";
import { type OfferRow, offers, profiles } from "../tables.ts";
import { moveOffer } from "./rules.ts";
import { record, tell } from "./say.ts";

/** Nobody answered in time. Both sides hear of it. */
export const expireOffer = verb("channels.expire_offer", {
  input: z.strictObject({ offerId: uuid }),
  allow: ["system"],
  run: async (tx, { offerId }) => {
    const [offer] = await tx.db.select().from(offers).where(eq(offers.id, offerId)).for("update");
    if (!offer || offer.expiresAt > tx.now) return { offerId };
    const move = moveOffer({ status: offer.status, turn: offer.turn }, "expire", "system");
    if (move.kind !== "go") return { offerId };
    await tx.db
      .update(offers)
      .set({ status: move.to.status, turn: null, updatedAt: tx.now })
      .where(eq(offers.id, offerId));
    await tellBoth(tx, { ...offer, ...move.to });
    return { offerId };
  },
});

async function tellBoth(tx: Tx, offer: OfferRow): Promise<void> {
  const seq = await record(tx, offer, { kind: "expired", by: "system", userId: null, message: "" });
  const [channel] = await tx.db
    .select({ title: profiles.title })
    .from(profiles)
    .where(eq(profiles.channelId, offer.channelId));
  for (const side of ["publisher", "advertiser"] as const)
    await tell(tx, offer, { side, kind: "offer_expired", title: channel?.title ?? "", seq });
}

/** Offers that are over though no job said so: a lost job must not leave one open. */
export const sweepOffers = verb("channels.sweep_offers", {
  input: z.strictObject({}),
  allow: ["system"],
  run: async (tx) => {
    const late = await tx.db
      .select({ id: offers.id })
      .from(offers)
      .where(and(eq(offers.status, "open"), lte(offers.expiresAt, new Date(tx.now.getTime() - 60_000))))
      .limit(200);
    for (const { id } of late)
      enqueue(tx, expireOfferJob.with({ offerId: id }), {
        key: `${id}:sweep:${tx.now.toISOString().slice(0, 16)}`,
      });
    return { found: late.length };
  },
});
