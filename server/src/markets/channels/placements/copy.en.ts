/** Words of placements in English, spread into the market's. */
import next from "./copy-next.en.ts";

export default {
  errors: {
    placement_not_found: "This placement is not here. Perhaps the link is old.",
    placement_not_now: "This is no longer possible: the placement has moved on. Look at its present state.",
    creative_changed: "The other side has just written another version. Look at it first.",
    creative_empty: "Write a text or add a photo.",
    creative_too_long: "Telegram takes 4,096 characters, and 1,024 under a photo. Please shorten the text.",
    creative_entities: "The formatting does not fit the text.",
    creative_link: "A link is not valid. It has to begin with https://.",
    creative_buttons:
      "Telegram puts no buttons under an album, and a publisher's own post cannot have any. Remove the buttons.",
    creative_ad_not_yours: "Only the advertiser gives the data for the marking.",
    placement_too_late: "There is too little time left before the post to agree and pay.",
    placement_wallet_needed: "Connect a wallet first: the deal is bound to its address.",
    placement_bot_missing:
      "Our bot can no longer post in this channel or see it. The publisher has to add it again.",
    placement_channel_changed: "The channel is no longer the one that was agreed on. Do not pay.",
    placement_not_watchable:
      "Fewer than two independent ways to watch this post are available, so we do not open a deal on it.",
    post_link_invalid: "This is not a link to a post in this channel.",
    post_not_found: "We do not see this post. Check the link, or try again in a minute.",
    post_not_as_agreed: "This post is not what was agreed on. Correct it and send the link again.",
    post_out_of_time: "This post is outside the agreed time.",
    checks_used_up: "Three checks an hour are the most. The next regular one comes by itself.",
  },
  notices: {
    placement_opened_advertiser: {
      title: "Placement agreed: {{title}}",
      body: "Now agree on the creative until {{until, moment}}. After that you pay into escrow.",
      button: "Creative",
    },
    placement_opened_publisher: {
      title: "Placement agreed: {{title}}",
      body: "Now agree on the creative until {{until, moment}}. Then the advertiser pays into escrow.",
      button: "Creative",
    },
    placement_proposed_advertiser: {
      title: "The creative waits for you: {{title}}",
      body: "Look at the publisher's version and approve or change it until {{until, moment}}.",
      button: "Look",
    },
    placement_proposed_publisher: {
      title: "The creative waits for you: {{title}}",
      body: "Look at the advertiser's version and approve or change it until {{until, moment}}.",
      button: "Look",
    },
    placement_agreed_advertiser: {
      title: "Creative agreed: {{title}}",
      body: "Everything is fixed. Pay into escrow so that the post can go out on {{postAt, moment}}.",
      button: "Pay",
    },
    placement_agreed_publisher: {
      title: "Creative agreed: {{title}}",
      body: "Everything is fixed. We write to you when the advertiser has paid into escrow.",
      button: "Open",
    },
    placement_cancelled_advertiser: {
      title: "Called off: {{title}}",
      body: "The publisher stepped back before anything was paid. Nobody owes anything.",
      button: "Open",
    },
    placement_cancelled_publisher: {
      title: "Called off: {{title}}",
      body: "The advertiser stepped back before anything was paid. Nobody owes anything.",
      button: "Open",
    },
    placement_unagreed_advertiser: {
      title: "No agreement: {{title}}",
      body: "You did not agree on the creative in time. The placement is closed, nobody owes anything.",
      button: "Open",
    },
    placement_unagreed_publisher: {
      title: "No agreement: {{title}}",
      body: "You did not agree on the creative in time. The placement is closed, nobody owes anything.",
      button: "Open",
    },
    placement_scheduled_publisher: {
      title: "Paid, the post is scheduled: {{title}}",
      body: "Our bot posts on {{postAt, moment}}. Leave it an administrator that may post.",
      button: "Open",
    },
    placement_post_due_publisher: {
      title: "Paid, now it is your turn: {{title}}",
      body: "Post the agreed creative on {{postAt, moment}}. We recognise the post by ourselves; if not, send its link.",
      button: "Open",
    },
  },
  placement_next: next,
};
