/** Money that comes as it should, and as it should not. */
import { expect, test } from "bun:test";
import { people } from "../world.ts";
import type { Till } from "./till.ts";

/** News in every order, and none. */
export function comingMoney(till: Till): void {
  const { driver, amount, recharge, read, letPass, grown, paidRecharge, http } = till;

  test("money that comes as asked is credited exactly", async () => {
    const gain = await grown(async () => {
      const paid = await paidRecharge();
      expect(paid).toMatchObject({ next: { code: "done" }, receipts: [{ outcome: "exact" }] });
    });
    expect(gain).toBe(amount);
  });

  test("news that come again and again, at once and later, credit once", async () => {
    const made = await recharge();
    const gain = await grown(async () => {
      const { news } = await driver.pay(made);
      await Promise.all([news.deliver(), news.deliver(), news.deliver()]);
      await Promise.all([
        till.world.settle(),
        http().post(`/api/payments/${made.id}/check`),
        http().post(`/api/payments/${made.id}/check`),
      ]);
      await till.world.settle();
      await news.deliver();
      await letPass(2);
    });
    expect(gain).toBe(amount);
    expect((await read(made.id)).receipts).toHaveLength(1);
  });

  test("news that overtake each other credit each payment once", async () => {
    const [first, second] = [await recharge(), await recharge()];
    const gain = await grown(async () => {
      const { news: older } = await driver.pay(first);
      const { news: newer } = await driver.pay(second);
      await newer.deliver();
      await till.world.settle();
      await older.deliver();
      await till.world.settle();
    });
    expect(gain).toBe(2n * amount);
    expect([(await read(first.id)).status, (await read(second.id)).status]).toEqual(["paid", "paid"]);
  });

  test("news that are lost are found by looking", async () => {
    const made = await recharge();
    const gain = await grown(async () => {
      await driver.pay(made, { isUntold: true });
      await letPass(6);
    });
    expect(gain).toBe(amount);
    expect((await read(made.id)).status).toBe("paid");
  });
}

/** Sums, assets, payers and moments other than the invoice says. */
export function oddMoney(till: Till): void {
  const { driver, asset, amount, balance, recharge, read, letPass, grown } = till;

  test("what is too little is credited as it is, and so is what is too much", async () => {
    for (const wrong of [amount / 2n, amount * 2n]) {
      const made = await recharge();
      let isRefused = false;
      const gain = await grown(async () => {
        const paying = await driver.pay(made, { amount: wrong });
        isRefused = paying.isRefused;
        await paying.news.deliver();
        await letPass(1);
      });
      expect(gain).toBe(isRefused ? 0n : wrong);
      const outcome = wrong < amount ? "short" : "over";
      expect((await read(made.id)).receipts.map((one) => one.outcome)).toEqual(isRefused ? [] : [outcome]);
    }
  });

  test("what comes in another asset, or twice, is on the balance and never paid for something else", async () => {
    const made = await recharge();
    const other = asset === "RUB" ? "USD" : "EUR";
    const before = await balance(other);
    const strange = await driver.pay(made, { asset: other });
    await strange.news.deliver();
    await till.world.settle();
    expect(await balance(other)).toBe(strange.isRefused ? before : before + amount);
    expect((await read(made.id)).status).toBe("pending");
    await (await driver.pay(made)).news.deliver();
    await till.world.settle();
    const again = await driver.pay(made);
    await again.news.deliver();
    await till.world.settle();
    const outcomes = (await read(made.id)).receipts.map((one) => one.outcome);
    expect(outcomes.filter((one) => one === "exact")).toHaveLength(1);
    expect(outcomes.includes("double")).toBe(!again.isRefused);
  });

  test("money of somebody else is credited, refused or given back, and never somebody's by mistake", async () => {
    const made = await recharge();
    const before = driver.refunded();
    const gain = await grown(async () => {
      const paying = await driver.pay(made, { person: people.stranger });
      expect(paying.isRefused).toBe(driver.strangers === "refused");
      await paying.news.deliver();
      await letPass(1);
    });
    expect(gain).toBe(driver.strangers === "credited" ? amount : 0n);
    expect(driver.refunded() - before).toBe(driver.strangers === "returned" ? amount : 0n);
    expect((await read(made.id)).status).toBe(driver.strangers === "credited" ? "paid" : "pending");
  });

  test("what comes after the end is on the balance", async () => {
    const made = await recharge();
    await till.world.advance(3_600 + 120);
    expect(["expired", "pending"]).toContain((await read(made.id)).status);
    await letPass(2);
    expect((await read(made.id)).status).toBe("expired");
    let isRefused = false;
    const gain = await grown(async () => {
      const paying = await driver.pay(made);
      isRefused = paying.isRefused;
      await paying.news.deliver();
      await till.world.settle();
    });
    expect(gain).toBe(isRefused ? 0n : amount);
    if (!isRefused)
      expect(await read(made.id)).toMatchObject({ status: "paid", receipts: [{ outcome: "late" }] });
  });
}

/** What is said without money, and money without an owner. */
export function untrueMoney(till: Till): void {
  const { driver, amount, recharge, read, letPass, grown, waiting, staff, otherStaff } = till;

  test("what a forger says moves nothing", async () => {
    const made = await recharge();
    const before = await waiting();
    const gain = await grown(async () => {
      if ((await driver.forge(made)) === "refused") expect(await waiting()).toBe(before);
      await letPass(3);
    });
    expect(gain).toBe(0n);
    expect((await read(made.id)).receipts).toEqual([]);
  });

  test("money of which nobody knows whose it is waits for a person, and finds its owner once", async () => {
    const paying = await driver.payUnknown(amount);
    if (paying.isRefused)
      return expect((await staff().get("/api/admin/payments/unclaimed")).body.items).toEqual([]);
    await paying.news.deliver();
    await letPass(1);
    const { body } = await staff().get("/api/admin/payments/unclaimed");
    expect(body.items).toHaveLength(1);
    const { rows } = await till.world
      .ctx()
      .db.execute<{ id: string }>(`select id from identity.users where telegram_id = ${people.buyer}`);
    const claim = async (): Promise<string> => {
      const asked = { userId: rows[0]?.id, reason: "showed the transaction" };
      const path = `/api/admin/payments/unclaimed/${body.items[0].receiptId}/claim`;
      return (await staff().post(path, asked)).body.id;
    };
    const approve = (id: string, by = otherStaff()) => by.post(`/api/admin/payments/proposals/${id}/approve`);
    const [first, second] = [await claim(), await claim()];
    expect(await grown(async () => expect((await approve(first, staff())).status).toBe(403))).toBe(0n);
    const gain = await grown(async () => {
      const answers = await Promise.all([approve(first), approve(second), approve(first)]);
      expect(answers.filter(({ status }) => status === 409).length).toBeGreaterThan(0);
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    });
    expect(gain).toBe(amount);
  });

  test("words of the provider that we do not know break nothing", async () => {
    const made = await recharge();
    const gain = await grown(async () => {
      await driver.oddities(made);
      await letPass(2);
    });
    expect(gain).toBe(0n);
    expect((await read(made.id)).status).toBe("pending");
  });
}
