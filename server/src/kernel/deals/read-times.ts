/** When a deal's contract is looked at next without being told. Pure: events of the hub only make it sooner. */
import { isLive, settleMarginSeconds } from "./rules.ts";
import type { DealRow } from "./tables.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** The chain's clock may be a little behind ours; a look before its time would only be repeated. */
const afterDeadline = 2 * second;

/** `now` and the result are instants of `platform.now()`, which follows the chain within seconds. Null: never again. */
export function nextReadAt(deal: DealRow, now: Date): Date | null {
  if (deal.isFinal) return null;
  const at = (ms: number) => new Date(ms);
  const nowMs = now.getTime();
  if (deal.escrowState === "Init") {
    const end = deal.payBy.getTime() + settleMarginSeconds * second + afterDeadline;
    if (nowMs >= end) return at(nowMs + 5 * second);
    // Nobody has been given the payment: only somebody who guessed the address could have paid.
    if (!deal.servedAt) return at(end);
    const wait = nowMs - deal.servedAt.getTime() < 5 * minute ? 10 * second : minute;
    return at(Math.min(end, nowMs + wait));
  }
  if (isLive(deal.escrowState) && deal.untilAt) {
    const end = deal.untilAt.getTime() + afterDeadline;
    return at(nowMs >= end ? nowMs + 5 * second : Math.min(end, nowMs + hour));
  }
  const waited = nowMs - (deal.settledAt ?? now).getTime();
  return at(nowMs + (waited < minute ? second : waited < 10 * minute ? 5 * second : 5 * minute));
}
