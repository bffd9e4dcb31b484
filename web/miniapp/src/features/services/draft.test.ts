import { expect, test } from "bun:test";
import { createOrder } from "../../../../../server/src/markets/services/shapes.ts";
import { type Draft, emptyDraft, orderOf, wrongOf } from "./draft.ts";

const whole: Draft = {
  category: "plumbing",
  description: "  Water runs from under the sink  ",
  city: " Казань ",
  point: { latitude: 55.79, longitude: 49.12 },
  contact: " @anna_k ",
};

test("what the form lets through is what the server takes", () => {
  expect(wrongOf(whole)).toBeNull();
  expect(createOrder.safeParse(orderOf(whole, [crypto.randomUUID()])).success).toBe(true);
  expect(createOrder.safeParse(orderOf({ ...whole, point: null }, [])).success).toBe(true);
});

test("what is missing is named from top to bottom", () => {
  expect(wrongOf(emptyDraft(null, null))).toBe("category");
  expect(wrongOf({ ...whole, description: "Too short to help" })).toBe("description");
  expect(wrongOf({ ...whole, city: " " })).toBe("city");
  expect(wrongOf({ ...whole, contact: "call me" })).toBe("contact");
});

test("a returning customer finds their city and contact; a new one their name in Telegram", () => {
  expect(emptyDraft({ city: "Омск", contact: "+79130000000" }, "anna")).toMatchObject({
    city: "Омск",
    contact: "+79130000000",
  });
  expect(emptyDraft(null, "anna").contact).toBe("@anna");
});
