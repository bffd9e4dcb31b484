import { expect, test } from "bun:test";
import {
  browserTokensExample,
  meExample,
  notificationSettingsExample,
  sessionsExample,
  signInCodeExample,
  signInLinkExample,
} from "../src/kernel/identity/examples.ts";
import {
  browserTokens,
  me,
  putNotificationSettings,
  session,
  signInByCode,
  signInLink,
} from "../src/kernel/identity/shapes.ts";
import { paymentExample, rechargeExample } from "../src/kernel/payments/examples.ts";
import { payment, recharge } from "../src/kernel/payments/shapes.ts";

test("the examples of the account, the balance and a recharge are of their shapes", () => {
  expect(me.parse(meExample)).toEqual(meExample);
  expect(putNotificationSettings.safeParse(notificationSettingsExample).success).toBe(true);
  expect(recharge.safeParse(rechargeExample).success).toBe(true);
  expect(payment.parse(paymentExample)).toEqual(paymentExample);
});

test("the examples of signing in to a browser are of their shapes", () => {
  expect(browserTokens.parse(browserTokensExample)).toEqual(browserTokensExample);
  expect(sessionsExample.map((one) => session.parse(one))).toEqual(sessionsExample);
  expect(signInLink.parse(signInLinkExample)).toEqual(signInLinkExample);
  expect(signInByCode.parse(signInCodeExample)).toEqual(signInCodeExample);
});
