import { eq, sql } from "drizzle-orm";
import type { Actor, Ctx, Tx } from "../../platform/context.ts";
import { dealErrors } from "./errors.ts";
import type { DealFacts } from "./rules.ts";
import type { DealParty } from "./shapes.ts";
import { type DealRow, deals } from "./tables.ts";

/** The deal under its row lock: everything that changes a deal starts here. */
export async function lockDeal(tx: Tx, dealId: string): Promise<DealRow> {
  const [row] = await tx.db.select().from(deals).where(eq(deals.id, dealId)).for("update");
  if (!row) throw dealErrors.not_found();
  return row;
}

/** The deal, locked, and the actor's role in it. Somebody else's deal reads as absent. */
export async function lockOwnDeal(tx: Tx, dealId: string): Promise<{ deal: DealRow; role: DealParty }> {
  const deal = await lockDeal(tx, dealId);
  const role = roleOf(tx.actor, deal);
  if (!role) throw dealErrors.not_found();
  return { deal, role };
}

export function roleOf(
  actor: Actor,
  deal: Pick<DealRow, "buyerId" | "sellerId" | "arbiterId">,
): DealParty | null {
  if (actor.kind !== "user") return null;
  if (actor.userId === deal.buyerId) return "buyer";
  if (actor.userId === deal.sellerId) return "seller";
  return actor.userId === deal.arbiterId ? "arbiter" : null;
}

export const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
export const instantOf = (unix: number): Date => new Date(unix * 1000);

/** What the rules look at. */
export const factsOf = (deal: DealRow): DealFacts => ({
  status: deal.status,
  escrowState: deal.escrowState,
  payBy: seconds(deal.payBy),
  until: deal.untilAt ? seconds(deal.untilAt) : null,
  bps: deal.bps,
  isFinal: deal.isFinal,
});

/** Chain time for a verb's `look`, Unix seconds. @throws deals.chain_unknown */
export async function chainNow(ctx: Ctx): Promise<number> {
  return ctx.gateways.ton.now().catch((error: unknown) => {
    ctx.log.warn({ reason: error instanceof Error ? error.name : "unknown" }, "no chain time");
    throw dealErrors.chain_unknown();
  });
}

/** Asks the watcher for a fresh look, now or at `at`, unless one is due sooner. */
export async function readSoon(tx: Tx, dealId: string, at: Date = tx.now): Promise<void> {
  await tx.db
    .update(deals)
    .set({
      readDueAt: sql`least(coalesce(read_due_at, ${at.toISOString()}::timestamptz), ${at.toISOString()}::timestamptz)`,
    })
    .where(eq(deals.id, dealId));
}
