import { expect } from "bun:test";
import type { Told } from "./crash.ts";

/** The sale ended, was told once, paid each once and to the nano, and left nothing failed behind. */
export function expectWhole(told: Told): void {
  expect(told.status).toBe("RELEASED");
  expect(told.sellerPaid).toEqual([12_125_000_000n]);
  expect(told.feePaid).toEqual([375_000_000n]);
  for (const kind of ["opened", "funded", "delivered", "verified", "seller_paid"]) {
    expect([kind, told.timeline.filter((one) => one === kind).length]).toEqual([kind, 1]);
  }
  expect(told.notices).toBe(told.noticesOnce);
  expect(told.deadLetters).toBe(0);
}
