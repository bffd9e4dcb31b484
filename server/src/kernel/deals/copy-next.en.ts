/** Words of the card at the top of a deal, by key and reader. */
export default {
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
};
