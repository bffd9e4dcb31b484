import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../platform/context.ts";
import { assert, platformErrors } from "../../platform/errors.ts";
import { newId, randomCode } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs.ts";
import { publish } from "../../platform/realtime.ts";
import { type Amount, type Asset, amount, instant, uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { account, quote } from "../ledger/index.ts";
import { paymentErrors } from "./errors.ts";
import { makeInvoice } from "./jobs.ts";
import { changePayment, lockPayment, planCheck } from "./lock-payment.ts";
import { factsOf, type ProviderFacts } from "./providers.ts";
import { isAllowed, parseMeans } from "./rules.ts";
import { settle } from "./settle.ts";
import { choosing, goods, recharge, type Surface } from "./shapes.ts";
import { type AttemptRow, attempts, type PaymentRow, payments } from "./tables.ts";

const opening = z.strictObject({
  userId: uuid,
  price: amount,
  /** The ledger's account that gets the price. */
  account: z.string(),
  goods,
  title: z.string().max(200),
  /** `ended`: a recurring price is not paid again; its last period is over. */
  thenJobs: z.strictObject({
    paid: z.string().optional(),
    refunded: z.string().optional(),
    ended: z.string().optional(),
  }),
  /** Where the person was: a path inside the Mini App. */
  returnTo: z.string().startsWith("/").max(200),
  /** When the market stops waiting. */
  expiresAt: instant.nullish(),
  /** Paid again by itself each period of the provider (Stars: 30 days), until it is ended; `paid` is asked for each time. */
  isRecurring: z.boolean().default(false),
});

/**
 * Opens something to be paid; the person chooses how. When the price has arrived, it is on `account` and `thenJobs.paid` is asked
 * for, in one transaction. Nothing is sent anywhere yet.
 */
export const openPayment = verb("payments.open", {
  input: opening,
  allow: ["system"],
  run: async (tx, given) => {
    const row = await writePayment(tx, { ...given, purpose: "purchase" });
    await planCheck(tx, row, row.expiresAt);
    return { paymentId: row.id };
  },
});

type Written = Omit<z.output<typeof opening>, "isRecurring"> & {
  purpose: PaymentRow["purpose"];
  isRecurring?: boolean;
};

async function writePayment(tx: Tx, given: Written): Promise<PaymentRow> {
  const [row] = await tx.db
    .insert(payments)
    .values({
      id: newId(tx.now.getTime()),
      userId: given.userId,
      purpose: given.purpose,
      goods: given.goods,
      title: given.title,
      priceAsset: given.price.asset,
      priceAmount: BigInt(given.price.amount),
      account: given.account,
      thenJobs: given.thenJobs,
      returnTo: given.returnTo,
      isRecurring: given.isRecurring ?? false,
      expiresAt: given.expiresAt ? new Date(given.expiresAt) : null,
      status: "created",
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .returning();
  assert(row, "a payment is written");
  publish(tx, row.userId, "payment", row.id);
  return row;
}

/** Something is asked of the provider only after this has committed. */
export const openRecharge = verb("payments.recharge", {
  input: recharge,
  allow: ["user"],
  look: async (ctx, given): Promise<ProviderFacts> => wayTo(ctx, given),
  run: async (tx, given, facts) => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const price = { amount: given.amount, asset: given.asset };
    assertWithin(facts, BigInt(given.amount));
    const row = await writePayment(tx, {
      userId: tx.actor.userId,
      purpose: "recharge",
      price,
      account: account.user(tx.actor.userId),
      goods: "balance",
      title: "",
      thenJobs: {},
      returnTo: given.returnTo,
    });
    const attempt = await writeAttempt(tx, row, { facts, due: price, quoted: null, surface: given.surface });
    return { paymentId: row.id, attemptId: attempt.id };
  },
});

/** The one provider that brings this asset here, or the one that was named. */
function wayTo(ctx: Ctx, given: z.output<typeof recharge>): ProviderFacts {
  const rules = parseMeans(ctx.settings.env.PAYMENT_MEANS);
  const ways = [...ctx.gateways.payments.values()].filter(
    (one) =>
      one.assets.includes(given.asset) &&
      (given.provider === undefined || given.provider === one.name) &&
      isAllowed(rules, {
        provider: one.name,
        asset: given.asset,
        goods: "balance",
        surface: given.surface,
      }),
  );
  const [way] = ways;
  if (!way) throw paymentErrors.means_not_allowed();
  if (ways.length > 1) throw paymentErrors.means_ambiguous({ providers: ways.map((one) => one.name) });
  return factsOf(way, given.method);
}

function assertWithin(facts: ProviderFacts, due: bigint): void {
  if (due < facts.min) throw paymentErrors.too_small({ min: facts.min.toString() });
  if (due > facts.max) throw paymentErrors.too_large({ max: facts.max.toString() });
}

type Choice = {
  facts: ProviderFacts;
  due: Amount;
  quoted: { id: string; expiresAt: string } | null;
  surface: Surface;
};

async function writeAttempt(tx: Tx, row: PaymentRow, choice: Choice): Promise<AttemptRow> {
  const { facts, due, quoted, surface } = choice;
  const ends = [
    tx.now.getTime() + facts.invoiceSeconds * 1000,
    row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    quoted ? new Date(quoted.expiresAt).getTime() : Number.POSITIVE_INFINITY,
  ];
  const [attempt] = await tx.db
    .insert(attempts)
    .values({
      id: newId(tx.now.getTime()),
      paymentId: row.id,
      // In a comment on the chain people copy this by hand: no letters that look alike.
      reference: `S${randomCode(15)}`,
      provider: facts.name,
      method: facts.method,
      surface,
      asset: due.asset,
      amount: BigInt(due.amount),
      quoteId: quoted?.id ?? null,
      expiresAt: new Date(Math.min(...ends)),
      state: "created",
      createdAt: tx.now,
    })
    .returning();
  assert(attempt, "an attempt is written");
  const changed = await changePayment(tx, row, { attemptId: attempt.id });
  enqueue(tx, makeInvoice.with({ attemptId: attempt.id }), { key: attempt.id });
  await planCheck(tx, changed, attempt.expiresAt);
  return attempt;
}

/**
 * Chooses or changes the way to pay. An invoice that was given out before stays good until it ends: its money counts as well.
 * `balance` pays at once. @throws ledger.insufficient_funds, ledger.rate_stale, payments.payment_closed, payments.means_not_allowed
 */
export const chooseMeans = verb("payments.choose", {
  input: choosing.extend({ paymentId: uuid }),
  allow: ["user"],
  look: async (ctx, given): Promise<ProviderFacts | null> => {
    if (given.provider === "balance") return null;
    const found = ctx.gateways.payments.get(given.provider);
    if (!found) throw paymentErrors.means_not_allowed();
    return factsOf(found, given.method);
  },
  run: async (tx, given, facts) => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const row = await lockPayment(tx, given.paymentId, tx.actor.userId);
    const isBalance = facts === null;
    if (isBalance && row.status === "paid") return { paymentId: row.id, attemptId: null };
    if (row.status !== "created" && row.status !== "pending") throw paymentErrors.payment_closed();
    if (row.expiresAt && row.expiresAt <= tx.now) throw paymentErrors.payment_closed();
    const chosen = assetOf(row, facts, given.asset);
    // A quote is good for one period: the next would find it used, and be paid without anything moving.
    if (row.isRecurring && (chosen !== row.priceAsset || !facts?.renewsEverySeconds))
      throw paymentErrors.means_not_allowed();
    const asked = { provider: given.provider, asset: chosen, goods: row.goods, surface: given.surface };
    if (!isAllowed(parseMeans(tx.settings.env.PAYMENT_MEANS), asked)) throw paymentErrors.means_not_allowed();
    const price = { amount: row.priceAmount.toString(), asset: row.priceAsset };
    if (facts === null) {
      const quoted = chosen === row.priceAsset ? null : await quote(tx, { price, asset: chosen });
      await settle(tx, row, { quoteId: quoted?.id ?? null, attemptId: null, at: tx.now, cause: "balance" });
      return { paymentId: row.id, attemptId: null };
    }
    const open = await openAttempt(tx, row, facts, chosen);
    if (open) return { paymentId: row.id, attemptId: open.id };
    const quoted = chosen === row.priceAsset ? null : await quote(tx, { price, asset: chosen });
    const due = quoted?.pay ?? price;
    assertWithin(facts, BigInt(due.amount));
    const attempt = await writeAttempt(tx, row, { facts, due, quoted, surface: given.surface });
    return { paymentId: row.id, attemptId: attempt.id };
  },
});

function assetOf(row: PaymentRow, facts: ProviderFacts | null, wanted: Asset | undefined): Asset {
  if (facts === null) return wanted ?? row.priceAsset;
  const own = wanted ?? (facts.assets.includes(row.priceAsset) ? row.priceAsset : facts.assets[0]);
  if (!own || !facts.assets.includes(own)) throw paymentErrors.means_not_allowed();
  return own;
}

/** An invoice of the same kind that still stands for a while; two of them would invite a double payment. */
async function openAttempt(
  tx: Tx,
  row: PaymentRow,
  facts: ProviderFacts,
  chosen: Asset,
): Promise<AttemptRow | null> {
  const all = await tx.db.select().from(attempts).where(eq(attempts.paymentId, row.id));
  const leastMs = 60_000;
  const good = all.find(
    (one) =>
      one.provider === facts.name &&
      one.method === facts.method &&
      one.asset === chosen &&
      one.state !== "refused" &&
      (one.expiresAt === null || one.expiresAt.getTime() - tx.now.getTime() > leastMs),
  );
  if (good && row.attemptId !== good.id) await changePayment(tx, row, { attemptId: good.id });
  return good ?? null;
}

/** Gives up something that waits for payment. Money that still comes is put on the balance. */
export const cancelPayment = verb("payments.cancel", {
  input: z.strictObject({ paymentId: uuid }),
  allow: ["user"],
  run: async (tx, { paymentId }) => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const row = await lockPayment(tx, paymentId, tx.actor.userId);
    if (row.status === "canceled") return { paymentId };
    if (row.status !== "created" && row.status !== "pending") throw paymentErrors.payment_closed();
    await changePayment(tx, row, { status: "canceled" });
    return { paymentId };
  },
});
