/** Reads of deals, as views. A deal of others is absent, not forbidden. */
import { and, asc, desc, eq, inArray, lt, not, or, type SQL } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Ctx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import type { Settings } from "../../platform/settings.ts";
import type { TonConnectRequest } from "../../platform/shapes.ts";
import { uuid } from "../../platform/shapes.ts";
import { publicUsers } from "../identity/index.ts";
import { dealErrors } from "./errors.ts";
import { factsOf, roleOf, seconds } from "./lock-deal.ts";
import { futureOf } from "./next/rules.ts";
import { endedStatuses } from "./rules.ts";
import type {
  Deal,
  DealAnswer,
  DealParty,
  DealStatus,
  DealSubject,
  dealQuery,
  EscrowStateName,
  receipt,
  timeline,
} from "./shapes.ts";
import { type DealRow, deals, disputes, events } from "./tables.ts";
import {
  type DisputeRow,
  dealView,
  eventView,
  friendlyContract,
  friendlyWallet,
  outcomeView,
} from "./views.ts";

/** The facts that a market works with. Instants are chain time. */
export type DealBrief = {
  id: string;
  kind: string;
  status: DealStatus;
  escrowState: EscrowStateName;
  /** End of the contract's present state. */
  until: Date | null;
  /** The seller's share as the clock would pay it, or as it was paid. */
  bps: number;
  buyerId: string;
  sellerId: string;
  arbiterId: string | null;
  subject: DealSubject;
  /** What the market put into the agreement. */
  terms: Record<string, unknown>;
  priceNano: bigint;
  /** Of the seller's share. */
  feeBps: number;
  payBy: Date;
  deliverBy: Date;
  /** When the contract paid out; null before. */
  settledAt: Date | null;
  isFinal: boolean;
};

export const briefOf = (deal: DealRow): DealBrief => ({
  id: deal.id,
  kind: deal.kind,
  status: deal.status,
  escrowState: deal.escrowState,
  until: deal.untilAt,
  bps: deal.bps,
  buyerId: deal.buyerId,
  sellerId: deal.sellerId,
  arbiterId: deal.arbiterId,
  subject: deal.subject,
  terms: (deal.terms.market ?? {}) as Record<string, unknown>,
  priceNano: deal.priceNano,
  feeBps: deal.feeBps,
  payBy: deal.payBy,
  deliverBy: deal.deliverBy,
  settledAt: deal.settledAt,
  isFinal: deal.isFinal,
});

/** For a market's own work; undefined when there is no such deal. */
export async function dealBrief(db: ReadDb, dealId: string): Promise<DealBrief | undefined> {
  const [row] = await db.select().from(deals).where(eq(deals.id, dealId));
  return row && briefOf(row);
}

/** Many at once, by id; those that do not exist (yet) are absent. */
export async function dealBriefs(db: ReadDb, dealIds: readonly string[]): Promise<Map<string, DealBrief>> {
  const rows = await db
    .select()
    .from(deals)
    .where(inArray(deals.id, [...dealIds]));
  return new Map(rows.map((row) => [row.id, briefOf(row)]));
}

/** The deal's row for its people. @throws deals.not_found */
export async function findOwnDeal(
  db: ReadDb,
  actor: Actor,
  dealId: string,
): Promise<{ deal: DealRow; role: DealParty }> {
  const [deal] = uuid.safeParse(dealId).success
    ? await db.select().from(deals).where(eq(deals.id, dealId))
    : [];
  const role = deal && roleOf(actor, deal);
  if (!deal || !role) throw dealErrors.not_found();
  return { deal, role };
}

export async function getDeal(ctx: Ctx, dealId: string): Promise<Deal> {
  const { deal, role } = await findOwnDeal(ctx.db, ctx.actor, dealId);
  return viewOf(ctx.db, ctx.settings, deal, role, ctx.clock.date());
}

/** What a verb answered, with the deal as it stands after it. */
export async function answered(
  ctx: Ctx,
  dealId: string,
  done: Promise<{ message: TonConnectRequest | null }>,
): Promise<DealAnswer> {
  const { message } = await done;
  return { deal: await getDeal(ctx, dealId), message };
}

async function viewOf(
  db: ReadDb,
  settings: Settings,
  deal: DealRow,
  role: DealParty,
  now: Date,
): Promise<Deal> {
  const [view] = await viewsOf(db, settings, [{ deal, role }], now);
  if (!view) throw dealErrors.not_found();
  return view;
}

