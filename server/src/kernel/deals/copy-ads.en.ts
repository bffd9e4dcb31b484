/** Words of deals about an ad post, where those of every deal would be too general: the seller publishes, the buyer advertises. */
const out = { title: "The post goes out on {{postAt, moment}}" };
const stands = { title: "The post stands, we watch it" };
const stood = { title: "The post stood its hours" };
const broken = { title: "The post was not kept as agreed" };

export default {
  next: {
    pay: {
      buyer: {
        title: "Pay for the post into escrow",
        body: "{{price, amount}} go to the contract of this deal, not to the publisher. The post goes out on {{postAt, moment}}.",
      },
      seller: {
        title: "Waiting for the advertiser to pay",
        body: "Please publish nothing yet. We will write as soon as the money is in escrow.",
        otherwise: "If it is not paid in time, the deal closes and your hours are free again.",
      },
    },
    pay_over: {
      seller: { otherwise: "Without one the deal closes and your hours are free again." },
    },
    deliver_bot: { buyer: out, seller: out },
    deliver_publisher: {
      buyer: out,
      seller: { title: "Publish the post on {{postAt, moment}}" },
    },
    hold: { buyer: stands, seller: stands },
    verified: { buyer: stood, seller: stood },
    challenge: { buyer: broken, seller: broken },
    cancelled_open: {
      seller: { title: "Cancelled", body: "Please publish nothing. Your hours are free again." },
    },
    cancelled_funded: { seller: { title: "Please publish nothing" } },
    expired: {
      seller: { title: "Not paid in time", body: "The deal is closed. Your hours are free again." },
    },
    released: { buyer: { title: "Done", body: "The publisher has been paid. Thank you." } },
  },
  timeline: {
    delivery_seen: "We saw the post in the channel",
    delivered: "The post is recorded on the chain; the money waits until {{until, moment}}",
    verified: "The post stood its hours as agreed",
    breach_seen_not_delivered: "The post did not go out",
    breached:
      "Proposed: {{sellerPercent}} % to the publisher for the time the post stood; can be disputed until {{until, moment}}",
    released_early: "The advertiser released the money",
    refunded_by_seller: "The publisher gave the money back",
    seller_paid: "{{amount, amount}} arrived at the publisher's wallet",
    buyer_paid: "{{amount, amount}} arrived at the advertiser's wallet",
    due_delivery: "The latest the post can go out",
    due_hold: "End of the post's hours and the last look",
    due_return: "Money goes back to the advertiser",
  },
};
