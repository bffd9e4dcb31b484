import advertising from "./advertising/copy.en.ts";
import placements from "./placements/copy.en.ts";

export default {
  errors: {
    ...advertising.errors,
    ...placements.errors,
    not_found: "This channel is not among yours.",
    listing_not_found: "This offer is no longer there.",
    not_owner: "Telegram does not name you as the owner of this channel.",
    bot_not_admin:
      "Our bot is not an administrator of this channel, so it cannot see who owns it. Add it and try again.",
    not_a_channel: "This is not a channel.",
    already_listed: "This channel is already offered.",
    in_deal: "This channel is in a deal.",
    ads_running:
      "Advertising in this channel is agreed or running (posts: {{open}}), the last of it until {{until, moment}}. The channel can be sold after that.",
    listing_closed: "This offer is closed.",
    listing_reserved:
      "Somebody has just joined the deal on this offer. If they do not pay in time, it opens again.",
    own_listing: "This is your own offer.",
    price_too_low: "This price is below the least that a contract can settle.",
    wallet_needed: "Connect a wallet first: the deal is bound to its address.",
    seller_wallet_needed: "The seller has no wallet connected right now. We have asked them to connect one.",
    same_wallet: "Buyer and seller cannot use the same wallet.",
    too_many_unpaid: "You have three deals waiting for payment. Pay or cancel one first.",
    paused_after_expiries: "Two of your deals ran out unpaid within a day. You can join again tomorrow.",
    telegram_silent: "Telegram is not answering right now. Nothing was changed; try again in a moment.",
    seller_lost_channel: "Telegram no longer names the seller as the owner of this channel. Do not pay.",
    channel_changed: "The channel is no longer what was offered. Do not pay; you can cancel the deal.",
    picker_unknown: "This choice has expired. Open the picker again.",
  },
  notices: {
    ...advertising.notices,
    ...placements.notices,
    seller_wallet_needed: {
      title: "A buyer is waiting",
      body: "Somebody wants to buy “{{title}}”, but you have no wallet connected. Connect one in your profile.",
      button: "Connect a wallet",
    },
  },
  placement_next: placements.placement_next,
  evidence: placements.evidence,
  share: advertising.share,
  bot: {
    picked: "“{{title}}” is added. Now set the price.",
    sell: "Set the price",
  },
};
