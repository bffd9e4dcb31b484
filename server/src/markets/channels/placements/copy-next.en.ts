/** Words of the card at the top of a placement, by key and reader. */
export default {
  write_creative: {
    advertiser: {
      title: "Write the post",
      body: "Put together text, photos and buttons. The publisher then approves them or proposes a change.",
      otherwise: "Without an agreement by the deadline the placement closes; nobody owes anything.",
    },
    publisher: {
      title: "The advertiser writes the post",
      body: "The advertiser puts the post together. You may also propose one yourself.",
      otherwise: "Without an agreement by the deadline the placement closes; nobody owes anything.",
    },
  },
  approve_creative: {
    advertiser: {
      title: "Agree on the post",
      body: "The version below needs the approval of both. Whoever changes it asks the other again.",
      otherwise: "Without an agreement by the deadline the placement closes; nobody owes anything.",
    },
    publisher: {
      title: "Agree on the post",
      body: "The version below needs the approval of both. Whoever changes it asks the other again.",
      otherwise: "Without an agreement by the deadline the placement closes; nobody owes anything.",
    },
  },
  pay: {
    advertiser: {
      title: "Pay into escrow",
      body: "{{price, amount}} go to the contract of this deal, not to the publisher. The post goes out on {{postAt, moment}}.",
      otherwise: "If you do not pay in time, the deal closes by itself and nobody owes anything.",
    },
    publisher: {
      title: "Waiting for the advertiser to pay",
      body: "Please post nothing yet. We write to you as soon as the money is in escrow.",
      otherwise: "Without payment the deal closes and your slot is free again.",
    },
  },
  bot_posts: {
    advertiser: {
      title: "Our bot posts at the agreed time",
      body: "Your money is in escrow. You need do nothing.",
      otherwise: "If the post has not gone out two hours after its time, the whole price comes back to you.",
    },
    publisher: {
      title: "Our bot posts at the agreed time",
      body: "The money is in escrow. Leave our bot the right to post.",
      otherwise:
        "If the post has not gone out two hours after its time, the money goes back to the advertiser.",
    },
  },
  publisher_posts: {
    advertiser: {
      title: "The publisher posts",
      body: "Your money is in escrow. We recognise the post and compare it with what was agreed.",
      otherwise: "If it has not gone out by the deadline, the whole price comes back to you.",
    },
    publisher: {
      title: "Publish the post",
      body: "Publish exactly the agreed post on {{postAt, moment}}. We recognise it; if not, send us its link.",
      otherwise: "If it has not gone out by the deadline, the money goes back to the advertiser.",
    },
  },
  post_unclear: {
    advertiser: {
      title: "We make sure that the post is out",
      body: "Telegram gave no clear answer. We post nothing twice; the publisher can send the link of the post.",
      otherwise: "If there is no post by the deadline, the whole price comes back to you.",
    },
    publisher: {
      title: "Is the post in your channel?",
      body: "Telegram gave no clear answer. If the post is there, send its link. If not, publish the agreed post yourself and send the link.",
      otherwise: "If there is no post by the deadline, the money goes back to the advertiser.",
    },
  },
  on_top: {
    advertiser: {
      title: "The post is out, on top of the feed",
      body: "We look at it at times that nobody knows, by several independent ways.",
      otherwise: "If it is taken down early, you pay only for the time that it stood.",
    },
    publisher: {
      title: "The post is out, on top of the feed",
      body: "Leave it as it is. Where nothing above it was agreed, post nothing else until {{topHours}} h have passed.",
      otherwise: "If it is taken down early, you get only the part for the time that it stood.",
    },
  },
  in_feed: {
    advertiser: {
      title: "The post stands in the feed",
      body: "We look at it at times that nobody knows, by several independent ways.",
      otherwise: "If it is taken down early, you pay only for the time that it stood.",
    },
    publisher: {
      title: "The post stands in the feed",
      body: "Leave it as it is until the deadline.",
      otherwise: "If it is taken down early, you get only the part for the time that it stood.",
    },
  },
  answer_edit: {
    advertiser: {
      title: "The post was changed: is that all right?",
      body: "Compare what stands there now with what was agreed, and accept it or not.",
      otherwise:
        "If you say nothing until the deadline, it counts as a breach from the moment of the change.",
    },
    publisher: {
      title: "The post was changed",
      body: "The advertiser decides whether the change is all right. You can put it back as it was.",
      otherwise: "Without their word it counts as a breach from the moment of the change.",
    },
  },
  edit_rejected: {
    advertiser: {
      title: "You did not accept the change",
      body: "We look once more. If it still stands there, you pay only for the time before the change.",
      otherwise: "If the publisher puts it back at once, the deal goes on.",
    },
    publisher: {
      title: "The advertiser did not accept the change",
      body: "Put the post back as it was, now. We look once more.",
      otherwise: "If the change still stands there, you get only the part for the time before it.",
    },
  },
  doubt_gone: {
    advertiser: {
      title: "The post seems to be gone",
      body: "One look is no verdict: we look again in a few minutes, by another way too.",
      otherwise: "If it is gone, you pay only for the time that it stood.",
    },
    publisher: {
      title: "The post seems to be gone",
      body: "One look is no verdict: we look again in a few minutes, by another way too.",
      otherwise: "If it is gone, you get only the part for the time that it stood.",
    },
  },
  doubt_breach: {
    advertiser: {
      title: "We can no longer see the post",
      body: "Our bot lost its rights, or the channel was renamed or closed. The publisher has two hours to undo it.",
      otherwise: "After that it counts as removed at the moment when we last saw it.",
    },
    publisher: {
      title: "Let us see the post again",
      body: "Our bot lost its rights, or the channel was renamed or closed. Undo it before the deadline.",
      otherwise: "After that it counts as removed at the moment when we last saw it.",
    },
  },
  hold_ends: {
    advertiser: {
      title: "The agreed hours are over",
      body: "The last look is done or under way. The publisher is paid at the deadline.",
      otherwise: "Something wrong after all? Open a dispute before the deadline.",
    },
    publisher: {
      title: "The agreed hours are over",
      body: "You need do nothing more. The post may be taken down.",
      otherwise: "You are paid at the deadline.",
    },
  },
  delivery_missed: {
    advertiser: {
      title: "The contract heard of the post too late",
      body: "The post is out, but our word reached the contract after its deadline, so it can pay the publisher only with your consent. If the post is as agreed, release the payment, or agree on a share.",
      otherwise: "At the deadline the whole price comes back to you.",
    },
    publisher: {
      title: "The contract heard of the post too late",
      body: "The post is out, but our word reached the contract after its deadline. The advertiser can still release the payment, or you agree on a share. Nothing obliges you to leave the post up.",
      otherwise: "At the deadline the money goes back to the advertiser.",
    },
  },
  breach: {
    advertiser: {
      title: "The terms were not kept",
      body: "The proposal: {{sellerPercent}} % of the price to the publisher, the rest to you. Either of you may dispute it at the deal.",
      otherwise: "If nobody disputes it, this is what is paid at the deadline.",
    },
    publisher: {
      title: "The terms were not kept",
      body: "The proposal: {{sellerPercent}} % of the price to you, the rest to the advertiser. If that is wrong, open a dispute at the deal.",
      otherwise: "If nobody disputes it, this is what is paid at the deadline.",
    },
  },
  dispute: {
    advertiser: {
      title: "The arbiter decides",
      body: "All clocks have stopped. The evidence below is before the arbiter.",
      otherwise: "If the arbiter stays silent, the contract pays as was agreed at its funding.",
    },
    publisher: {
      title: "The arbiter decides",
      body: "All clocks have stopped. The evidence below is before the arbiter.",
      otherwise: "If the arbiter stays silent, the contract pays as was agreed at its funding.",
    },
  },
  unagreed: {
    advertiser: {
      title: "Closed without an agreement",
      body: "The post was not agreed on in time. Nobody owes anything.",
      otherwise: "",
    },
    publisher: {
      title: "Closed without an agreement",
      body: "The post was not agreed on in time. Nobody owes anything.",
      otherwise: "",
    },
  },
  cancelled: {
    advertiser: {
      title: "Called off",
      body: "One of you stepped back before it was paid. Nobody owes anything.",
      otherwise: "",
    },
    publisher: {
      title: "Called off",
      body: "One of you stepped back before it was paid. Nobody owes anything.",
      otherwise: "",
    },
  },
  unpaid: {
    advertiser: {
      title: "Not paid in time",
      body: "The deal is closed. Nobody owes anything.",
      otherwise: "",
    },
    publisher: {
      title: "Not paid in time",
      body: "The deal is closed. Nobody owes anything.",
      otherwise: "",
    },
  },
  released: {
    advertiser: {
      title: "Done",
      body: "The post stood as agreed, and the publisher has been paid.",
      otherwise: "",
    },
    publisher: { title: "Done, you have been paid", body: "The post stood as agreed.", otherwise: "" },
  },
  refunded: {
    advertiser: { title: "Refunded", body: "The whole price has gone back to you.", otherwise: "" },
    publisher: { title: "Refunded", body: "The whole price has gone back to the advertiser.", otherwise: "" },
  },
  split: {
    advertiser: {
      title: "Shared",
      body: "{{sellerPercent}} % of the price went to the publisher, the rest came back to you.",
      otherwise: "",
    },
    publisher: {
      title: "Shared",
      body: "{{sellerPercent}} % of the price went to you, the rest back to the advertiser.",
      otherwise: "",
    },
  },
};
