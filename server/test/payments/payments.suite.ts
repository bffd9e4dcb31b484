/** What every payment provider must stand: nobody's money is lost, doubled or believed on a word, whatever goes wrong. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { reconcile } from "../../src/kernel/payments/index.ts";
import type { Payment } from "../../src/kernel/payments/shapes.ts";
import { sweep } from "../../src/kernel/payments/sweep.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { people, type World } from "../world.ts";
import type { Driver } from "./driver.ts";

export function paymentSuite(driver: Driver): void {
  describe(`${driver.name}: every provider`, () => {
    let world: World;
    beforeAll(async () => {
      world = await driver.createWorld();
      await world.telegram.act(people.buyer, { type: "startBot" });
      await world.telegram.act(people.arbiter, { type: "startBot" });
      // `/start` of the arbiter gives them their roles at first sight.
      await world.http(people.arbiter).get("/api/users/me");
      await world.settle();
    }, 60_000);
    afterAll(() => world.close());
    afterEach(async () => {
      await driver.calm();
      await world.settle();
      await expectSoundLedger(world);
    });

    const http = () => world.http(people.buyer);
    const staff = () => world.http(people.arbiter);
    const { asset, amount } = driver;
    const balance = async (of: string = asset): Promise<bigint> => {
      const { body } = await http().get("/api/balance");
      const found = body.balances.find((one: { asset: string }) => one.asset === of);
      return BigInt(found?.available ?? "0");
    };
    const recharge = async (): Promise<Payment> => {
      const { body, status } = await http().post("/api/balance/recharge", {
        asset,
        amount: amount.toString(),
        provider: driver.name,
      });
      expect(status).toBe(201);
      return body;
    };
    const read = async (id: string): Promise<Payment> => (await http().get(`/api/payments/${id}`)).body;
    /** Retries, looks and waits have their time. */
    const letPass = async (minutes: number): Promise<void> => {
      for (let left = minutes; left > 0; left -= 3) {
        await driver.calm();
        await world.advance(60 * Math.min(left, 3));
      }
    };
    /** Does it and answers by how much the balance grew. */
    const grown = async (run: () => Promise<unknown>): Promise<bigint> => {
      const before = await balance();
      await run();
      return (await balance()) - before;
    };
    const paidRecharge = async (): Promise<Payment> => {
      const made = await recharge();
      const { news } = await driver.pay(made);
      await news.deliver();
      await world.settle();
      const paid = await read(made.id);
      expect(paid.status).toBe("paid");
      return paid;
    };

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
          world.settle(),
          http().post(`/api/payments/${made.id}/check`),
          http().post(`/api/payments/${made.id}/check`),
        ]);
        await world.settle();
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
        await world.settle();
        await older.deliver();
        await world.settle();
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
      await world.settle();
      expect(await balance(other)).toBe(strange.isRefused ? before : before + amount);
      expect((await read(made.id)).status).toBe("pending");
      await (await driver.pay(made)).news.deliver();
      await world.settle();
      const again = await driver.pay(made);
      await again.news.deliver();
      await world.settle();
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
      await world.advance(3_600 + 120);
      expect(["expired", "pending"]).toContain((await read(made.id)).status);
      await letPass(2);
      expect((await read(made.id)).status).toBe("expired");
      let isRefused = false;
      const gain = await grown(async () => {
        const paying = await driver.pay(made);
        isRefused = paying.isRefused;
        await paying.news.deliver();
        await world.settle();
      });
      expect(gain).toBe(isRefused ? 0n : amount);
      if (!isRefused)
        expect(await read(made.id)).toMatchObject({ status: "paid", receipts: [{ outcome: "late" }] });
    });

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
    const waiting = async (): Promise<number> => {
      const { rows } = await world
        .ctx()
        .db.execute<{ n: bigint }>("select count(*) as n from payments.inbox");
      return Number(rows[0]?.n);
    };

    test("money of which nobody knows whose it is waits for a person, and finds its owner once", async () => {
      const paying = await driver.payUnknown(amount);
      if (paying.isRefused)
        return expect((await staff().get("/api/admin/payments/unclaimed")).body.items).toEqual([]);
      await paying.news.deliver();
      await letPass(1);
      const { body } = await staff().get("/api/admin/payments/unclaimed");
      expect(body.items).toHaveLength(1);
      const { rows } = await world
        .ctx()
        .db.execute<{ id: string }>(`select id from identity.users where telegram_id = ${people.buyer}`);
      const claim = () =>
        staff().post(`/api/admin/payments/unclaimed/${body.items[0].receiptId}/claim`, {
          userId: rows[0]?.id,
          reason: "showed the transaction",
        });
      const gain = await grown(async () => {
        const answers = await Promise.all([claim(), claim()]);
        expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
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

    test.each(["before", "after", "500", "429"] as const)("an invoice survives: %s", async (trouble) => {
      driver.trouble("create", trouble);
      const made = await recharge();
      expect(made).toMatchObject({ status: "created", pay: null, next: { code: "preparing" } });
      await driver.calm();
      await letPass(2);
      const ready = await read(made.id);
      expect(ready.status).toBe("pending");
      const gain = await grown(async () => {
        await (await driver.pay(ready)).news.deliver();
        await letPass(1);
      });
      expect(gain).toBe(amount);
    });

    test.each(["before", "after", "500", "429"] as const)(
      "a question about money survives: %s",
      async (trouble) => {
        const made = await recharge();
        const gain = await grown(async () => {
          driver.trouble("get", trouble, 2);
          await (await driver.pay(made)).news.deliver();
          await world.settle();
          await letPass(5);
        });
        expect(gain).toBe(amount);
        expect((await read(made.id)).status).toBe("paid");
      },
    );

    refunds();

    function refunds(): void {
      const ask = (receiptId: string, more: object = {}) =>
        staff().post("/api/admin/payments/refunds", { receiptId, reason: "asked by the owner", ...more });
      const address = () => world.ton.wallet(people.buyer).address.toString({ bounceable: false });
      const to = () => (driver.refunds === "by_hand" ? { to: address() } : {});
      const finish = async (refundId: string): Promise<void> => {
        await world.settle();
        if (driver.refunds === "by_hand") {
          const { body } = await staff().get(`/api/admin/payments/refunds/${refundId}`);
          expect(body.state).toBe("by_hand");
          await driver.sign?.(body.request);
          await sweep(world.ctx({ kind: "system", name: "test" }));
        }
        await letPass(12);
      };
      const receiptOf = (paid: Payment): string => paid.receipts[0]?.id ?? "";

      test.each(["before", "after", "500", "429"] as const)(
        "a refund goes back once: %s",
        async (trouble) => {
          const paid = await paidRecharge();
          const before = driver.refunded();
          const gain = await grown(async () => {
            if (driver.refunds !== "by_hand") driver.trouble("refund", trouble);
            const { body, status } = await ask(receiptOf(paid), to());
            expect(status).toBe(201);
            await finish(body.id);
            expect((await staff().get(`/api/admin/payments/refunds/${body.id}`)).body.state).toBe("done");
          });
          expect(gain).toBe(-amount);
          expect(driver.refunded() - before).toBe(amount);
          const back = await read(paid.id);
          expect(back).toMatchObject({ status: "refunded", receipts: [{ refunded: amount.toString() }] });
          expect((await ask(receiptOf(paid), to())).body.error.code).toBe("payments.refund_too_large");
        },
      );

      test("never more goes back than came, however many ask at once", async () => {
        const paid = await paidRecharge();
        const before = driver.refunded();
        const answers = await Promise.all([1, 2, 3].map(() => ask(receiptOf(paid), to())));
        expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
        await finish(answers.find(({ status }) => status === 201)?.body.id);
        expect(driver.refunded() - before).toBe(amount);
      });

      test("a part goes back where the provider can do that", async () => {
        const paid = await paidRecharge();
        const part = { amount: (amount / 10n).toString(), ...to() };
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
        expect((await ask(receiptOf(paid), { amount: amount.toString(), ...to() })).status).toBe(422);
      });

      test("what a provider takes back without us is taken from the balance, and said once", async () => {
        const { chargeBack } = driver;
        const paid = await paidRecharge();
        if (!chargeBack) return expect(paid.status).toBe("paid");
        const gain = await grown(async () => {
          const news = await chargeBack(receiptOf(paid));
          await Promise.all([news.deliver(), news.deliver()]);
          await world.settle();
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
        await world.advance(600);
        await reconcileNow();
        expect((await staff().get("/api/admin/payments/differences")).body.differences).toEqual([]);
      });
    }

    const reconcileNow = async (): Promise<void> => {
      await reconcile(world.ctx({ kind: "system", name: "test" }), driver.name);
      await world.settle();
    };
  });
}
