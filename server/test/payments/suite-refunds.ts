/** Money that goes back, by us or without us, and the two lists in the end. */
import { expect, test } from "bun:test";
import type { Till } from "./till.ts";

/** Once, never more than came, in part where that can be. */
export function refunds(till: Till): void {
  const { driver, amount, read, grown, paidRecharge, staff, ask, finish, receiptOf } = till;

  test.each(["before", "after", "500", "429"] as const)("a refund goes back once: %s", async (trouble) => {
    const paid = await paidRecharge();
    const before = driver.refunded();
    const gain = await grown(async () => {
      if (driver.refunds !== "by_hand") driver.trouble("refund", trouble);
      const { body, status } = await ask(receiptOf(paid));
      expect(status).toBe(201);
      await finish(body.id);
      expect((await staff().get(`/api/admin/payments/refunds/${body.id}`)).body.state).toBe("done");
    });
    expect(gain).toBe(-amount);
    expect(driver.refunded() - before).toBe(amount);
    const back = await read(paid.id);
    expect(back).toMatchObject({ status: "refunded", receipts: [{ refunded: amount.toString() }] });
    expect((await ask(receiptOf(paid))).body.error.code).toBe("payments.refund_too_large");
  });

  test("never more goes back than came, however many ask at once", async () => {
    const paid = await paidRecharge();
    const before = driver.refunded();
    const answers = await Promise.all([1, 2, 3].map(() => ask(receiptOf(paid))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    await finish(answers.find(({ status }) => status === 201)?.body.id);
    expect(driver.refunded() - before).toBe(amount);
  });

  test("a part goes back where the provider can do that", async () => {
    const paid = await paidRecharge();
    const part = { amount: (amount / 10n).toString() };
    const answer = await ask(receiptOf(paid), part);
    if (driver.refunds === "whole") {
      expect(answer.body.error.code).toBe("payments.refund_whole_only");
      return;
    }
    await finish(answer.body.id);
    expect(await read(paid.id)).toMatchObject({
      status: "paid",
      receipts: [{ refunded: (amount / 10n).toString() }],
    });
    expect((await ask(receiptOf(paid), { amount: amount.toString() })).status).toBe(422);
  });
}

/** What happens without us, and what we were not told. */
export function agreement(till: Till): void {
  const { driver, amount, recharge, read, grown, paidRecharge, staff, reconcileNow, receiptOf } = till;

  test("what a provider takes back without us is taken from the balance, and said once", async () => {
    const { chargeBack } = driver;
    const paid = await paidRecharge();
    if (!chargeBack) return expect(paid.status).toBe("paid");
    const gain = await grown(async () => {
      const news = await chargeBack(receiptOf(paid));
      await Promise.all([news.deliver(), news.deliver()]);
      await till.world.settle();
      await news.deliver();
      await reconcileNow();
      await reconcileNow();
    });
    expect(gain).toBe(-amount);
    expect((await read(paid.id)).status).toBe("refunded");
  });

  test("the provider's list and our books agree in the end, also after news that never came", async () => {
    const made = await recharge();
    const gain = await grown(async () => {
      await driver.pay(made, { isUntold: true });
      await reconcileNow();
    });
    expect(gain).toBe(amount);
    await till.world.advance(600);
    await reconcileNow();
    expect((await staff().get("/api/admin/payments/differences")).body.differences).toEqual([]);
  });
}
