import { expect } from "bun:test";
import type { Recharged } from "./recharge-story.ts";

/** What Telegram and the chain have taken is on the balance, once; what went back is gone, once. */
export function expectRecharged(told: Recharged): void {
  // A checkout that died may have been paid by a second try; each charge that Telegram made is booked.
  expect(told.chargesAtTelegram).toBe(2);
  expect(told.refundsAtTelegram).toBe(1);
  expect(told.stars).toBe("100");
  expect(told.transfersBack).toBe(1);
  expect(told.coins).toBe("1500000000");
  // Asked for again under the same key, a payment at YooKassa is one payment.
  expect(told.atYooKassa).toEqual({ payments: 2, paid: 2, back: "20000" });
  expect(told.rubles).toBe("80000");
  expect(told.gateways).toEqual({
    "gateway:stars": "-100",
    "gateway:ton": "-1500000000",
    "gateway:yookassa": "-80000",
  });
  expect([...new Set(told.sums)]).toEqual(["0"]);
  expect(told.deadLetters).toBe(0);
}
