import { and, eq } from "drizzle-orm";
import type { Ctx } from "../../platform/context.ts";
import { telegramIdOf } from "../identity/index.ts";
import { attempts, type PaymentRow, payments } from "./tables.ts";

/** What a provider asks in the last moment before it takes the money. `payer` is a Telegram id. */
export type Checkout = { provider: string; reference: string; payer: string; asset: string; amount: bigint };
/** Words: `checkout.<reason>`. */
export type Refusal = "unknown" | "not_yours" | "amount" | "closed" | "paid";

/** Renewals may come a little early. */
const EARLY_MS = 86_400_000;

const isRenewal = (payment: PaymentRow, attemptId: string, nowMs: number): boolean =>
  payment.isRecurring &&
  payment.attemptId === attemptId &&
  (payment.paidUntil === null || payment.paidUntil.getTime() - nowMs < EARLY_MS);

/** One read: the last moment to refuse what would only have to be given back. Null lets it pass. */
export async function refusalOf(ctx: Ctx, asked: Checkout): Promise<Refusal | null> {
  const [row] = await ctx.db
    .select({ attempt: attempts, payment: payments })
    .from(attempts)
    .innerJoin(payments, eq(payments.id, attempts.paymentId))
    .where(and(eq(attempts.reference, asked.reference), eq(attempts.provider, asked.provider)));
  if (!row) return "unknown";
  const { attempt, payment } = row;
  if ((await telegramIdOf(ctx.db, payment.userId)) !== asked.payer) return "not_yours";
  if (attempt.asset !== asked.asset || attempt.amount !== asked.amount) return "amount";
  if (payment.status === "paid" && !isRenewal(payment, attempt.id, ctx.clock.now())) return "paid";
  if (payment.status === "refunded") return "paid";
  if (payment.status === "expired" || payment.status === "canceled") return "closed";
  const isOver = attempt.expiresAt !== null && attempt.expiresAt <= ctx.clock.date();
  return isOver && payment.status !== "paid" ? "closed" : null;
}
