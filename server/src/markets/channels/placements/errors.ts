import { errors } from "../../../platform/errors.ts";

export const placementErrors = errors("channels", {
  placement_not_found: "not_found",
  /** The phase does not allow this (any more); details say it. */
  placement_not_now: "closed",
  /** Somebody wrote another version meanwhile; details say which. */
  creative_changed: "conflict",
  creative_empty: "invalid",
  creative_too_long: "invalid",
  creative_entities: "invalid",
  creative_link: "invalid",
  creative_buttons: "invalid",
  creative_ad_not_yours: "forbidden",
  placement_too_late: "closed",
  placement_wallet_needed: "closed",
  placement_bot_missing: "closed",
  placement_channel_changed: "closed",
  placement_not_watchable: "closed",
  /** What stands there now is of another kind, and cannot be taken over. */
  edit_unreadable: "conflict",
  post_link_invalid: "invalid",
  post_not_found: "conflict",
  post_not_as_agreed: "conflict",
  post_out_of_time: "closed",
  checks_used_up: "limited",
});
