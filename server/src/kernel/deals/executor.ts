/**
 * The executor: signs what the outbox asks for and sends it through the operator contract. An order is written down before it is
 * sent; the identical message is repeated until it expires; only then, and only if the contract's number has not moved, is the
 * proposal signed anew. So a death between any two steps repeats nothing: the contract takes each number once.
 */
import { Address, Cell } from "@ton/core";
import { sign } from "@ton/crypto";
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import {
  OPERATOR_MESSAGES_MAX,
  OPERATOR_RESERVE,
  operatorExternal,
  operatorExternalBoc,
} from "../../gateways/ton/contracts/port.ts";
import { type ChainAccount, ChainFailure } from "../../gateways/ton/port.ts";
import type { Ctx, Tx } from "../../platform/context.ts";
import { isUniqueViolation } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { errorFields } from "../../platform/log.ts";
import type { Loop } from "../../platform/module.ts";
import { transact } from "../../platform/verb.ts";
import { kindOf } from "./kinds.ts";
import { factsOf, instantOf, seconds } from "./lock-deal.ts";
import { type Operator, operatorOf, seqnoOf } from "./operator.ts";
import { proposalValue } from "./outbox.ts";
import { briefOf } from "./queries.ts";
import { isProposable } from "./rules.ts";
import { type DealRow, deals, type OrderRow, type OutboxRow, orders, outbox } from "./tables.ts";
import { pauseFor } from "./watcher.ts";

/** How long an order may land, chain time. Short, so that a lost one delays a deal little; long against a lagging endpoint. */
const orderValidSeconds = 90;
const resendSeconds = 3;
/** After an order has landed its effect is read within seconds; a proposal without effect for longer is looked at again. */
const effectSeconds = 20;
const attemptsMax = 12;

type Planned = { row: OutboxRow; deal: DealRow };

/** One round. Answers whether anything moved. */
export async function executeOnce(ctx: Ctx): Promise<boolean> {
  await reviveWithoutEffect(ctx);
  const operator = operatorOf(ctx.settings);
  const [inFlight] = await ctx.db
    .select()
    .from(orders)
    .where(and(eq(orders.operatorAddress, operator.address), eq(orders.state, "sent")));
  if (inFlight) return followOrder(ctx, operator, inFlight);
  const planned = await plan(ctx, operator);
  if (planned.length === 0) return false;
  const account = await ctx.gateways.ton.account(operator.address);
  const ready = await stillWanted(ctx, planned, account.at);
  if (ready.length === 0) return false;
  const order = await writeOrder(ctx, operator, account, ready);
  if (!order) return false;
  await send(ctx, order);
  return true;
}

/** The oldest proposals that wait, as many as one order carries. Contracts of another operator would send ours back. */
async function plan(ctx: Ctx, operator: Operator): Promise<Planned[]> {
  return ctx.db
    .select({ row: outbox, deal: deals })
    .from(outbox)
    .innerJoin(deals, eq(deals.id, outbox.dealId))
    .where(
      and(
        eq(outbox.state, "waiting"),
        lte(outbox.notBefore, ctx.clock.date()),
        eq(deals.platformAddress, operator.address),
      ),
    )
    .orderBy(asc(outbox.notBefore), asc(outbox.id))
    .limit(OPERATOR_MESSAGES_MAX);
}

/** Leaves out what the contract would refuse now, and time-outs that the market cannot vouch for. */
async function stillWanted(ctx: Ctx, planned: Planned[], now: number): Promise<Planned[]> {
  const wanted: Planned[] = [];
  for (const one of planned) {
    const facts = factsOf(one.deal);
    if (!isProposable(one.row.op, facts.escrowState, facts.until, now)) {
      // A time-out may only be early by the chain's clock; everything else is too late for good.
      await (one.row.op === "Timeout" && facts.until !== null
        ? postpone(ctx, one.row, 2)
        : close(ctx, one.row, "moot"));
    } else if (one.row.op === "Timeout" && !(await mayTimeOut(ctx, one.deal))) {
      await postpone(ctx, one.row, patience(now - (facts.until ?? now)));
    } else wanted.push(one);
  }
  return wanted;
}

