import { describe, expect, test } from "bun:test";
import {
  agreeBody,
  breachBody,
  deliverBody,
  disputeBody,
  EscrowRefusal,
  EscrowState,
  escrowStateInit,
  fundBody,
  OP_GAS,
  parseEscrowMessage,
  refundBody,
  releaseBody,
  requiredFunding,
  timeoutBody,
} from "../wrappers/escrow.ts";
import { type Call, COIN, comment, DAY, FEE_SCHEDULES, leastValue, World } from "./world.ts";

const YEAR = 365 * DAY;

/**
 * What the contract asks for, worked out by hand from each schedule's prices: 19 500 gas and six forwards; ten years of 30
 * cells and 16 000 bits.
 */
const ASKED: Record<string, { gas: bigint; storage: bigint }> = {
  "fees before 2026": { gas: 10_200_000n, storage: 149_172_364n },
  "fees of 2026": { gas: 1_700_003n, storage: 19_488_648n },
};

for (const { name, config } of FEE_SCHEDULES) {
  describe(name, () => {
    test("gas and storage reserve are asked for to the nanocoin of the network's prices", async () => {
      const world = await World.create(config);
      await world.reach(EscrowState.Init);
      const least = await leastValue(world, { from: "buyer", body: fundBody() });
      const { gas = 0n, storage = 0n } = ASKED[name] ?? {};
      expect(least - world.terms.price).toBe(gas + storage);
      await world.fund(least);
      expect((await world.balance()) - world.terms.price).toBe(storage);
      expect(await leastValue(world, { from: "platform", body: deliverBody({ evidence: 1n }) })).toBe(gas);
    });

    test("a payment one nanocoin short goes back whole, and the same with that nanocoin is accepted", async () => {
      const world = await World.create(config);
      await world.reach(EscrowState.Init);
      const least = await leastValue(world, { from: "buyer", body: fundBody() });
      const short = await world.fund(least - 1n);
      expect(short.refusal).toBe(EscrowRefusal.Value);
      expect(short.payouts).toEqual({});
      expect((await world.data()).state).toBe(EscrowState.Init);
      const enough = await world.fund(least);
      expect(enough.event?.state).toBe(EscrowState.Funded);
      expect(least).toBeLessThan(requiredFunding(world.terms.price));
      expect(least).toBeGreaterThan(world.terms.price);
    });

    test("what stays inside after funding is the price and at least ten years of storage", async () => {
      const world = await World.create(config);
      await world.fund();
      const kept = (await world.balance()) - world.terms.price;
      world.now += 10 * YEAR;
      const { description } = await world.call({ from: "stranger", body: comment("ten years later") });
      const storage = description.storagePhase?.storageFeesCollected ?? 0n;
      expect(storage).toBeGreaterThan(0n);
      expect(kept).toBeGreaterThanOrEqual(storage);
      expect(kept).toBeLessThan(2n * storage);
    });

    test("surplus goes back to the buyer in the same transaction", async () => {
      const [exact, surplus] = [await World.create(config), await World.create(config)];
      const back = async (world: World, value: bigint) => {
        const { sent } = await world.fund(value);
        return sent.filter(({ to }) => to === "buyer").reduce((sum, message) => sum + message.value, 0n);
      };
      const price = exact.terms.price;
      const first = await back(exact, requiredFunding(price));
      const second = await back(surplus, requiredFunding(price) + 7n * COIN);
      expect(second - first).toBe(7n * COIN);
      expect(await surplus.balance()).toBe(await exact.balance());
    });

    test("funding is judged by the message, not by what already lies in the contract", async () => {
      const world = await World.create(config);
      await world.reach(EscrowState.Init);
      const contract = await world.contract();
      contract.balance = 1_000n * COIN;
      const outcome = await world.fund(world.terms.price);
      expect(outcome.refusal).toBe(EscrowRefusal.Value);
      expect((await world.data()).state).toBe(EscrowState.Init);
      expect(await world.balance()).toBe(1_000n * COIN);
    });

    test("coins that lay in the contract before stay there on funding and reach the buyer at the end", async () => {
      const world = await World.create(config);
      await world.reach(EscrowState.Init);
      const contract = await world.contract();
      contract.balance = 5n * COIN;
      await world.fund();
      expect(await world.balance()).toBeGreaterThan(world.terms.price + 5n * COIN);
      const { sent } = await world.call({ from: "buyer", body: releaseBody() });
      const rest = sent.find(({ to }) => to === "buyer");
      expect(rest?.value).toBeGreaterThan(5n * COIN);
      expect(await world.balance()).toBe(0n);
    });

    test("every operation asks the same gas of its caller, accepts it to the nanocoin, and OP_GAS is enough", async () => {
      const cases: [EscrowState, Call][] = [
        [EscrowState.Funded, { from: "platform", body: deliverBody({ evidence: 1n }) }],
        [EscrowState.Funded, { from: "platform", body: breachBody({ sellerBps: 1, evidence: 1n }) }],
        [EscrowState.Funded, { from: "seller", body: disputeBody({ reason: 1n }) }],
        [EscrowState.Delivered, { from: "buyer", body: releaseBody() }],
        [EscrowState.Delivered, { from: "seller", body: refundBody() }],
      ];
      const least: bigint[] = [];
      let world = await World.create(config);
      for (const [state, call] of cases) {
        world = world.with();
        await world.reach(state);
        const value = await leastValue(world, call);
        least.push(value);
        expect((await world.call({ ...call, value: value - 1n })).refusal).toBe(EscrowRefusal.Value);
        expect((await world.data()).state).toBe(state);
      }
      expect(new Set(least).size).toBe(1);
      expect(least[0]).toBeLessThan(OP_GAS);
    });

    test("what the caller pays covers all fees: only storage ever lowers a running deal's balance", async () => {
      const world = await World.create(config);
      await world.fund();
      const balance = await world.balance();
      const least = await leastValue(world, { from: "platform", body: deliverBody({ evidence: 1n }) });
      await world.call({ from: "platform", body: deliverBody({ evidence: 1n }), value: least });
      expect(await world.balance()).toBe(balance);
    });

    test("the least value pays even for the dearest operation: an agreement that splits, with six messages", async () => {
      const world = await World.create(config);
      await world.reach(EscrowState.Disputed);
      const agree = agreeBody({ sellerBps: 5_000, validUntil: world.now + DAY });
      const least = await leastValue(world, { from: "buyer", body: agree });
      await world.call({ from: "buyer", body: agree });
      const reserve = (await world.balance()) - world.terms.price;
      const { sent, actionCode } = await world.call({ from: "seller", body: agree, value: least + COIN });
      expect(actionCode).toBe(0);
      expect(sent.map(({ to }) => to)).toEqual(["seller", "buyer", "feeTo", "platform", "seller", "buyer"]);
      expect(sent.at(-1)?.value).toBeGreaterThanOrEqual(reserve);
    });

    test("at the end the caller gets back what was more than the gas, the buyer the storage reserve", async () => {
      const world = await World.create(config);
      await world.reach(EscrowState.Delivered);
      const least = await leastValue(world, { from: "buyer", body: releaseBody() });
      const reserve = (await world.balance()) - world.terms.price;
      world.now = (await world.data()).until;
      const { sent, own } = await world.call({
        from: "stranger",
        body: timeoutBody({ queryId: 9n }),
        value: COIN,
      });
      const rests = sent.filter(({ body }) => parseEscrowMessage(body)?.kind === "excesses");
      expect(rests.map(({ to }) => to)).toEqual(["stranger", "buyer"]);
      const [caller, buyer] = rests;
      if (caller === undefined || buyer === undefined) throw new Error("Two rests expected");
      // Its own forward fee is taken from it, of which the message names only the receiving side's two thirds.
      const forward = COIN - least - caller.value;
      expect(forward).toBeGreaterThan(caller.forwardFee);
      expect(forward).toBeLessThan(2n * caller.forwardFee);
      expect(parseEscrowMessage(caller.body)).toEqual({ kind: "excesses", queryId: 9n });
      const storage = own.description.type === "generic" ? own.description.storagePhase : null;
      expect(buyer.value).toBeGreaterThan(reserve - (storage?.storageFeesCollected ?? 0n));
    });
  });
}

test("a deal deployed by a stranger's message is not funded, returns it, and can still be funded", async () => {
  const world = await World.create(FEE_SCHEDULES[1].config);
  const init = escrowStateInit(world.terms);
  const first = await world.call({
    from: "stranger",
    body: fundBody(),
    value: 500n * COIN,
    init,
    bounce: false,
  });
  expect(first.refusal).toBe(EscrowRefusal.Sender);
  expect(first.sent.map(({ to }) => to)).toEqual(["stranger"]);
  expect((await world.data()).state).toBe(EscrowState.Init);
  expect((await world.data()).seq).toBe(0);
  expect((await world.fund()).event?.state).toBe(EscrowState.Funded);
});
