import { expect, test } from "bun:test";
import { chosen, emptyDraft, hashOf, priceOf, priceProblem, textProblem } from "./draft.ts";

test("a price under the contract's minimum is refused before it is sent", () => {
  expect(priceProblem({ price: "0.09" }, "100000000")).toBe("priceLow");
  expect(priceProblem({ price: "0,1" }, "100000000")).toBeNull();
});

test("what is no price is told apart from a low one", () => {
  for (const price of ["", "0", "-5", "abc", "1e3"]) expect(priceProblem({ price }, "1")).toBe("price");
  expect(priceOf({ price: "1 500" })).toBe("1500000000000");
});

test("a title of spaces is no title, and a category has to be chosen", () => {
  expect(textProblem({ title: "   ", category: "news" })).toBe("title");
  expect(textProblem({ title: "My channel", category: null })).toBe("category");
  expect(textProblem({ title: "My channel", category: "news" })).toBeNull();
});

test("a changed draft is another request, the same draft the same one", () => {
  const draft = { ...emptyDraft, title: "Channel", price: "5" };
  expect(hashOf({ ...draft })).toBe(hashOf(draft));
  for (const change of [{ price: "6" }, { title: "Other" }, { visibility: "private" as const }])
    expect(hashOf({ ...draft, ...change })).not.toBe(hashOf(draft));
});

test("a chosen channel brings its name as the title, and never over words of the seller's own", () => {
  const channel = (title: string) => ({ id: title, title }) as Parameters<typeof chosen>[1];
  const first = { ...emptyDraft, ...chosen(emptyDraft, channel("Sea")) };
  expect(first.title).toBe("Sea");
  expect({ ...first, ...chosen(first, channel("Forest")) }.title).toBe("Forest");
  const own = { ...first, title: "A quiet channel" };
  expect({ ...own, ...chosen(own, channel("Forest")) }.title).toBe("A quiet channel");
});
