/** Where a payment stands for its reader. Pure. The server's word counts; the phone adds only that it has seen something. */
import type { PayInstructions, Payment } from "../../../../../server/src/kernel/payments/shapes.ts";

/** How a payment in TON is made. */
export type TonInstructions = Extract<PayInstructions, { kind: "ton" }>;

export type Stage = Payment["next"]["code"] | "closing";

/** What this phone has seen: an invoice paid, or a transfer signed, though the server does not know yet. */
export interface Seen {
  /** Milliseconds of the server's clock. */
  at: number;
  /** The payment as it was. */
  mark: string;
}

/** The phone's word is good for so long; then the server's "pay" is shown again, honestly. */
export const SEEN_MS = 15 * 60_000;

/** Changes when money has come or another way was chosen: what the phone saw before is then of no use. */
export const markOf = (payment: Payment): string =>
  [payment.status, payment.provider, payment.method, payment.due?.amount, payment.receipts.length].join("/");

export const seenNow = (payment: Payment, nowMs: number): Seen => ({ at: nowMs, mark: markOf(payment) });

export function stageOf(payment: Payment, seen: Seen | null, nowMs: number): Stage {
  const { code } = payment.next;
  if (code !== "pay") return code;
  if (seen && seen.mark === markOf(payment) && nowMs - seen.at < SEEN_MS) return "looking";
  if (payment.expiresAt && Date.parse(payment.expiresAt) <= nowMs) return "closing";
  return code;
}

/** Nothing more happens here by itself. */
export const isOver = (stage: Stage): boolean => stage === "done" || stage === "refunded" || stage === "over";

/** How soon to ask again, milliseconds, besides what live events say; false: not at all. */
export function askAgainMs(stage: Stage, waitedMs: number): number | false {
  if (isOver(stage) || stage === "choose") return false;
  if (stage === "pay") return 15_000;
  return waitedMs < 60_000 ? 2_500 : 10_000;
}

/** A wallet may take so long to confirm, and not longer than the payment stands. */
const SIGN_SECONDS = 300;

/** Unix seconds until which the wallet may send: what is signed later would come too late. */
export function signUntil(expiresAt: string | null, nowMs: number): number {
  const soon = Math.floor(nowMs / 1000) + SIGN_SECONDS;
  return expiresAt === null ? soon : Math.min(soon, Math.floor(Date.parse(expiresAt) / 1000));
}