/** Money goes back for want of delivery only after a fresh look that nothing was delivered. */
async function mayTimeOut(ctx: Ctx, deal: DealRow): Promise<boolean> {
  if (deal.escrowState !== "Funded" || deal.status === "CANCELLED") return true;
  const ask = kindOf(deal.kind)?.mayTimeOut;
  if (!ask) return true;
  return ask(ctx, briefOf(deal)).catch((error: unknown) => {
    ctx.log.warn({ ...errorFields(error), dealId: deal.id }, "no fresh look before a refund by the clock");
    return false;
  });
}

/** A market that cannot vouch for a refund is asked again, the longer it is overdue the more rarely. */
const patience = (overdueSeconds: number): number =>
  Math.min(3_600, Math.max(60, Math.floor(overdueSeconds / 10)));

async function postpone(ctx: Ctx, row: OutboxRow, bySeconds: number): Promise<void> {
  const notBefore = new Date(ctx.clock.now() + bySeconds * 1000);
  await ctx.db.update(outbox).set({ notBefore }).where(eq(outbox.id, row.id));
}

async function close(ctx: Ctx, row: OutboxRow, state: "moot" | "failed"): Promise<void> {
  await ctx.db
    .update(outbox)
    .set({ state, updatedAt: ctx.clock.date() })
    .where(and(eq(outbox.id, row.id), eq(outbox.state, "waiting")));
}

/** Signs and writes down; null when the operator cannot work or another executor was faster. */
async function writeOrder(
  ctx: Ctx,
  operator: Operator,
  account: ChainAccount,
  ready: Planned[],
): Promise<OrderRow | null> {
  const seqno = seqnoOf(operator, account);
  if (seqno === null) {
    ctx.log.error({ status: account.status }, "the operator contract does not obey our hot key");
    return null;
  }
  if (account.balance < proposalValue * BigInt(ready.length) + OPERATOR_RESERVE) {
    ctx.log.error({ balanceNano: account.balance.toString() }, "the operator contract is out of gas money");
    return null;
  }
  const validUntil = account.at + orderValidSeconds;
  const body = await operatorExternal({
    operator: Address.parseRaw(operator.address),
    seqno,
    validUntil,
    messages: ready.map(({ row, deal }) => ({
      to: Address.parseRaw(deal.escrowAddress),
      value: proposalValue,
      body: Cell.fromBase64(row.body),
    })),
    sign: (hash) => sign(Buffer.from(hash), operator.keys.secretKey),
  });
  const boc = Buffer.from(operatorExternalBoc(Address.parseRaw(operator.address), body));
  return inOrderTransaction(ctx, async (tx) => {
    const made: OrderRow = {
      id: newId(tx.now.getTime()),
      operatorAddress: operator.address,
      seqno,
      validUntil: instantOf(validUntil),
      boc: boc.toString("base64"),
      bocHash: Cell.fromBoc(boc)[0]?.hash().toString("hex") ?? "",
      state: "sent",
      createdAt: tx.now,
      sentAt: null,
      closedAt: null,
    };
    await tx.db.insert(orders).values(made);
    const ids = ready.map(({ row }) => row.id);
    const taken = await tx.db
      .update(outbox)
      .set({ state: "sent", orderId: made.id, attempts: sql`attempts + 1`, updatedAt: tx.now })
      .where(and(inArray(outbox.id, ids), eq(outbox.state, "waiting")))
      .returning({ id: outbox.id });
    // A proposal that was closed meanwhile must not go out: begin anew.
    if (taken.length !== ids.length) throw new Overtaken();
    return made;
  });
}

class Overtaken extends Error {}

/** Null when another executor was faster. */
const inOrderTransaction = (ctx: Ctx, work: (tx: Tx) => Promise<OrderRow>): Promise<OrderRow | null> =>
  transact(ctx, work, "deals.write-order").catch((error: unknown) => {
    if (error instanceof Overtaken || isUniqueViolation(error)) return null;
    throw error;
  });

