import { describe, expect, test } from "bun:test";
import { Address, beginCell, type Cell, contractAddress, external } from "@ton/core";
import {
  agreeBody,
  breachBody,
  deliverBody,
  disputeBody,
  EscrowOp,
  EscrowRefusal,
  EscrowState,
  escrowStateInit,
  fundBody,
  refundBody,
  releaseBody,
  requiredFunding,
  resolveBody,
  timeoutBody,
} from "../wrappers/escrow.ts";
import { ALL_STATES } from "./state-table.ts";
import { COIN, comment, FEE_SCHEDULES, HOUR, plain, ROLES, type Role, START, World } from "./world.ts";

const { config } = FEE_SCHEDULES[1];
const old = FEE_SCHEDULES[0].config;

/** Every operation with the sender and the state in which it would be accepted. */
const operations: [string, EscrowState, Role, Cell][] = [
  ["fund", EscrowState.Init, "buyer", fundBody()],
  ["deliver", EscrowState.Funded, "platform", deliverBody({ evidence: 1n })],
  ["breach", EscrowState.Funded, "platform", breachBody({ sellerBps: 1, evidence: 1n })],
  ["dispute", EscrowState.Delivered, "buyer", disputeBody({ reason: 1n })],
  ["release", EscrowState.Delivered, "buyer", releaseBody()],
  ["refund", EscrowState.Delivered, "seller", refundBody()],
  ["agree", EscrowState.Delivered, "buyer", agreeBody({ sellerBps: 1, validUntil: START + HOUR })],
  ["resolve", EscrowState.Disputed, "arbiter", resolveBody({ sellerBps: 1, evidence: 1n })],
  ["timeout", EscrowState.Funded, "stranger", timeoutBody()],
];

describe("bodies that are not quite an operation are returned, never thrown back or kept", () => {
  for (const [name, state, from, body] of operations) {
    test(`${name}: every shorter and some longer bodies`, async () => {
      const world = await World.create(config);
      await world.reach(state);
      if (name === "timeout") world.now = (await world.data()).until;
      const contract = await world.contract();
      const { account } = contract;
      const whole = body.bits;
      const bodies = [1, 8, 256].map((more) => beginCell().storeBits(whole).storeUint(0, more).endCell());
      const lengths = Array.from({ length: whole.length }, (_, length) => length);
      for (const length of lengths.filter(
        (at) => at % 11 === 0 || at === 31 || at === 95 || at === whole.length - 1,
      )) {
        bodies.push(beginCell().storeBits(whole.substring(0, length)).endCell());
      }
      const before = plain(await world.data());
      for (const wrong of bodies) {
        contract.account = account;
        const outcome = await world.call({
          from,
          body: wrong,
          value: requiredFunding(world.terms.price),
          bounce: false,
        });
        const label = `${wrong.bits.length} bits`;
        expect(outcome.exitCode, label).toBe(0);
        const expected = wrong.bits.length < 96 ? EscrowRefusal.Unknown : EscrowRefusal.Malformed;
        expect(outcome.refusal, label).toBe(expected);
        expect(plain(await world.data()), label).toEqual(before);
      }
      contract.account = account;
      const right = await world.call({ from, body, value: requiredFunding(world.terms.price) });
      expect(right.event).not.toBeNull();
    });
  }
});

describe("nothing that comes back starts a conversation", () => {
  for (const state of ALL_STATES) {
    test(`excesses, returned value and bounces in state ${state} change nothing and are not answered`, async () => {
      const world = await World.create(old);
      await world.reach(state);
      const before = plain(await world.data());
      const returned = beginCell().storeUint(EscrowOp.Returned, 32).storeUint(0, 80).endCell();
      const excesses = beginCell().storeUint(EscrowOp.Excesses, 32).storeUint(0, 64).endCell();
      const bounce = beginCell().storeUint(0xffffffff, 32).storeUint(EscrowOp.Release, 32).endCell();
      for (const from of ROLES) {
        for (const call of [
          { body: returned },
          { body: excesses },
          { body: bounce, bounced: true, bounce: false },
        ]) {
          const outcome = await world.call({ from, ...call });
          expect(outcome.exitCode).toBe(0);
          expect(outcome.sent).toEqual([]);
        }
      }
      expect(plain(await world.data())).toEqual(before);
    });
  }

  test("two deals that name each other as a party do not play ping-pong", async () => {
    const first = await World.onOwnChain(config);
    await first.reach(EscrowState.Init);
    const second = first.with({ buyer: first.address });
    await second.reach(EscrowState.Init);
    const transactions = await second.send({ from: first.address, body: comment("hello"), value: COIN });
    expect(transactions.length).toBe(2);
  });
});

