import { errors } from "../../platform/errors.ts";

/** Words: `errors.<code>` in copy.en.ts and copy.ru.ts. */
export const dealErrors = errors("deals", {
  not_found: "not_found",
  /** The state or the clock does not allow this action (any more); details say the status. */
  not_now: "closed",
  enough_said: "limited",
  payment_closed: "closed",
  buyer_wallet_missing: "conflict",
  seller_wallet_missing: "conflict",
  same_person: "conflict",
  same_wallet: "conflict",
  price_too_low: "invalid",
  terms_refused: "invalid",
  no_arbiter: "unavailable",
  hub_not_ready: "unavailable",
  chain_unknown: "unavailable",
  clocks_apart: "unavailable",
});
