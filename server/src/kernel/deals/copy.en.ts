/** Words of deals in English. `{{x, amount}}` takes nanograms, `{{x, moment}}` an instant, `{{x, span}}` seconds. */
export default {
  errors: {
    not_found: "This deal is not here. Perhaps the link is old.",
    not_now: "This is no longer possible: the deal has moved on. Look at its present state.",
    payment_closed:
      "The time to pay is over, so please do not send anything. Open a new deal if you still want it.",
    buyer_wallet_missing:
      "Connect your wallet first: the deal writes down its address, and refunds go there.",
    seller_wallet_missing: "The seller has no wallet connected at the moment. Please try later.",
    same_person: "You cannot make a deal with yourself.",
    same_wallet: "Buyer, seller and arbiter need different wallets. Please connect another one.",
    price_too_low: "The price is below the smallest one that the contract accepts.",
    terms_refused: "The contract would not accept these terms. Nothing was opened.",
    no_arbiter:
      "No independent arbiter is available right now, so we do not open the deal. Please try later.",
    hub_not_ready: "Deals are being set up on the network. Please try in a few minutes.",
    chain_unknown: "The network does not answer at the moment. Nothing was lost; please try again.",
    clocks_apart: "The network's clock and ours differ too much to set deadlines. Please try again shortly.",
  },
  status: {
    PENDING: "Waiting for payment",
    IN_ESCROW: "In escrow",
    LIVE: "Delivered, on hold",
    VERIFIED: "Verified",
    RELEASED: "Paid out",
    REFUNDED: "Refunded",
    DISPUTED: "In dispute",
    CANCELLED: "Cancelled",
    EXPIRED: "Not paid in time",
    PAYOUT_STUCK: "Payout being checked",
  },
  next: {
    pay: {
      buyer: {
        title: "Pay into escrow",
        body: "{{price, amount}} go to the contract of this deal, not to the seller. Network fees are on top; what is left of them comes back.",
        otherwise: "If you do not pay in time, the deal closes by itself and nobody owes anything.",
      },
      seller: {
        title: "Waiting for the buyer to pay",
        body: "Please deliver nothing yet. We will write as soon as the money is in escrow.",
        otherwise: "If the buyer does not pay in time, the deal closes and your listing is free again.",
      },
      arbiter: {
        title: "Waiting for payment",
        body: "There is nothing for you to do.",
        otherwise: "Without payment the deal closes by itself.",
      },
    },
    pay_over: {
      buyer: {
        title: "The time to pay is over",
        body: "We look at the network once more for a payment made in time. Please send nothing now.",
        otherwise: "A payment that came too late is sent back to you by the contract.",
      },
      seller: {
        title: "The time to pay is over",
        body: "We look at the network once more for a payment made in time.",
        otherwise: "Without one the deal closes and your listing is free again.",
      },
      arbiter: {
        title: "The time to pay is over",
        body: "There is nothing for you to do.",
        otherwise: "Without payment the deal closes by itself.",
      },
    },
    deliver: {
      buyer: {
        title: "The seller delivers now",
        body: "Your {{price, amount}} are in escrow. The seller has to hand over; we check it ourselves and write to you.",
        otherwise: "If nothing is delivered by the deadline, the whole price comes back to you.",
      },
      seller: {
        title: "Deliver now",
        body: "{{price, amount}} are in escrow. Hand over as agreed; we see it by ourselves. Do not leave it to the last half hour.",
        otherwise: "If it is not delivered by the deadline, the money goes back to the buyer.",
      },
      arbiter: {
        title: "The seller delivers",
        body: "There is nothing for you to do.",
        otherwise: "Without delivery the money goes back to the buyer.",
      },
    },
    hold: {
      buyer: {
        title: "Check what you received",
        body: "We have seen the delivery. If all is well you can wait, or release the money at once. If not, open a dispute before the deadline.",
        otherwise: "If you do nothing, the seller is paid at the deadline.",
      },
      seller: {
        title: "Delivered: the hold is running",
        body: "We have seen the delivery. The buyer has time to check it; you need do nothing. Leave everything as it was handed over.",
        otherwise: "If nothing goes wrong, you are paid at the deadline.",
      },
      arbiter: {
        title: "The hold is running",
        body: "There is nothing for you to do.",
        otherwise: "Without a dispute the seller is paid at the deadline.",
      },
    },
    verified: {
      buyer: {
        title: "Checked a second time",
        body: "Everything is still as delivered. The seller is paid at the deadline.",
        otherwise: "Something wrong after all? Open a dispute before the deadline.",
      },
      seller: {
        title: "Checked a second time",
        body: "Everything is still as delivered. You need do nothing.",
        otherwise: "You are paid at the deadline.",
      },
      arbiter: {
        title: "Checked a second time",
        body: "There is nothing for you to do.",
        otherwise: "Without a dispute the seller is paid at the deadline.",
      },
    },
    challenge: {
      buyer: {
        title: "The terms were not kept",
        body: "The proposal: {{buyerPercent}} % of the price to you, {{sellerPercent}} % to the seller. Either of you may dispute it before the deadline.",
        otherwise: "If nobody disputes it, this is what is paid at the deadline.",
      },
      seller: {
        title: "The terms were not kept",
        body: "The proposal: {{sellerPercent}} % of the price to you, {{buyerPercent}} % to the buyer. If that is wrong, open a dispute before the deadline.",
        otherwise: "If nobody disputes it, this is what is paid at the deadline.",
      },
      arbiter: {
        title: "A breach was proposed",
        body: "There is nothing for you to do unless somebody disputes it.",
        otherwise: "Without a dispute it is carried out at the deadline.",
      },
    },
    arbiter: {
      buyer: {
        title: "The arbiter decides",
        body: "All clocks have stopped. The arbiter reads what both of you wrote. You can still agree with the seller by yourselves.",
        otherwise:
          "If the arbiter stays silent until the deadline: {{buyerPercent}} % to you, {{sellerPercent}} % to the seller.",
      },
      seller: {
        title: "The arbiter decides",
        body: "All clocks have stopped. The arbiter reads what both of you wrote. You can still agree with the buyer by yourselves.",
        otherwise:
          "If the arbiter stays silent until the deadline: {{sellerPercent}} % to you, {{buyerPercent}} % to the buyer.",
      },
      arbiter: {
        title: "Please decide",
        body: "Read what both sides wrote and the timeline, then set the seller's share and sign with your own wallet.",
        otherwise:
          "If you do not decide by the deadline: {{sellerPercent}} % to the seller, {{buyerPercent}} % to the buyer.",
      },
    },
    clock: {
      buyer: {
        title: "The deadline has passed",
        body: "The contract is paying out: {{buyerPercent}} % of the price to you, {{sellerPercent}} % to the seller.",
        otherwise: "This takes a minute or two. Nobody can change it any more without both of you.",
      },
      seller: {
        title: "The deadline has passed",
        body: "The contract is paying out: {{sellerPercent}} % of the price to you, {{buyerPercent}} % to the buyer.",
        otherwise: "This takes a minute or two. Nobody can change it any more without both of you.",
      },
      arbiter: {
        title: "The deadline has passed",
        body: "The contract is paying out: {{sellerPercent}} % to the seller, {{buyerPercent}} % to the buyer.",
        otherwise: "There is nothing for you to do.",
      },
    },
    paying: {
      buyer: {
        title: "Paying out",
        body: "The contract has sent the money. We wait until we see it arrive.",
        otherwise: "This takes a few seconds. If it takes longer, we look into it and write to you.",
      },
      seller: {
        title: "Paying out",
        body: "The contract has sent the money. We wait until we see it arrive.",
        otherwise: "This takes a few seconds. If it takes longer, we look into it and write to you.",
      },
      arbiter: {
        title: "Paying out",
        body: "The contract has sent the money.",
        otherwise: "There is nothing for you to do.",
      },
    },
    stuck: {
      buyer: {
        title: "The payout is being checked",
        body: "The contract has paid, but we have not seen the money arrive yet. We were alarmed and are looking into it.",
        otherwise: "The money cannot go anywhere else. You will hear from us.",
      },
      seller: {
        title: "The payout is being checked",
        body: "The contract has paid, but we have not seen the money arrive yet. We were alarmed and are looking into it.",
        otherwise: "The money cannot go anywhere else. You will hear from us.",
      },
      arbiter: {
        title: "The payout is being checked",
        body: "There is nothing for you to do.",
        otherwise: "The operator was alarmed.",
      },
    },
    cancelled_open: {
      buyer: {
        title: "Cancelled",
        body: "Please do not pay any more.",
        otherwise: "If a payment was already on its way, we send it back.",
      },
      seller: {
        title: "Cancelled",
        body: "Please deliver nothing. Your listing is free again.",
        otherwise: "If a payment was already on its way, it goes back to the buyer.",
      },
      arbiter: {
        title: "Cancelled",
        body: "There is nothing for you to do.",
        otherwise: "A payment on its way goes back to the buyer.",
      },
    },
    cancelled: {
      buyer: { title: "Cancelled", body: "Nothing was paid and nobody owes anything.", otherwise: "" },
      seller: { title: "Cancelled", body: "Nothing was paid and nobody owes anything.", otherwise: "" },
      arbiter: { title: "Cancelled", body: "There is nothing for you to do.", otherwise: "" },
    },
    cancelled_funded: {
      buyer: {
        title: "Your payment is coming back",
        body: "The deal was cancelled, but the payment arrived. We have asked the contract to return {{price, amount}}.",
        otherwise: "It is returned at the deadline, or at once if the seller confirms.",
      },
      seller: {
        title: "Please deliver nothing",
        body: "The deal was cancelled, but the buyer's payment arrived. It is being returned. You can return it at once.",
        otherwise: "At the deadline it goes back to the buyer by itself.",
      },
      arbiter: {
        title: "A payment goes back",
        body: "The deal was cancelled before it was paid.",
        otherwise: "There is nothing for you to do.",
      },
    },
    expired: {
      buyer: {
        title: "Not paid in time",
        body: "The deal is closed and nobody owes anything.",
        otherwise: "",
      },
      seller: {
        title: "Not paid in time",
        body: "The deal is closed. Your listing is free again.",
        otherwise: "",
      },
      arbiter: { title: "Not paid in time", body: "There is nothing for you to do.", otherwise: "" },
    },
    released: {
      buyer: { title: "Done", body: "The seller has been paid. Thank you for dealing here.", otherwise: "" },
      seller: { title: "You have been paid", body: "The money has arrived in your wallet.", otherwise: "" },
      arbiter: { title: "Done", body: "The seller has been paid.", otherwise: "" },
    },
    refunded: {
      buyer: { title: "Refunded", body: "The whole price is back in your wallet.", otherwise: "" },
      seller: { title: "Refunded", body: "The whole price went back to the buyer.", otherwise: "" },
      arbiter: { title: "Refunded", body: "The whole price went back to the buyer.", otherwise: "" },
    },
    split: {
      buyer: {
        title: "Shared",
        body: "{{buyerPercent}} % of the price came back to you, {{sellerPercent}} % went to the seller.",
        otherwise: "",
      },
      seller: {
        title: "Shared",
        body: "{{sellerPercent}} % of the price went to you, {{buyerPercent}} % back to the buyer.",
        otherwise: "",
      },
      arbiter: {
        title: "Shared",
        body: "{{sellerPercent}} % to the seller, {{buyerPercent}} % to the buyer.",
        otherwise: "",
      },
    },
  },
  timeline: {
    opened: "The deal was opened",
    funded: "{{price, amount}} are in escrow",
    surplus_returned: "{{amount, amount}} too much came back to the buyer",
    payment_short: "A payment was too small: {{amount, amount}} were returned",
    payment_late: "A payment came too late: {{amount, amount}} were returned",
    payment_repeated: "A second payment was returned: {{amount, amount}}",
    payment_stranger: "Somebody else paid: {{amount, amount}} were returned to them",
    payment_refused: "The contract did not take a payment: {{amount, amount}} were returned",
    transfer_returned: "A transfer that is not part of the deal was returned: {{amount, amount}}",
    delivery_seen: "We saw the delivery",
    delivered: "Delivery recorded on the chain; the hold runs until {{until, moment}}",
    verified: "Checked again at the end of the hold: all is well",
    breach_seen: "The terms were not kept",
    breach_seen_not_delivered: "Not delivered",
    breach_seen_channel_changed: "The channel is no longer what was sold",
    breach_seen_cancelled_funded: "Paid after it was cancelled: the money goes back",
    breached: "Breach proposed: {{sellerPercent}} % to the seller, can be disputed until {{until, moment}}",
    freeze_asked: "We stopped the clock: a person has to look",
    freeze_asked_blind: "We can no longer see the channel, so we stopped the clock",
    freeze_asked_unknown: "Telegram does not answer us, so we stopped the clock",
    freeze_asked_channel_changed: "The channel was changed, so we stopped the clock",
    dispute_opened: "A dispute was written",
    disputed: "In dispute; the arbiter has until {{until, moment}}",
    offered: "Offers to share: {{sellerPercent}} % to the seller",
    released_early: "The buyer released the money",
    refunded_by_seller: "The seller gave the money back",
    agreed: "Both agreed: {{sellerPercent}} % to the seller",
    resolved: "The arbiter decided: {{sellerPercent}} % to the seller",
    timed_out: "The deadline passed: {{sellerPercent}} % to the seller",
    seller_paid: "{{amount, amount}} arrived at the seller's wallet",
    buyer_paid: "{{amount, amount}} arrived at the buyer's wallet",
    payout_stuck: "The payout was not seen to arrive; we are looking into it",
    cancelled: "Cancelled",
    expired: "Not paid in time: closed",
    due_payment: "Payment due",
    due_delivery: "Delivery due",
    due_hold: "End of the hold",
    due_challenge: "End of the time to dispute",
    due_arbiter: "Decision due",
    due_payout: "Payout",
    due_return: "Money goes back to the buyer",
  },
  notices: {
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
      button: "Open the deal",
    },
    verified_seller: {
      title: "Checked again: {{title}}",
      body: "All is as delivered. You are paid on {{until, moment}}.",
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
      button: "Open the deal",
    },
    disputed_buyer: {
      title: "In dispute: {{title}}",
      body: "The clocks have stopped. The arbiter decides until {{until, moment}}. You can still agree with the seller.",
      button: "Open the deal",
    },
    disputed_seller: {
      title: "In dispute: {{title}}",
      body: "The clocks have stopped. The arbiter decides until {{until, moment}}. You can still agree with the buyer.",
      button: "Open the deal",
    },
    disputed_arbiter: {
      title: "Please decide: {{title}}",
      body: "A dispute waits for you until {{until, moment}}.",
      button: "Open the case",
    },
    offered_buyer: {
      title: "The seller offers to share: {{title}}",
      body: "{{buyerPercent}} % of the price to you, {{sellerPercent}} % to the seller. If you agree, it is paid at once.",
      button: "Look at the offer",
    },
    offered_seller: {
      title: "The buyer offers to share: {{title}}",
      body: "{{sellerPercent}} % of the price to you, {{buyerPercent}} % to the buyer. If you agree, it is paid at once.",
      button: "Look at the offer",
    },
    released_buyer: {
      title: "Done: {{title}}",
      body: "The seller has been paid. Thank you.",
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
      button: "Open the deal",
    },
    split_buyer: {
      title: "Shared: {{title}}",
      body: "{{amount, amount}} came back to you; {{sellerPercent}} % of the price went to the seller.",
      button: "Receipt",
    },
    split_seller: {
      title: "Shared: {{title}}",
      body: "{{amount, amount}} arrived in your wallet; {{buyerPercent}} % of the price went back to the buyer.",
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
      button: "Open the deal",
    },
    expired_buyer: {
      title: "Not paid in time: {{title}}",
      body: "The deal is closed and nobody owes anything.",
      button: "Open the deal",
    },
    expired_seller: {
      title: "Not paid in time: {{title}}",
      body: "The buyer did not pay. Your listing is free again.",
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
  },
  reasons: {
    not_delivered: "Not delivered",
    not_as_described: "Not as described",
    channel_changed: "The channel was changed",
    access_lost: "Access was lost",
    other: "Something else",
    blind: "The channel can no longer be seen",
    unknown: "Telegram gave no clear answer",
  },
};
