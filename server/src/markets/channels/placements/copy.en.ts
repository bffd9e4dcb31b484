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
      "This post could not be watched in all its parts by two independent ways, so we do not open a deal on it. In a channel that forbids forwarding, allow it; else the platform’s operator has to set its log chat.",
    edit_unreadable:
      "What stands there now cannot be taken over: it is another kind of post, or an album of another size. Ask the publisher to put it back.",
    post_link_invalid: "This is not a link to a post in this channel.",
    post_not_found: "We do not see this post. Check the link, or try again in a minute.",
    post_not_as_agreed: "This post is not what was agreed on. Correct it and send the link again.",
    post_out_of_time: "This post is outside the agreed time.",
    checks_used_up: "Three checks an hour are the most. The next regular one comes by itself.",
  },
  notices: {
    placement_opened_advertiser: {
      title: "Placement agreed: {{title}}",
      body: "The post goes out on {{postAt, moment}}. Agree on it until {{until, moment}}; after that you pay into escrow.",
      button: "The post",
    },
    placement_opened_publisher: {
      title: "Placement agreed: {{title}}",
      body: "The post goes out on {{postAt, moment}}. Agree on it until {{until, moment}}; then the advertiser pays into escrow.",
      button: "The post",
    },
    placement_proposed_advertiser: {
      title: "The post waits for your word: {{title}}",
      body: "It goes out on {{postAt, moment}}. Look at the publisher's version and approve or change it until {{until, moment}}.",
      button: "Look",
    },
    placement_proposed_publisher: {
      title: "The post waits for your word: {{title}}",
      body: "It goes out on {{postAt, moment}}. Look at the advertiser's version and approve or change it until {{until, moment}}.",
      button: "Look",
    },
    placement_agreed_advertiser: {
      title: "The post is agreed: {{title}}",
      body: "Everything is fixed. Pay into escrow so that the post can go out on {{postAt, moment}}.",
      button: "Pay",
    },
    placement_agreed_publisher: {
      title: "The post is agreed: {{title}}",
      body: "Everything is fixed for {{postAt, moment}}. We write to you when the advertiser has paid into escrow.",
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
      body: "You did not agree on the post in time. The placement is closed, nobody owes anything.",
      button: "Open",
    },
    placement_unagreed_publisher: {
      title: "No agreement: {{title}}",
      body: "You did not agree on the post in time. The placement is closed, nobody owes anything.",
      button: "Open",
    },
    placement_scheduled_publisher: {
      title: "Paid, the post is scheduled: {{title}}",
      body: "Our bot posts on {{postAt, moment}}. Leave it an administrator that may post.",
      button: "Open",
    },
    placement_post_due_publisher: {
      title: "Paid, now it is your turn: {{title}}",
      body: "Publish the agreed post on {{postAt, moment}}. We recognise the post by ourselves; if not, send its link.",
      button: "Open",
    },
    placement_post_refused_publisher: {
      title: "The post could not be sent: {{title}}",
      body: "Telegram refused it. Publish the agreed post yourself and send its link, before two hours have passed.",
      button: "Open",
    },
    placement_post_unclear_publisher: {
      title: "Is the post in your channel? {{title}}",
      body: "Telegram gave no clear answer. If the post is there, send its link. We post nothing twice.",
      button: "Open",
    },
    placement_posted_advertiser: {
      title: "The post is out: {{title}}",
      body: "We watch it until {{until, moment}}.",
      button: "Open",
    },
    placement_posted_publisher: {
      title: "The post is out: {{title}}",
      body: "Leave it as it is until {{until, moment}}. Then you are paid.",
      button: "Open",
    },
    placement_posted_late_advertiser: {
      title: "The post is out, {{delay, span}} late: {{title}}",
      body: "The agreed hours count from now. We watch it until {{until, moment}}.",
      button: "Open",
    },
    placement_posted_late_publisher: {
      title: "The post is out, {{delay, span}} late: {{title}}",
      body: "The agreed hours count from now. Leave it as it is until {{until, moment}}.",
      button: "Open",
    },
    placement_post_edited_advertiser: {
      title: "The post was changed: {{title}}",
      body: "Look at it and accept the change or not, until {{until, moment}}. Otherwise it counts as a breach.",
      button: "Compare",
    },
    placement_post_edited_publisher: {
      title: "The post was changed: {{title}}",
      body: "The advertiser decides until {{until, moment}}. You can put it back as it was.",
      button: "Open",
    },
    placement_post_gone_advertiser: {
      title: "The post seems to be gone: {{title}}",
      body: "We look again in a few minutes. If it is gone, you pay only for the time that it stood.",
      button: "Open",
    },
    placement_post_gone_publisher: {
      title: "The post seems to be gone: {{title}}",
      body: "We look again in a few minutes. If it is gone, you get only the part for the time that it stood.",
      button: "Open",
    },
    placement_post_hidden_advertiser: {
      title: "We can no longer see the post: {{title}}",
      body: "The publisher has two hours to let us see it again. After that it counts as removed.",
      button: "Open",
    },
    placement_post_hidden_publisher: {
      title: "We can no longer see your channel: {{title}}",
      body: "Give our bot its rights back, or undo the renaming, within two hours. After that the post counts as removed.",
      button: "Open",
    },
    placement_post_restored_advertiser: {
      title: "The post stands as agreed again: {{title}}",
      body: "The doubt is settled, the deal goes on.",
      button: "Open",
    },
    placement_post_restored_publisher: {
      title: "The post stands as agreed again: {{title}}",
      body: "The doubt is settled, the deal goes on.",
      button: "Open",
    },
    placement_top_broken_advertiser: {
      title: "Another post came above yours: {{title}}",
      body: "Nothing was to be above it yet. A part of the price for the lost time comes back to you.",
      button: "Open",
    },
    placement_top_broken_publisher: {
      title: "Another post came above the advertisement: {{title}}",
      body: "Nothing was to be above it yet. A part of the price for the lost time goes back to the advertiser.",
      button: "Open",
    },
    placement_edit_accepted_publisher: {
      title: "The change was accepted: {{title}}",
      body: "The post counts as it stands now.",
      button: "Open",
    },
    placement_edit_rejected_publisher: {
      title: "The change was not accepted: {{title}}",
      body: "Put the post back as it was, now.",
      button: "Open",
    },
    placement_missed_advertiser: {
      title: "The post is out, but the contract heard of it too late: {{title}}",
      body: "By its terms your money comes back on {{until, moment}}. If the post is as agreed, please release the payment in the deal, or agree on a share.",
      button: "Open",
    },
    placement_missed_publisher: {
      title: "The post is out, but the contract heard of it too late: {{title}}",
      body: "On {{until, moment}} the money goes back to the advertiser, unless they release it or you agree on a share. Nothing obliges you to leave the post up.",
      button: "Open",
    },
    placement_post_kept_publisher: {
      title: "Please take the post down yourself: {{title}}",
      body: "Its time is over and paid for, and Telegram does not let our bot delete it.",
      button: "Open",
    },
  },
  placement_next: next,
  /** Kinds of evidence. */
  evidence: {
    posted: "The post stands in the channel",
    look_alive: "Looked: it stands as agreed",
    look_edited: "Looked: it was changed",
    look_gone: "Looked: it is not there",
    look_breach: "Looked: our sight was taken away",
    look_unknown: "Looked: no clear answer",
    above_seen: "Another post above it was seen by one witness",
    top_broken: "Another post came above it",
    delivery_missed: "The contract did not hear of the post in time",
    post_taken_down: "After its time the bot took the post down",
    post_left: "Telegram did not let the bot take the post down",
    check_asked: "A check was asked for",
    edit_accepted: "The advertiser accepted the change",
    edit_rejected: "The advertiser did not accept the change",
  },
};
