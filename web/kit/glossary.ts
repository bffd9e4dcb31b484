/**
 * One name for each thing. Who writes words for a screen, the bot or a letter takes them from here; `words.test.ts` refuses the others.
 */
export const glossary = {
  escrow: {
    en: "in escrow",
    ru: "в эскроу",
    means: "The money is locked in a contract; neither side and not even we can take it.",
  },
  contract: {
    en: "contract",
    ru: "контракт",
    means: "The program on the chain that holds the money of one deal.",
  },
  deal: { en: "deal", ru: "сделка", means: "A buyer, a seller, a price, and what has to happen by when." },
  listing: { en: "listing", ru: "объявление", means: "A channel offered for sale." },
  offerCode: { en: "offer code", ru: "код предложения", means: "Opens one listing, public or private." },
  hold: {
    en: "hold",
    ru: "удержание",
    means: "The time after the transfer in which Souk checks once more.",
  },
  release: { en: "release", ru: "выплата", means: "The money goes to the seller." },
  refund: { en: "refund", ru: "возврат", means: "The money goes back to the buyer." },
  split: { en: "split", ru: "раздел суммы", means: "Both agree on who gets how much." },
  dispute: { en: "dispute", ru: "спор", means: "The clocks stop and an arbiter decides." },
  arbiter: {
    en: "arbiter",
    ru: "арбитр",
    means: "The person who decides a dispute; never one of the two sides.",
  },
  wallet: { en: "wallet", ru: "кошелёк", means: "A TON wallet. Its keys never reach Souk." },
} as const;

/** Words that mean one of the above and are never used for it. */
export const banned = {
  en: [/\bsmart contract\b/i, /\bsomething went wrong\b/i, /\barbitrator\b/i, /\bdeposit\b/i, /\btoncoin\b/i],
  ru: [
    /смарт-контракт/i,
    /что-то пошло не так/i,
    /гарант/i,
    /тонкоин/i,
    /депозит/i,
    /(^|[^а-яё])(ты|тебе|твой|твоя|твои)([^а-яё]|$)/i,
  ],
} as const;
