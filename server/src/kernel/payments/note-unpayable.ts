import { and, eq } from "drizzle-orm";
import type { Unpayable } from "../../gateways/payments/port.ts";
import type { Tx } from "../../platform/context.ts";
import { changePayment, lockPayment } from "./lock-payment.ts";
import { attempts } from "./tables.ts";

/**
 * The provider takes nothing for this invoice any more, and has taken nothing. The payer sees why, and may choose another way; nothing moves.
 * Answers whether it was new.
 */
export async function noteUnpayable(
  tx: Tx,
  provider: string,
  reference: string | null,
  failure: Unpayable,
): Promise<boolean> {
  if (!reference) return false;
  const ours = and(eq(attempts.reference, reference), eq(attempts.provider, provider));
  const [found] = await tx.db.select().from(attempts).where(ours);
  if (!found) return false;
  const row = await lockPayment(tx, found.paymentId);
  const [attempt] = await tx.db.select().from(attempts).where(ours).for("update");
  if (attempt?.state !== "ready") return false;
  await tx.db.update(attempts).set({ state: "refused", failure }).where(eq(attempts.id, attempt.id));
  await changePayment(tx, row, {});
  return true;
}
