import { errors } from "../../platform/errors.ts";

/** Words: `errors.<code>` in copy.en.ts and copy.ru.ts. */
export const reviewErrors = errors("reviews", {
  /** Also a review that its reader may not see, or may not answer. */
  not_found: "not_found",
  /** One review per author and subject. The same words again are no second review. */
  already_reviewed: "conflict",
  already_complained: "conflict",
  /** Nobody rates or reports themselves. */
  not_yourself: "forbidden",
  /** An answer can be changed for a day. */
  answer_closed: "closed",
  reason_unknown: "invalid",
  /** The other way was decided before. */
  complaint_decided: "conflict",
  /** A moderator does not decide what they are part of. */
  involved: "forbidden",
  deal_not_found: "not_found",
  /** Not settled, or it paid nobody. */
  deal_not_reviewable: "closed",
  /** Reviews of a deal are written within thirty days. */
  window_over: "closed",
});
