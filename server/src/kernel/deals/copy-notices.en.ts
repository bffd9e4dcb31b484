/** Words of the inbox and the bot, by what happened and to whom. */
export default {
  opened_buyer: {
    title: "Deal opened: {{title}}",
    body: "Pay {{price, amount}} into escrow within {{pay, span}}. The money goes to the contract, not to the seller.",
    button: "Pay",
  },
  opened_seller: {
    title: "A buyer joined: {{title}}",
    body: "They have {{pay, span}} to pay. Please deliver nothing before we write that the money is in escrow.",
    button: "Open the deal",
  },
  funded_buyer: {
    title: "In escrow: {{title}}",
    body: "Your {{price, amount}} are in escrow. The seller delivers until {{until, moment}}; otherwise everything comes back to you.",
    title_ad_post: "Paid into escrow: {{title}}",
    body_ad_post:
      "Your {{price, amount}} are in escrow. The post goes out on {{postAt, moment}}; you need do nothing. If it does not, everything comes back to you.",
    button: "Open the deal",
  },
  funded_seller: {
    title: "In escrow: {{title}}",
    body: "{{price, amount}} are in escrow. Deliver until {{until, moment}}; otherwise the money goes back to the buyer.",
    button: "What to do now",
  },
  delivered_buyer: {
    title: "Delivered: {{title}}",
    body: "We have seen the delivery. Please check it. If you do nothing, the seller is paid on {{until, moment}}.",
    button: "Check",
  },
  delivered_seller: {
    title: "Delivery seen: {{title}}",
    body: "The hold runs until {{until, moment}}. If nothing goes wrong you are paid then.",
    button: "Open the deal",
  },
  verified_buyer: {
    title: "Checked again: {{title}}",
    body: "All is as delivered. The seller is paid on {{until, moment}}.",
    title_ad_post: "The post stood its hours: {{title}}",
    body_ad_post: "All as agreed. The publisher is paid on {{until, moment}}.",
    button: "Open the deal",
  },
  verified_seller: {
    title: "Checked again: {{title}}",
    body: "All is as delivered. You are paid on {{until, moment}}.",
    title_ad_post: "The post stood its hours: {{title}}",
    body_ad_post: "All as agreed. You are paid on {{until, moment}}.",
    button: "Open the deal",
  },
  breached_buyer: {
    title: "Terms not kept: {{title}}",
    body: "{{buyerPercent}} % of the price comes back to you on {{until, moment}}, unless somebody disputes it before.",
    button: "Open the deal",
  },
  breached_seller: {
    title: "Terms not kept: {{title}}",
    body: "{{buyerPercent}} % of the price goes back to the buyer on {{until, moment}}. If that is wrong, open a dispute before.",
    body_ad_post:
      "{{buyerPercent}} % of the price goes back to the advertiser on {{until, moment}}. If that is wrong, open a dispute before.",
    button: "Open the deal",
  },
  disputed_buyer: {
    title: "In dispute: {{title}}",
    body: "The clocks have stopped. The arbiter decides until {{until, moment}}. You can still agree with the seller.",
    body_ad_post:
      "The clocks have stopped. The arbiter decides until {{until, moment}}. You can still agree with the publisher.",
    button: "Open the deal",
  },
  disputed_seller: {
    title: "In dispute: {{title}}",
    body: "The clocks have stopped. The arbiter decides until {{until, moment}}. You can still agree with the buyer.",
    body_ad_post:
      "The clocks have stopped. The arbiter decides until {{until, moment}}. You can still agree with the advertiser.",
    button: "Open the deal",
  },
  disputed_arbiter: {
    title: "Please decide: {{title}}",
    body: "A dispute waits for you until {{until, moment}}.",
    button: "Open the case",
  },
  statement_buyer: {
    title: "The other side has written: {{title}}",
    body: "There is a new statement in the dispute. You can answer it.",
    button: "Read",
  },
  statement_seller: {
    title: "The other side has written: {{title}}",
    body: "There is a new statement in the dispute. You can answer it.",
    button: "Read",
  },
  statement_arbiter: {
    title: "A new statement: {{title}}",
    body: "One of the parties has written to you.",
    button: "Open the case",
  },
  offered_buyer: {
    title: "The seller offers to share: {{title}}",
    body: "{{buyerPercent}} % of the price to you, {{sellerPercent}} % to the seller. If you agree, it is paid at once.",
    title_ad_post: "The publisher offers to share: {{title}}",
    body_ad_post:
      "{{buyerPercent}} % of the price to you, {{sellerPercent}} % to the publisher. If you agree, it is paid at once.",
    button: "Look at the offer",
  },
  offered_seller: {
    title: "The buyer offers to share: {{title}}",
    body: "{{sellerPercent}} % of the price to you, {{buyerPercent}} % to the buyer. If you agree, it is paid at once.",
    title_ad_post: "The advertiser offers to share: {{title}}",
    body_ad_post:
      "{{sellerPercent}} % of the price to you, {{buyerPercent}} % to the advertiser. If you agree, it is paid at once.",
    button: "Look at the offer",
  },
  released_buyer: {
    title: "Done: {{title}}",
    body: "The seller has been paid. Thank you.",
    body_ad_post: "The post stood as agreed and the publisher has been paid. Thank you.",
    button: "Receipt",
  },
  released_seller: {
    title: "You have been paid: {{title}}",
    body: "{{amount, amount}} arrived in your wallet.",
    button: "Receipt",
  },
  refunded_buyer: {
    title: "Refunded: {{title}}",
    body: "{{amount, amount}} are back in your wallet.",
    button: "Receipt",
  },
  refunded_seller: {
    title: "Refunded: {{title}}",
    body: "The price went back to the buyer. The deal is closed.",
    body_ad_post: "The price went back to the advertiser. The deal is closed.",
    button: "Open the deal",
  },
  split_buyer: {
    title: "Shared: {{title}}",
    body: "{{amount, amount}} came back to you; {{sellerPercent}} % of the price went to the seller.",
    body_ad_post:
      "{{amount, amount}} came back to you; {{sellerPercent}} % of the price went to the publisher for the time the post stood.",
    button: "Receipt",
  },
  split_seller: {
    title: "Shared: {{title}}",
    body: "{{amount, amount}} arrived in your wallet; {{buyerPercent}} % of the price went back to the buyer.",
    body_ad_post:
      "{{amount, amount}} arrived in your wallet for the time the post stood; {{buyerPercent}} % of the price went back to the advertiser.",
    button: "Receipt",
  },
  cancelled_buyer: {
    title: "Cancelled: {{title}}",
    body: "The deal was cancelled before payment. Please send nothing; a payment on its way comes back.",
    button: "Open the deal",
  },
  cancelled_seller: {
    title: "Cancelled: {{title}}",
    body: "The deal was cancelled before payment. Please deliver nothing.",
    body_ad_post: "The deal was cancelled before payment. Please publish nothing.",
    button: "Open the deal",
  },
  cancelled_funded_buyer: {
    title: "Paid after cancelling: {{title}}",
    body: "Your payment arrived at a cancelled deal. We are sending it back; you need do nothing.",
    button: "Open the deal",
  },
  cancelled_funded_seller: {
    title: "Paid after cancelling: {{title}}",
    body: "Please deliver nothing: the buyer's payment goes back. You can return it at once.",
    body_ad_post: "Please publish nothing: the advertiser's payment goes back. You can return it at once.",
    button: "Open the deal",
  },
  expired_buyer: {
    title: "Not paid in time: {{title}}",
    body: "The deal is closed and nobody owes anything.",
    body_ad_post:
      "The post on {{postAt, moment}} does not go out. The deal is closed and nobody owes anything.",
    button: "Open the deal",
  },
  expired_seller: {
    title: "Not paid in time: {{title}}",
    body: "The buyer did not pay. Your listing is free again.",
    body_ad_post: "The advertiser did not pay. Please publish nothing; your hours are free again.",
    button: "Open the deal",
  },
  payment_short_buyer: {
    title: "Payment too small: {{title}}",
    body: "{{amount, amount}} were returned to you. Please pay from the deal's page, in one transaction.",
    button: "Open the deal",
  },
  payment_late_buyer: {
    title: "Payment too late: {{title}}",
    body: "The time to pay was over. {{amount, amount}} were returned to you.",
    button: "Open the deal",
  },
  payment_repeated_buyer: {
    title: "Paid twice: {{title}}",
    body: "The first payment counts. {{amount, amount}} of the second were returned to you.",
    button: "Open the deal",
  },
  payment_stranger_buyer: {
    title: "Paid from another wallet: {{title}}",
    body: "{{amount, amount}} came from a wallet that is not the deal's and were returned to it. Please pay from the wallet that you connected.",
    button: "Open the deal",
  },
  payment_refused_buyer: {
    title: "Payment returned: {{title}}",
    body: "The contract did not take the payment; {{amount, amount}} were returned.",
    button: "Open the deal",
  },
  payment_returned_seller: {
    title: "A payment was returned: {{title}}",
    body: "The contract sent {{amount, amount}} back. The deal's own state has not changed.",
    button: "Open the deal",
  },
  stuck_buyer: {
    title: "Payout being checked: {{title}}",
    body: "The contract has paid, but we have not seen the money arrive. We are looking into it.",
    button: "Open the deal",
  },
  stuck_seller: {
    title: "Payout being checked: {{title}}",
    body: "The contract has paid, but we have not seen the money arrive. We are looking into it.",
    button: "Open the deal",
  },
};
