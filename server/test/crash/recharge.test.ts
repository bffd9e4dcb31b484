import { expect, test } from "bun:test";
import { expectRecharged } from "./expect-recharged.ts";
import { tellRecharge } from "./recharge-story.ts";

/** The worst places; recharge.deep.ts dies at every one there is. */
const worst = [
  "after-call.telegram.refundStarPayment",
  "before-commit.payments.book-event",
  "after-commit.payments.sign_refund",
  "after-call.yookassa.payments.create",
];

test("killed at the worst places, money is credited once and goes back once", async () => {
  const told = await tellRecharge(worst);
  expectRecharged(told);
  expect(told.survived).toEqual([]);
}, 240_000);
