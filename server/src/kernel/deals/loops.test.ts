import { expect, test } from "bun:test";
import { createDealWorld, evidence, people } from "./deal-world.fixture.ts";
import { markDelivered } from "./mark-deal.ts";

test("the running program carries a deal by itself, each step known within two seconds of being final, and stops cleanly", async () => {
  const world = await createDealWorld({ TON_POLL_MS: "200" });
  await world.app.start();
  const until = async (is: () => Promise<boolean>): Promise<number> => {
    const began = performance.now();
    while (!(await is())) {
      if (performance.now() - began > 15_000) throw new Error("waited in vain");
      await Bun.sleep(20);
    }
    return performance.now() - began;
  };
  const dealId = await world.open();
  const status = async (wanted: string) => (await world.row(dealId)).status === wanted;
  await world.sign(people.buyer, await world.paymentOf(dealId));
  expect(await until(() => status("IN_ESCROW"))).toBeLessThan(2_000);

  await markDelivered(world.system(), { dealId, evidence });
  const isSent = async () => (await world.proposals(dealId))[0]?.state === "sent";
  await until(isSent);
  // The order waits in the pool of a chain that makes blocks only when asked.
  await until(async () => {
    await world.ton.chain.tick();
    return status("LIVE");
  });

  const answer = await world.http(people.buyer).post(`/api/deals/${dealId}/release`);
  await world.sign(people.buyer, answer.body.message);
  expect(await until(() => status("RELEASED"))).toBeLessThan(2_000);
  const began = performance.now();
  await world.close();
  expect(performance.now() - began).toBeLessThan(10_000);
}, 60_000);
