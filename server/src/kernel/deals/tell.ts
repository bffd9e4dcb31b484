/** The timeline and the words to the people of a deal. Every change goes through here, so that none happens in silence. */
import { and, eq, sql } from "drizzle-orm";
import { splitOf } from "../../gateways/ton/contracts/port.ts";
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { publish } from "../../platform/realtime.ts";
import { notify } from "../notifications/index.ts";
import { kindOf } from "./kinds.ts";
import { percent } from "./next/rules.ts";
import type { DealParty, TimelineEntry } from "./shapes.ts";
import { type DealRow, deals, events } from "./tables.ts";

type Entry = {
  kind: string;
  by: TimelineEntry["by"];
  at?: Date;
  params?: TimelineEntry["params"];
  txHash?: string;
};

/** Adds a line to the timeline; false when this transaction has already given one of this kind. */
export async function addEvent(tx: Tx, deal: DealRow, entry: Entry): Promise<boolean> {
  if (entry.txHash !== undefined) {
    const found = await tx.db
      .select({ id: events.id })
      .from(events)
      .where(and(eq(events.dealId, deal.id), eq(events.txHash, entry.txHash), eq(events.kind, entry.kind)));
    if (found.length > 0) return false;
  }
  const [counted] = await tx.db
    .update(deals)
    .set({ timelineSeq: sql`timeline_seq + 1`, updatedAt: tx.now })
    .where(eq(deals.id, deal.id))
    .returning({ seq: deals.timelineSeq });
  await tx.db.insert(events).values({
    id: newId(tx.now.getTime()),
    dealId: deal.id,
    seq: counted?.seq ?? 0,
    at: entry.at ?? tx.now,
    kind: entry.kind,
    by: entry.by,
    params: entry.params ?? {},
    txHash: entry.txHash ?? null,
  });
  showLive(tx, deal);
  return true;
}

/** Open screens of everybody in the deal ask for it again. */
export function showLive(tx: Tx, deal: DealRow): void {
  for (const userId of [deal.buyerId, deal.sellerId, deal.arbiterId])
    if (userId) publish(tx, userId, "deal", deal.id);
}

/** What notices can say about any deal. `amount` is the reader's own part as it stands. */
function paramsFor(deal: DealRow, role: DealParty): Record<string, string | number> {
  const parts = splitOf(deal.priceNano, deal.bps, deal.feeBps);
  return {
    title: deal.subject.title,
    // What is agreed has its own words where it is no channel.
    context: deal.kind,
    ...(deal.subject.kind === "ad_post" ? { postAt: deal.subject.postAt } : {}),
    price: deal.priceNano.toString(),
    amount: (role === "seller" ? parts.seller : parts.buyer).toString(),
    sellerPercent: percent(deal.bps),
    buyerPercent: percent(10_000 - deal.bps),
    ...(deal.untilAt ? { until: deal.untilAt.toISOString() } : {}),
  };
}

/** Where a notice leads: what its button says. */
function linkOf(deal: DealRow, name: string, role: DealParty): string {
  if (role === "arbiter") return `/arbiter/${deal.id}`;
  const isReceipt = name === "released" || name === "split" || (name === "refunded" && role === "buyer");
  return isReceipt ? `/deals/${deal.id}/receipt` : `/deals/${deal.id}`;
}

/** Tells these people; `name` with each role has words `notices.<name>_<role>`. `cause` makes the notice unique. */
export async function tell(
  tx: Tx,
  deal: DealRow,
  name: string,
  cause: string,
  roles: readonly DealParty[] = ["buyer", "seller"],
  params: Record<string, string | number> = {},
): Promise<void> {
  for (const role of roles) {
    const userId = { buyer: deal.buyerId, seller: deal.sellerId, arbiter: deal.arbiterId }[role];
    if (!userId || kindOf(deal.kind)?.tells?.includes(`${name}_${role}`)) continue;
    await notify(tx, {
      userId,
      kind: `deals.${name}_${role}`,
      topic: "deals",
      params: { ...paramsFor(deal, role), ...params },
      link: linkOf(deal, name, role),
      key: `deal:${deal.id}:${name}:${cause}`,
    });
  }
}
