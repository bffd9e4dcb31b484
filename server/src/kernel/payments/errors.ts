import { errors } from "../../platform/errors.ts";

/** Words: `errors.<code>` in copy.en.ts and copy.ru.ts. */
export const paymentErrors = errors("payments", {
  not_found: "not_found",
  /** No provider of that name, or not here, or not for these goods. */
  means_not_allowed: "forbidden",
  /** Several ways lead to this asset: say which. */
  means_ambiguous: "invalid",
  too_small: "invalid",
  too_large: "invalid",
  /** Paid, expired or canceled already. */
  payment_closed: "closed",
  /** More than is left of what was paid. */
  refund_too_large: "invalid",
  /** This provider sends back all of it or nothing. */
  refund_whole_only: "invalid",
  /** The provider cannot send it back where it came from: name an address. */
  refund_address_needed: "invalid",
  /** The provider sends it back where it came from: there is no address to name. */
  refund_address_unwanted: "invalid",
  /** No address that the chain has: a letter is wrong, or it is another network's. */
  refund_address_wrong: "invalid",
  /** One of the staff has what to sign, and until `until` it may still take effect. */
  refund_being_signed: "conflict",
  /** Somebody owns this money already. */
  already_claimed: "conflict",
  webhook_refused: "unauthenticated",
  provider_unknown: "not_found",
});
