import { expect } from "bun:test";
import type { Ordered } from "./orders-story.ts";

/** However it was killed: each order once, each take once, each kopeck once, each word once. */
export function expectOrdered(told: Ordered): void {
  expect(told.orders).toEqual([
    { status: "closed", outcome: "answered", takes: 2 },
    { status: "closed", outcome: "silent", takes: 2 },
    { status: "deleted", outcome: null, takes: 0 },
  ]);
  expect([told.available, told.held, told.fees]).toEqual(["19800", "0", "200"]);
  expect(told.sums).toEqual(["0"]);
  expect(told.notices).toEqual({
    "services.taken": 4,
    "services.chosen": 1,
    "services.answered": 1,
    "services.silent_customer": 1,
    "services.silent_executor": 2,
    "services.refunded": 1,
    "reviews.shown": 1,
    "reviews.complaints_wait": 1,
    "reviews.complaint_upheld": 1,
  });
  expect([told.rating, told.complaints]).toEqual([[1, 5], ["no_response upheld"]]);
  expect(told.deadLetters).toBe(0);
}
