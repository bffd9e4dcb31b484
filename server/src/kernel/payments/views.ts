/** Rows as the outside sees them: JSON-safe, and honest about what happens next. Pure. */
import type { z } from "zod";
import type { PaymentProvider } from "../../gateways/payments/port.ts";
import type { Payment, paymentNext, receipt } from "./shapes.ts";
import type { AttemptRow, PaymentRow, ReceiptRow } from "./tables.ts";

type Next = z.infer<typeof paymentNext>;
type ReceiptView = z.infer<typeof receipt>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function paymentView(
  row: PaymentRow,
  attempt: AttemptRow | null,
  came: readonly ReceiptRow[],
  now: Date,
  providers: ReadonlyMap<string, Pick<PaymentProvider, "isOnChain">>,
): Payment {
  const isOpen = row.status === "created" || row.status === "pending";
  const stands =
    attempt?.state === "ready" && (attempt.expiresAt === null || attempt.expiresAt > now) && isOpen;
  return {
    id: row.id,
    status: row.status,
    purpose: row.purpose,
    goods: row.goods,
    title: row.title,
    price: { amount: row.priceAmount.toString(), asset: row.priceAsset },
    provider: attempt?.provider ?? (row.paidAt ? "balance" : null),
    method: attempt?.method ?? null,
    due: attempt ? { amount: attempt.amount.toString(), asset: attempt.asset } : null,
    pay: stands ? (attempt.pay ?? null) : null,
    expiresAt: iso(attempt?.expiresAt ?? row.expiresAt),
    next: nextOf(row, attempt, stands),
    failure: isOpen ? (attempt?.failure ?? null) : null,
    isRecurring: row.isRecurring,
    renewal:
      row.renewal && row.paidUntil ? { state: row.renewal, paidUntil: row.paidUntil.toISOString() } : null,
    receipts: came.flatMap((one) => receiptView(one, providers.get(one.provider)?.isOnChain ?? false) ?? []),
    returnTo: row.returnTo,
    createdAt: row.createdAt.toISOString(),
    paidAt: iso(row.paidAt),
  };
}

function nextOf(row: PaymentRow, attempt: AttemptRow | null, stands: boolean): Next {
  if (row.status === "paid") return { code: "done", by: "nobody", at: null };
  if (row.status === "refunded") return { code: "refunded", by: "nobody", at: null };
  if (row.status === "expired" || row.status === "canceled") return { code: "over", by: "nobody", at: null };
  if (stands) return { code: "pay", by: "you", at: iso(attempt?.expiresAt ?? null) };
  if (attempt?.state === "created") return { code: "preparing", by: "provider", at: iso(row.nextCheckAt) };
  // The invoice ran out a moment ago: what was paid in time is still looked for.
  if (attempt?.state === "ready" && row.purpose === "recharge")
    return { code: "looking", by: "souk", at: iso(row.nextCheckAt) };
  return { code: "choose", by: "you", at: iso(row.expiresAt) };
}

function receiptView(row: ReceiptRow, isOnChain: boolean): ReceiptView | null {
  if (row.outcome === "unclaimed") return null;
  return {
    id: row.id,
    provider: row.provider,
    amount: { amount: row.amount.toString(), asset: row.asset },
    outcome: row.outcome,
    at: row.paidAt.toISOString(),
    txHash: isOnChain ? row.providerId : null,
    refunded: (row.refunded + row.chargedBack).toString(),
    refunding: row.refunding.toString(),
  };
}
