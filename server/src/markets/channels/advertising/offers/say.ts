import { and, eq } from "drizzle-orm";
import { notify } from "../../../../kernel/notifications/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { publish } from "../../../../platform/realtime.ts";
import type { Party } from "../shapes.ts";
import { members, type OfferRow, offerEvents } from "../tables.ts";
import type { OfferTerms } from "./shapes.ts";

export const termsOf = (row: OfferRow): OfferTerms => ({
  price: { amount: row.price.toString(), asset: "TON" },
  format: { key: row.formatKey, topHours: row.topHours, feedHours: row.feedHours },
  postAt: row.postAt.toISOString(),
  postedBy: row.postedBy,
  isTopOfFeed: row.isTopOfFeed,
});

type Said = {
  kind: (typeof offerEvents.$inferInsert)["kind"];
  by: Party | "system";
  userId: string | null;
  message: string;
};

/** Writes what was said into the offer's history. The caller holds the offer's row, so that numbers have no gaps. */
export async function record(tx: Tx, row: OfferRow, said: Said): Promise<number> {
  const seq = await tx.db.$count(offerEvents, eq(offerEvents.offerId, row.id));
  await tx.db
    .insert(offerEvents)
    .values({ offerId: row.id, seq, round: row.round, terms: termsOf(row), at: tx.now, ...said });
  publish(tx, row.publisherUserId, "offer", row.id);
  publish(tx, row.advertiserUserId, "offer", row.id);
  return seq;
}

/** A side of an offer: the advertiser, or the owner with the managers of the channel. */
async function peopleOf(tx: Tx, row: OfferRow, side: Party): Promise<string[]> {
  if (side === "advertiser") return [row.advertiserUserId];
  const managers = await tx.db
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.channelId, row.channelId), eq(members.role, "manager")));
  return [row.publisherUserId, ...managers.map(({ userId }) => userId)];
}

/** Tells one side what happened: words under `notices.<kind>`. `exceptUserId` is who did it. */
export async function tell(
  tx: Tx,
  row: OfferRow,
  given: { side: Party; kind: string; title: string; seq: number; exceptUserId?: string; link?: string },
): Promise<void> {
  for (const userId of await peopleOf(tx, row, given.side)) {
    if (userId === given.exceptUserId) continue;
    await notify(tx, {
      userId,
      kind: `channels.${given.kind}`,
      topic: "offers",
      params: {
        title: given.title,
        price: row.price.toString(),
        postAt: row.postAt.toISOString(),
        format: row.formatKey,
      },
      link: given.link ?? `/offers/${row.id}`,
      key: `offer:${row.id}:${given.seq}`,
    });
  }
}
