/** Where the suite stands: a world with the provider in it, one person who pays, and one of the staff. */
import { expect } from "bun:test";
import { reconcile } from "../../src/kernel/payments/index.ts";
import type { Payment } from "../../src/kernel/payments/shapes.ts";
import { sweep } from "../../src/kernel/payments/sweep.ts";
import { people, type World } from "../world.ts";
import type { Driver } from "./driver.ts";

export type Till = ReturnType<typeof createTill>;

/** `world` is there once the suite has begun. */
export function createTill(driver: Driver, world: () => World) {
  const { asset, amount } = driver;
  const http = () => world().http(people.buyer);
  const staff = () => world().http(people.arbiter);
  const otherStaff = () => world().http(people.seller);
  const system = () => world().ctx({ kind: "system", name: "test" });
  const read = async (id: string): Promise<Payment> => (await http().get(`/api/payments/${id}`)).body;
  const balance = async (of: string = asset): Promise<bigint> => {
    const { body } = await http().get("/api/balance");
    const found = body.balances.find((one: { asset: string }) => one.asset === of);
    return BigInt(found?.available ?? "0");
  };
  const recharge = async (): Promise<Payment> => {
    const wanted = { asset, amount: amount.toString(), provider: driver.name };
    const { body, status } = await http().post("/api/balance/recharge", wanted);
    expect(status).toBe(201);
    return body;
  };
  /** Retries, looks and waits have their time. */
  const letPass = async (minutes: number): Promise<void> => {
    for (let left = minutes; left > 0; left -= 3) {
      await driver.calm();
      await world().advance(60 * Math.min(left, 3));
    }
  };
  return {
    driver,
    asset,
    amount,
    http,
    staff,
    otherStaff,
    read,
    balance,
    recharge,
    letPass,
    get world() {
      return world();
    },
    /** Does it and answers by how much the balance grew. */
    grown: async (run: () => Promise<unknown>): Promise<bigint> => {
      const before = await balance();
      await run();
      return (await balance()) - before;
    },
    paidRecharge: async (): Promise<Payment> => {
      const made = await recharge();
      const { news } = await driver.pay(made);
      await news.deliver();
      await world().settle();
      const paid = await read(made.id);
      expect(paid.status).toBe("paid");
      return paid;
    },
    /** How many events have been kept. */
    waiting: async (): Promise<number> => {
      const { rows } = await system().db.execute<{ n: bigint }>("select count(*) as n from payments.inbox");
      return Number(rows[0]?.n);
    },
    reconcileNow: async (): Promise<void> => {
      await reconcile(system(), driver.name);
      await world().settle();
    },
    ...refundDesk(driver, world, letPass),
  };
}

/** How staff sends money back. */
function refundDesk(driver: Driver, world: () => World, letPass: (minutes: number) => Promise<void>) {
  const staff = () => world().http(people.arbiter);
  return {
    ask: (receiptId: string, more: object = {}) =>
      staff().post("/api/admin/payments/refunds", { receiptId, reason: "asked by the owner", ...more }),
    receiptOf: (paid: Payment): string => paid.receipts[0]?.id ?? "",
    /** Lets a refund go its way, by the hand of a person where it needs one. */
    finish: async (refundId: string): Promise<void> => {
      await world().settle();
      if (driver.refunds === "by_hand") {
        const { body } = await staff().post(`/api/admin/payments/refunds/${refundId}/sign`);
        expect(body.state).toBe("by_hand");
        await driver.sign?.(body.request);
        await sweep(world().ctx({ kind: "system", name: "test" }));
      }
      await letPass(12);
    },
  };
}