test("a stranger's coins sent without the bounce flag come back in every state", async () => {
  for (const state of ALL_STATES) {
    const world = await World.onOwnChain(old);
    await world.reach(state);
    const transactions = await world.send({
      from: "stranger",
      body: comment("oops"),
      value: 100n * COIN,
      bounce: false,
    });
    const back = transactions[1]?.inMessage;
    if (back?.info.type !== "internal") throw new Error("No message came back");
    expect(world.nameOf(back.info.dest)).toBe("stranger");
    expect(back.info.value.coins).toBeGreaterThan(99n * COIN + (COIN * 99n) / 100n);
  }
});

test("an event to an undeployed hub fails there and changes nothing here", async () => {
  const platform = new Address(0, Buffer.alloc(32, 5));
  const world = await World.onOwnChain(config, { platform });
  const transactions = await world.send({
    from: "buyer",
    body: fundBody(),
    value: requiredFunding(100n * COIN),
    init: escrowStateInit(world.terms),
  });
  const atHub = transactions.find(
    ({ inMessage }) => inMessage?.info.dest?.toString() === platform.toString(),
  );
  if (atHub?.description.type !== "generic") throw new Error("No transaction at the hub");
  expect(atHub.description.aborted).toBe(true);
  expect(atHub.outMessages.size).toBe(0);
  expect((await world.data()).state).toBe(EscrowState.Funded);
  const { payouts } = await world.call({ from: "buyer", body: releaseBody() });
  expect(payouts.seller).toBe(97n * COIN);
});

test("a message without enough gas to be read changes nothing", async () => {
  const world = await World.create(old);
  await world.reach(EscrowState.Delivered);
  const before = plain(await world.data());
  for (const value of [1n, 100_000n, 1_000_000n]) {
    for (const bounce of [true, false]) {
      const outcome = await world.call({ from: "buyer", body: releaseBody(), value, bounce });
      expect(outcome.payouts).toEqual({});
      expect(plain(await world.data())).toEqual(before);
    }
  }
});

test("external messages are not accepted in any state", async () => {
  for (const state of ALL_STATES) {
    const world = await World.create(config);
    await world.reach(state);
    const contract = await world.contract();
    const message = external({ to: world.address, body: releaseBody() });
    expect(contract.receiveMessage(message)).rejects.toThrow();
  }
});

test("the same code and agreement in the masterchain takes no money", async () => {
  const world = await World.onOwnChain(config);
  const init = escrowStateInit(world.terms);
  const address = contractAddress(-1, init);
  const buyer = world.people.buyer;
  await buyer.send({
    to: address,
    value: requiredFunding(world.terms.price) + COIN,
    body: fundBody(),
    init,
    bounce: false,
  });
  expect((await world.chain.getContract(address)).balance).toBe(0n);
});

test("nobody's message can pay anybody but buyer, seller and fee address", async () => {
  const world = await World.create(config);
  for (const [name, state, from, body] of operations) {
    const deal = world.with({ dealId: BigInt(operations.findIndex(([other]) => other === name)) });
    deal.now = START;
    await deal.reach(state);
    const { sent } = await deal.call({ from, body, value: requiredFunding(100n * COIN) });
    for (const { to, value } of sent) {
      if (to === "buyer" || to === "seller" || to === "feeTo") continue;
      expect([from, "platform"], name).toContain(to);
      expect(value, name).toBeLessThan(requiredFunding(100n * COIN));
    }
  }
});
