import { expect, test } from "bun:test";
import en from "../../../../../server/src/kernel/deals/copy.en.ts";
import ru from "../../../../../server/src/kernel/deals/copy.ru.ts";
import { nextKeys, nextStepOf } from "../../../../../server/src/kernel/deals/next/rules.ts";
import type { DealFacts } from "../../../../../server/src/kernel/deals/rules.ts";
import {
  dealAction,
  dealParty,
  dealStatus,
  escrowState,
} from "../../../../../server/src/kernel/deals/shapes.ts";
import { cardActions, endingActions } from "./card-actions.ts";

const NOW = 1_800_000_000;

/** Every deal that the rules can show: each status in each state of the contract, before and after its deadline. */
function* everything() {
  for (const status of dealStatus.options)
    for (const state of escrowState.options)
      for (const until of [null, NOW + 3600, NOW - 1])
        for (const payBy of [NOW + 3600, NOW - 10, NOW - 3600])
          for (const role of dealParty.options) {
            const facts: DealFacts = { status, escrowState: state, payBy, until, bps: 0, isFinal: false };
            yield { role, nextStep: nextStepOf({ ...facts, priceNano: 1n }, role, NOW) };
          }
}

test("whatever a person may do can be reached: on the card or among the other endings, and only once", () => {
  for (const deal of everything()) {
    const shown = [...cardActions(deal), ...endingActions(deal)];
    expect(new Set(shown).size).toBe(shown.length);
    for (const action of deal.nextStep.actions) if (action !== "recheck") expect(shown).toContain(action);
    for (const action of shown) expect(deal.nextStep.actions).toContain(action);
  }
});

test("money cannot be released from the card before anything was delivered", () => {
  for (const deal of everything())
    if (deal.nextStep.key === "deliver") expect(cardActions(deal)).not.toContain("release");
});

test("the one filled button is the move that the card speaks of", () => {
  for (const deal of everything())
    if (deal.nextStep.key === "pay" && deal.role === "buyer" && deal.nextStep.actions.includes("pay"))
      expect(cardActions(deal)[0]).toBe("pay");
});

test("every card has a title for every reader in both languages", () => {
  for (const words of [en, ru])
    for (const key of nextKeys)
      for (const role of dealParty.options) expect(words.next[key][role].title.length).toBeGreaterThan(3);
});

test("the actions of the API are all known here", () => {
  const known = ["pay", "cancel", "recheck", "release", "refund", "agree", "dispute", "resolve"];
  expect<string[]>([...dealAction.options].sort()).toEqual(known.sort());
});
