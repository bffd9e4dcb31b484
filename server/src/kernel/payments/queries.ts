/** Reads of payments, as JSON-safe views. */
import { and, asc, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../platform/context.ts";
import { platformErrors } from "../../platform/errors.ts";
import { paymentErrors } from "./errors.ts";
import { refundable } from "./rules.ts";
import type {
  differences as differencesShape,
  Payment,
  paymentPage,
  paymentsQuery,
  Refund,
  refundPage,
  unclaimedPage,
} from "./shapes.ts";
import {
  attempts,
  differences,
  type PaymentRow,
  payments,
  type RefundRow,
  receipts,
  refunds,
} from "./tables.ts";
import { paymentView } from "./views.ts";
import { readRefund } from "./work-refund.ts";

const self = (ctx: Ctx): string => {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  return ctx.actor.userId;
};

/** One's own payment. @throws payments.not_found */
export async function getPayment(ctx: Ctx, id: string): Promise<Payment> {
  const [row] = await ctx.db.select().from(payments).where(eq(payments.id, id));
  if (row?.userId !== self(ctx)) throw paymentErrors.not_found();
  const [view] = await views(ctx, [row]);
  if (!view) throw paymentErrors.not_found();
  return view;
}

/** Newest first. */
export async function listPayments(
  ctx: Ctx,
  query: z.output<typeof paymentsQuery>,
): Promise<z.input<typeof paymentPage>> {
  const rows = await ctx.db
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.userId, self(ctx)),
        query.cursor === undefined ? undefined : lt(payments.id, query.cursor),
      ),
    )
    .orderBy(desc(payments.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const next = rows.length > query.limit ? (page.at(-1)?.id ?? null) : null;
  return { items: await views(ctx, page), next };
}

async function views(ctx: Ctx, rows: readonly PaymentRow[]): Promise<Payment[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const chosen = rows.flatMap(({ attemptId }) => attemptId ?? []);
  const [tried, came] = await Promise.all([
    chosen.length > 0 ? ctx.db.select().from(attempts).where(inArray(attempts.id, chosen)) : [],
    ctx.db.select().from(receipts).where(inArray(receipts.paymentId, ids)).orderBy(asc(receipts.id)),
  ]);
  const now = ctx.clock.date();
  return rows.map((row) =>
    paymentView(
      row,
      tried.find((one) => one.id === row.attemptId) ?? null,
      came.filter((one) => one.paymentId === row.id),
      now,
      ctx.gateways.payments,
    ),
  );
}

type Paged = { cursor?: string | undefined; limit: number };

/** Refunds, newest first, for staff. */
export async function listRefunds(ctx: Ctx, query: Paged): Promise<z.input<typeof refundPage>> {
  const rows = await ctx.db
    .select()
    .from(refunds)
    .where(query.cursor === undefined ? undefined : lt(refunds.id, query.cursor))
    .orderBy(desc(refunds.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  return {
    items: page.map(refundView),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

export async function getRefund(ctx: Ctx, id: string): Promise<Refund> {
  const found = await readRefund(ctx, id);
  if (!found) throw paymentErrors.not_found();
  return refundView(found.refund);
}

const refundView = (row: RefundRow): Refund => ({
  id: row.id,
  paymentId: row.paymentId,
  receiptId: row.receiptId,
  userId: row.userId,
  provider: row.provider,
  amount: { amount: row.amount.toString(), asset: row.asset },
  reason: row.reason,
  state: row.state,
  to: row.sendTo,
  signerId: row.state === "by_hand" ? row.signerId : null,
  signableUntil: row.state === "by_hand" ? (row.signableUntil?.toISOString() ?? null) : null,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});

/** Money that nobody owns yet, oldest first. */
export async function listUnclaimed(ctx: Ctx, query: Paged): Promise<z.input<typeof unclaimedPage>> {
  const rows = await ctx.db
    .select()
    .from(receipts)
    .where(
      and(
        eq(receipts.outcome, "unclaimed"),
        lt(receipts.chargedBack, receipts.amount),
        query.cursor === undefined ? undefined : sql`${receipts.id} > ${query.cursor}`,
      ),
    )
    .orderBy(asc(receipts.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  return {
    items: page.map((row) => ({
      receiptId: row.id,
      provider: row.provider,
      amount: { amount: refundable(row).toString(), asset: row.asset },
      payer: row.payer,
      reference: row.reference,
      at: row.paidAt.toISOString(),
    })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** Differences that stand. */
export async function openDifferences(ctx: Ctx): Promise<z.input<typeof differencesShape>> {
  const rows = await ctx.db.select().from(differences).where(isNull(differences.resolvedAt)).limit(500);
  return {
    differences: rows.map((row) => ({
      id: row.id,
      provider: row.provider,
      kind: row.kind,
      providerPaymentId: row.providerId,
      ours: row.ours?.toString() ?? null,
      theirs: row.theirs?.toString() ?? null,
      seenAt: row.seenAt.toISOString(),
    })),
  };
}
