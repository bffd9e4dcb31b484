/** A provider that does not answer, or asks to be left alone. */
import { expect, test } from "bun:test";
import type { Till } from "./till.ts";

/** Every question survives every fault. */
export function faults(till: Till): void {
  const { driver, amount, recharge, read, letPass, grown } = till;

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
        await till.world.settle();
        await letPass(5);
      });
      expect(gain).toBe(amount);
      expect((await read(made.id)).status).toBe("paid");
    },
  );
}