async function viewsOf(
  db: ReadDb,
  settings: Settings,
  rows: { deal: DealRow; role: DealParty }[],
  now: Date,
): Promise<Deal[]> {
  if (rows.length === 0) return [];
  const ids = rows.flatMap(({ deal }) => [deal.buyerId, deal.sellerId, deal.arbiterId ?? []].flat());
  const users = await publicUsers(db, ids);
  const found = await db
    .select()
    .from(disputes)
    .where(
      inArray(
        disputes.dealId,
        rows.map(({ deal }) => deal.id),
      ),
    );
  const byDeal = new Map<string, DisputeRow>(found.map((one) => [one.dealId, one]));
  return rows.map(({ deal, role }) =>
    dealView(settings, deal, role, { users, dispute: byDeal.get(deal.id) }, now),
  );
}

/** One's own deals as buyer or seller, the newest first. */
export async function listDeals(
  ctx: Ctx,
  query: z.output<typeof dealQuery>,
): Promise<{ items: Deal[]; next: string | null }> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : "";
  const mine =
    query.role === "buyer"
      ? eq(deals.buyerId, userId)
      : query.role === "seller"
        ? eq(deals.sellerId, userId)
        : or(eq(deals.buyerId, userId), eq(deals.sellerId, userId));
  return page(ctx, query, mine);
}

/** The arbiter's desk: disputes assigned to the actor, the newest first. Found from the disputes, which are few, not from all deals. */
export async function listCases(
  ctx: Ctx,
  query: z.output<typeof dealQuery>,
): Promise<{ items: Deal[]; next: string | null }> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : "";
  const written = ctx.db.select({ id: disputes.dealId }).from(disputes);
  // A party may have disputed by their own wallet, without a word to us.
  const open = ctx.db
    .select({ id: deals.id })
    .from(deals)
    .where(and(eq(deals.arbiterId, userId), eq(deals.status, "DISPUTED")));
  return page(ctx, query, and(eq(deals.arbiterId, userId), inArray(deals.id, written.unionAll(open))));
}

/** Ended for its people. A cancelled deal that was paid all the same is not, until the money is back. */
const isOver = or(
  eq(deals.isFinal, true),
  and(inArray(deals.status, [...endedStatuses]), eq(deals.escrowState, "Init")),
) as SQL;

async function page(
  ctx: Ctx,
  query: z.output<typeof dealQuery>,
  whose: ReturnType<typeof and>,
): Promise<{ items: Deal[]; next: string | null }> {
  const isOpen = query.open;
  const rows = await ctx.db
    .select()
    .from(deals)
    .where(
      and(
        whose,
        isOpen === "true" ? not(isOver) : undefined,
        isOpen === "false" ? isOver : undefined,
        query.cursor === undefined ? undefined : lt(deals.id, query.cursor),
      ),
    )
    .orderBy(desc(deals.id))
    .limit(query.limit + 1);
  const shown = rows.slice(0, query.limit).flatMap((deal) => {
    const role = roleOf(ctx.actor, deal);
    return role ? [{ deal, role }] : [];
  });
  const items = await viewsOf(ctx.db, ctx.settings, shown, ctx.clock.date());
  return { items, next: rows.length > query.limit ? (shown.at(-1)?.deal.id ?? null) : null };
}

export async function timelineOf(ctx: Ctx, dealId: string): Promise<z.input<typeof timeline>> {
  const { deal } = await findOwnDeal(ctx.db, ctx.actor, dealId);
  const rows = await ctx.db
    .select()
    .from(events)
    .where(eq(events.dealId, deal.id))
    .orderBy(asc(events.seq))
    .limit(500);
  const facts = { ...factsOf(deal), deliverBy: seconds(deal.deliverBy) };
  return { items: rows.map((row) => eventView(ctx.settings, row)), future: futureOf(facts) };
}

/** What each can keep: who paid whom how much by which transactions, under which agreement. */
export async function receiptOf(ctx: Ctx, dealId: string): Promise<z.input<typeof receipt>> {
  const { deal, role } = await findOwnDeal(ctx.db, ctx.actor, dealId);
  const users = await publicUsers(ctx.db, [deal.buyerId, deal.sellerId]);
  const { items } = await timelineOf(ctx, dealId);
  return {
    dealId: deal.id,
    role,
    status: deal.status,
    title: deal.subject.title,
    price: { amount: deal.priceNano.toString(), asset: "TON" },
    feeBps: deal.feeBps,
    buyer: { name: users.get(deal.buyerId)?.firstName ?? "", wallet: friendlyWallet(deal.buyerWallet) },
    seller: { name: users.get(deal.sellerId)?.firstName ?? "", wallet: friendlyWallet(deal.sellerWallet) },
    escrowAddress: friendlyContract(deal.escrowAddress),
    network: deal.network,
    codeHash: deal.codeHash,
    termsHash: deal.termsHash,
    terms: deal.terms,
    outcome: outcomeView(deal),
    openedAt: deal.createdAt.toISOString(),
    settledAt: deal.settledAt?.toISOString() ?? null,
    transactions: items.filter((one) => one.tx !== null),
  };
}
