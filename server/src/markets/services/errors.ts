import { errors } from "../../platform/errors.ts";

/** Words: `errors.<code>` in copy.en.ts and copy.ru.ts. */
export const serviceErrors = errors("services", {
  /** Never was, was deleted, or is not the caller's. */
  order_not_found: "not_found",
  /** Details: `suggestions`, cities that are written alike. */
  city_unknown: "invalid",
  /** The city is fixed once an order is created. */
  city_fixed: "invalid",
  /** Neither a Telegram username nor a Russian telephone number. */
  contact_invalid: "invalid",
  /** The contact has an order that is still open. Details: `orderId`, when that order is the caller's own. */
  contact_busy: "conflict",
  /** Somebody has taken the order: it is neither edited nor deleted any more. */
  order_taken: "closed",
  /** Expired, closed or deleted. Details: `status`. */
  order_over: "closed",
  /** All places are gone. */
  order_full: "closed",
  own_order: "forbidden",
  /** Details: `asset`, `price`, `available`, `missing` (minor units), `recharge` (a path in the Mini App that comes back here). */
  not_enough: "unpaid",
  /** There is nobody to answer yet. */
  nobody_took: "closed",
  /** Only who took the order can be chosen, rated, or complain. */
  not_taken: "forbidden",
  executor_not_found: "not_found",
  /** A month after the take nobody rates or complains any more. */
  too_late: "closed",
});
