import { describe, expect, test } from "bun:test";
import { EscrowState, releaseBody, timeoutBody } from "../wrappers/escrow.ts";
import { COIN, FEE_SCHEDULES, plain, World } from "./world.ts";

const NOT_ENOUGH_COINS = 37;
/** What it costs to forward a message of one cell, in nanocoins since 2026. */
const LUMP = 66_667n;
const { config } = FEE_SCHEDULES[1];

/** A deal whose coins have gone missing. No message can bring that about; the test takes them by hand. */
async function shortDeal(balance: bigint): Promise<World> {
  const world = await World.create(config);
  await world.reach(EscrowState.Delivered);
  (await world.contract()).balance = balance;
  return world;
}

describe("a payout that cannot be sent", () => {
  test("undoes the whole transaction and bounces the caller's message with its value", async () => {
    const world = await shortDeal(50n * COIN);
    const before = plain(await world.data());
    const { actionCode, sent } = await world.call({ from: "buyer", body: releaseBody(), value: COIN });
    expect(actionCode).toBe(NOT_ENOUGH_COINS);
    expect(sent.map(({ to, bounced }) => [to, bounced])).toEqual([["buyer", true]]);
    expect(sent[0]?.value).toBeGreaterThan((COIN * 99n) / 100n);
    expect(plain(await world.data())).toEqual(before);
    expect(await world.balance()).toBe(50n * COIN);
  });

  test("leaves state and money alone when the message does not bounce either", async () => {
    const world = await shortDeal(50n * COIN);
    const before = plain(await world.data());
    const outcome = await world.call({ from: "buyer", body: releaseBody(), value: COIN, bounce: false });
    expect(outcome.actionCode).toBe(NOT_ENOUGH_COINS);
    expect(outcome.sent).toEqual([]);
    expect(plain(await world.data())).toEqual(before);
    expect(await world.balance()).toBeGreaterThan(50n * COIN);
  });

  test("succeeds as soon as somebody's call brings the missing coins", async () => {
    const world = await shortDeal(50n * COIN);
    await world.call({ from: "buyer", body: releaseBody(), value: COIN });
    const { payouts, event } = await world.call({ from: "buyer", body: releaseBody(), value: 51n * COIN });
    expect(payouts).toEqual({ seller: 97n * COIN, feeTo: 3n * COIN });
    expect(event?.state).toBe(EscrowState.Settled);
  });
});

describe("what is not the parties' own money never stops theirs", () => {
  test("the fee is left out when only the seller's part is there", async () => {
    const world = await shortDeal(98n * COIN);
    const { payouts, event, actionCode } = await world.call({ from: "buyer", body: releaseBody() });
    expect(actionCode).toBe(0);
    expect(payouts).toEqual({ seller: 97n * COIN });
    expect(event?.state).toBe(EscrowState.Settled);
    expect(await world.balance()).toBe(0n);
  });

  test("the event and both rests are left out when nothing remains for them", async () => {
    const call = { from: "stranger", body: timeoutBody(), value: 12_000_000n } as const;
    const rich = await World.create(config);
    await rich.reach(EscrowState.Delivered);
    rich.now = (await rich.data()).until;
    const usual = await rich.call(call);
    expect(usual.sent.length).toBe(5);

    // Enough for the price, the gas and two forwards, and a thousand nanocoins more.
    const gas = usual.description.computePhase.type === "vm" ? usual.description.computePhase.gasFees : 0n;
    const storage = usual.description.storagePhase?.storageFeesCollected ?? 0n;
    const world = await shortDeal(100n * COIN + gas + storage + 2n * LUMP + 1_000n - call.value);
    world.now = (await world.data()).until;
    const { payouts, sent, actionCode, event } = await world.call(call);
    expect(actionCode).toBe(0);
    expect(payouts).toEqual({ seller: 97n * COIN, feeTo: 3n * COIN });
    expect(sent.length).toBe(2);
    expect(event).toBeNull();
    expect((await world.data()).state).toBe(EscrowState.Settled);
  });
});

test("no message of the contract carries a reference, which is what the forward fees are computed for", async () => {
  const world = await World.create(config);
  await world.reach(EscrowState.Disputed);
  world.now = (await world.data()).until;
  const { own, sent } = await world.call({ from: "stranger", body: timeoutBody(), value: COIN });
  expect(sent.length).toBeGreaterThanOrEqual(4);
  for (const message of own.outMessages.values()) {
    expect(message.body.refs.length).toBe(0);
    expect(message.init ?? null).toBeNull();
  }
  const lumps = sent.map(({ forwardFee }) => forwardFee);
  expect(new Set(lumps).size).toBe(1);
});
