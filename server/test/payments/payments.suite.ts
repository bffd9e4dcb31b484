/** What every payment provider must stand: nobody's money is lost, doubled or believed on a word, whatever goes wrong. */
import { afterAll, afterEach, beforeAll, describe, setDefaultTimeout } from "bun:test";
import { expectSoundLedger } from "../sound-ledger.ts";
import { people, type World } from "../world.ts";
import type { Driver } from "./driver.ts";
import { faults } from "./suite-faults.ts";
import { comingMoney, oddMoney, untrueMoney } from "./suite-money.ts";
import { agreement, refunds } from "./suite-refunds.ts";
import { createTill } from "./till.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

export function paymentSuite(driver: Driver): void {
  describe(`${driver.name}: every provider`, () => {
    let world: World;
    beforeAll(async () => {
      world = await driver.createWorld();
      await world.telegram.act(people.buyer, { type: "startBot" });
      await world.telegram.act(people.arbiter, { type: "startBot" });
      // The staff get their roles when they are first seen.
      for (const person of [people.arbiter, people.seller]) await world.http(person).get("/api/users/me");
      await world.settle();
    }, 60_000);
    afterAll(() => world.close());
    afterEach(async () => {
      await driver.calm();
      await world.settle();
      await expectSoundLedger(world);
    });

    const till = createTill(driver, () => world);
    for (const tests of [comingMoney, oddMoney, untrueMoney, faults, refunds, agreement]) tests(till);
  });
}