/** Sends, or repeats, the identical message. Its acceptance proves nothing; its number on the chain does. */
async function send(ctx: Ctx, order: OrderRow): Promise<void> {
  try {
    await ctx.gateways.ton.send(order.boc);
  } catch (error) {
    const reason = error instanceof ChainFailure ? error.reason : "unknown";
    ctx.log.warn({ orderId: order.id, reason }, "an order was not taken; it is repeated until it expires");
  }
  await transact(
    ctx,
    (tx) => tx.db.update(orders).set({ sentAt: tx.now }).where(eq(orders.id, order.id)),
    "deals.order-sent",
  );
}

/** What became of the order in flight, by the operator's number and the chain's time of one reading. */
async function followOrder(ctx: Ctx, operator: Operator, order: OrderRow): Promise<boolean> {
  const account = await ctx.gateways.ton.account(operator.address);
  const seqno = seqnoOf(operator, account);
  if (seqno !== null && seqno > order.seqno) {
    await closeOrder(ctx, order, "landed");
    return true;
  }
  if (account.at >= seconds(order.validUntil)) {
    await closeOrder(ctx, order, "expired");
    return true;
  }
  const isQuiet = order.sentAt && ctx.clock.now() - order.sentAt.getTime() < resendSeconds * 1000;
  if (!isQuiet) await send(ctx, order);
  // The first sending of an order that a predecessor only wrote down is news; a repetition is not.
  return order.sentAt === null;
}

async function closeOrder(ctx: Ctx, order: OrderRow, state: "landed" | "expired"): Promise<void> {
  const work = async (tx: Tx): Promise<void> => {
    const closed = await tx.db
      .update(orders)
      .set({ state, closedAt: tx.now })
      .where(and(eq(orders.id, order.id), eq(orders.state, "sent")))
      .returning({ id: orders.id });
    if (closed.length === 0) return;
    const rows = await tx.db
      .update(outbox)
      .set({ state: state === "landed" ? "sent" : "waiting", updatedAt: tx.now })
      .where(and(eq(outbox.orderId, order.id), eq(outbox.state, "sent")))
      .returning({ dealId: outbox.dealId });
    // The effect is on the deals' contracts: read them now.
    const ids = rows.map(({ dealId }) => dealId);
    if (ids.length === 0) return;
    const isOpen = and(inArray(deals.id, ids), eq(deals.isFinal, false));
    await tx.db.update(deals).set({ readDueAt: tx.now }).where(isOpen);
  };
  await transact(ctx, work, "deals.close-order");
}

/**
 * An order that landed without effect on a deal (out of gas money, refused by a clock that differed, the number spent by another
 * holder of the key) leaves its proposals open: they are asked for again while they still can matter.
 */
async function reviveWithoutEffect(ctx: Ctx): Promise<void> {
  const since = new Date(ctx.clock.now() - effectSeconds * 1000);
  const stale = await ctx.db
    .select({ row: outbox, orderState: orders.state })
    .from(outbox)
    .innerJoin(orders, eq(orders.id, outbox.orderId))
    .where(and(eq(outbox.state, "sent"), eq(orders.state, "landed"), lte(outbox.updatedAt, since)))
    .limit(20);
  for (const { row } of stale) {
    const isHopeless = row.attempts >= attemptsMax;
    if (isHopeless) ctx.log.error({ dealId: row.dealId, op: row.op }, "a proposal has no effect");
    await ctx.db
      .update(outbox)
      .set({ state: isHopeless ? "failed" : "waiting", updatedAt: ctx.clock.date() })
      .where(and(eq(outbox.id, row.id), eq(outbox.state, "sent")));
  }
}

export const executor: Loop = {
  name: "deals.executor",
  role: "ton",
  async run(ctx, signal) {
    while (!signal.aborted) {
      let hasMoved = false;
      try {
        hasMoved = await executeOnce(ctx);
      } catch (error) {
        ctx.log.warn(errorFields(error), "the executor's round failed");
      }
      await pauseFor(hasMoved ? 200 : ctx.settings.env.TON_POLL_MS, signal);
    }
  },
};
