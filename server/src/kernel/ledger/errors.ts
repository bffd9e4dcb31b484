import { errors } from "../../platform/errors.ts";

/** Words: `errors.<code>` in copy.en.ts and copy.ru.ts. */
export const ledgerErrors = errors("ledger", {
  /** The account's available balance is less than the transfer or hold takes. Nothing was written; the transaction can go on. */
  insufficient_funds: "unpaid",
  /** The key was used before with another input. */
  key_reused: "conflict",
  not_found: "not_found",
  hold_not_found: "not_found",
  /** Posted, voided or expired before, in another way than asked now; details say how. */
  hold_ended: "closed",
  /** More was to be posted than is held. */
  hold_exceeded: "invalid",
  already_reversed: "conflict",
  /** A reversal, or a hold without movement, has no mirror. */
  not_reversible: "invalid",
  /** The newest rate is too old to be believed: this way to pay is off for now. */
  rate_stale: "unavailable",
  /** In the asset that it is to be paid in, the price is more than the books can hold. */
  amount_too_large: "invalid",
  quote_not_found: "not_found",
  quote_expired: "closed",
  quote_used: "closed",
  period_invalid: "invalid",
});
