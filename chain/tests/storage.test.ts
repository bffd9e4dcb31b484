import { describe, expect, test } from "bun:test";
import {
  EscrowRefusal,
  EscrowState,
  escrowStateInit,
  fundBody,
  requiredFunding,
  timeoutBody,
} from "../wrappers/escrow.ts";
import { COIN, DAY, FEE_SCHEDULES, leastValue, START, World } from "./world.ts";

const YEAR = 365 * DAY;

for (const { name, config } of FEE_SCHEDULES) {
  describe(name, () => {
    for (const state of ["Funded", "Delivered", "Breached", "Disputed"] as const) {
      test(`a deal forgotten in ${state} for ten years still pays in full`, async () => {
        const world = await World.create(config);
        await world.reach(EscrowState[state]);
        const { bps } = await world.data();
        world.now += 10 * YEAR;
        const { payouts, actionCode } = await world.call({ from: "stranger", body: timeoutBody() });
        expect(actionCode).toBe(0);
        const seller = (97n * COIN * BigInt(bps)) / 10_000n;
        expect(payouts.seller ?? 0n).toBe(seller);
        expect(payouts.buyer ?? 0n).toBe(100n * COIN - (100n * COIN * BigInt(bps)) / 10_000n);
        expect(payouts.feeTo ?? 0n).toBe((3n * COIN * BigInt(bps)) / 10_000n);
      });
    }

    test("when the reserve is long gone, whoever calls pays the debt, and the parties get everything", async () => {
      const world = await World.create(config);
      await world.reach(EscrowState.Delivered);
      world.now += 60 * YEAR;
      const { payouts } = await world.call({ from: "seller", body: timeoutBody(), value: 2n * COIN });
      expect(payouts).toEqual({ seller: 97n * COIN, feeTo: 3n * COIN });
    });

    test("a contract deployed years before its payment pays that debt from the payment, not from the reserve", async () => {
      const later = START + 3 * YEAR;
      const world = await World.create(config, { payBy: later + DAY, deliverBy: later + 3 * DAY });
      await world.call({ from: "stranger", init: escrowStateInit(world.terms) });
      world.now = later;
      const { event, description } = await world.fund();
      expect(event?.state).toBe(EscrowState.Funded);
      const debt = description.storagePhase?.storageFeesDue ?? 0n;
      expect(debt).toBeGreaterThan(0n);
      const prompt = await World.create(config);
      await prompt.fund();
      expect(await world.balance()).toBe((await prompt.balance()) + debt);
      world.now += 10 * YEAR;
      const { payouts } = await world.call({ from: "stranger", body: timeoutBody() });
      expect(payouts).toEqual({ buyer: 100n * COIN });
    });

    test("a payment that does not cover that debt goes back, one that does is accepted", async () => {
      const later = START + 3 * YEAR;
      const times = { payBy: later + DAY, deliverBy: later + 3 * DAY };
      const prompt = await World.create(config, times);
      prompt.now = later;
      await prompt.reach(EscrowState.Init);
      const least = await leastValue(prompt, { from: "buyer", body: fundBody() });
      const late = await World.create(config, times);
      await late.reach(EscrowState.Init);
      late.now = later;
      const { refusal, sent, description } = await late.fund(least);
      const debt = description.storagePhase?.storageFeesDue ?? 0n;
      expect(debt).toBeGreaterThan(0n);
      expect(refusal).toBe(EscrowRefusal.Value);
      expect(sent.map(({ to }) => to)).toEqual(["buyer"]);
      expect((await late.fund(least + debt)).event?.state).toBe(EscrowState.Funded);
    });

    test("a settled contract still returns a stranger's coins after three years", async () => {
      const world = await World.create(config);
      await world.reach(EscrowState.Settled);
      world.now += 3 * YEAR;
      const { sent, refusal } = await world.call({ from: "stranger", value: 10n * COIN, bounce: false });
      expect(refusal).toBe(EscrowRefusal.Unknown);
      expect(sent[0]?.value).toBeGreaterThan(9n * COIN);
    });
  });
}

test("a payment repeated after the deal was settled goes back", async () => {
  const world = await World.create(FEE_SCHEDULES[1].config);
  await world.reach(EscrowState.Settled);
  const { refusal, sent } = await world.fund();
  expect(refusal).toBe(EscrowRefusal.State);
  expect(sent[0]?.to).toBe("buyer");
  expect(sent[0]?.value).toBeGreaterThan(requiredFunding(world.terms.price) - COIN / 100n);
});
