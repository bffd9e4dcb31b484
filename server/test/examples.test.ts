import { expect, test } from "bun:test";
import { meExample, notificationSettingsExample } from "../src/kernel/identity/examples.ts";
import { me, putNotificationSettings } from "../src/kernel/identity/shapes.ts";
import { paymentExample, rechargeExample } from "../src/kernel/payments/examples.ts";
import { payment, recharge } from "../src/kernel/payments/shapes.ts";

test("the examples of the account, the balance and a recharge are of their shapes", () => {
  expect(me.parse(meExample)).toEqual(meExample);
  expect(putNotificationSettings.safeParse(notificationSettingsExample).success).toBe(true);
  expect(recharge.safeParse(rechargeExample).success).toBe(true);
  expect(payment.parse(paymentExample)).toEqual(paymentExample);
});
