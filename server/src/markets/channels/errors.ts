import { errors } from "../../platform/errors.ts";

export const channelErrors = errors("channels", {
  not_found: "not_found",
  listing_not_found: "not_found",
  not_owner: "forbidden",
  bot_not_admin: "closed",
  not_a_channel: "invalid",
  already_listed: "conflict",
  in_deal: "conflict",
  listing_closed: "closed",
  listing_reserved: "conflict",
  own_listing: "forbidden",
  price_too_low: "invalid",
  wallet_needed: "closed",
  seller_wallet_needed: "closed",
  same_wallet: "closed",
  too_many_unpaid: "limited",
  paused_after_expiries: "limited",
  telegram_silent: "unavailable",
  seller_lost_channel: "closed",
  channel_changed: "closed",
  picker_unknown: "closed",
});
