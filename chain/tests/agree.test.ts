import { describe, expect, test } from "bun:test";
import {
  agreeBody,
  deliverBody,
  disputeBody,
  EscrowRefusal,
  EscrowState,
  splitOf,
} from "../wrappers/escrow.ts";
import { DAY, FEE_SCHEDULES, HOUR, type Role, World } from "./world.ts";

const { config } = FEE_SCHEDULES[1];

async function dealIn(state: EscrowState): Promise<World> {
  const world = await World.create(config);
  await world.reach(state);
  return world;
}

const agree = (world: World, from: Role, sellerBps: number, validUntil: number) =>
  world.call({ from, body: agreeBody({ sellerBps, validUntil }) });

describe("both agree", () => {
  for (const state of ["Funded", "Delivered", "Breached", "Disputed"] as const) {
    test(`equal shares of both parties settle a deal in ${state}, whoever comes first`, async () => {
      for (const order of [["buyer", "seller"] as const, ["seller", "buyer"] as const]) {
        const world = await dealIn(EscrowState[state]);
        const until = world.now + HOUR;
        expect((await agree(world, order[0], 6_100, until)).payouts).toEqual({});
        const { payouts, event } = await agree(world, order[1], 6_100, until + 5);
        const parts = splitOf(world.terms.price, 6_100, world.terms.feeBps);
        expect(payouts).toEqual({ seller: parts.seller, buyer: parts.buyer, feeTo: parts.fee });
        expect(event).toMatchObject({ state: EscrowState.Settled, bps: 6_100 });
      }
    });
  }

  test("different shares do not settle, and a later consent replaces the earlier one", async () => {
    const world = await dealIn(EscrowState.Funded);
    const until = world.now + HOUR;
    await agree(world, "buyer", 4_000, until);
    expect((await agree(world, "seller", 5_000, until)).payouts).toEqual({});
    expect((await agree(world, "buyer", 4_500, until)).payouts).toEqual({});
    expect((await world.data()).buyerConsent).toEqual({ sellerBps: 4_500, validUntil: until });
    expect((await agree(world, "seller", 4_000, until)).event?.state).toBe(EscrowState.Funded);
    expect((await agree(world, "seller", 4_500, until)).event?.state).toBe(EscrowState.Settled);
  });

  test("one party cannot agree with itself", async () => {
    const world = await dealIn(EscrowState.Funded);
    await agree(world, "seller", 10_000, world.now + HOUR);
    expect((await agree(world, "seller", 10_000, world.now + HOUR)).event?.state).toBe(EscrowState.Funded);
  });

  test("a consent counts until one second before its end", async () => {
    for (const [offset, settled] of [
      [-1, true],
      [0, false],
      [1, false],
    ] as const) {
      const world = await dealIn(EscrowState.Delivered);
      const end = world.now + 100;
      await agree(world, "buyer", 5_000, end);
      world.now = end + offset;
      const { event } = await agree(world, "seller", 5_000, end + HOUR);
      expect(event?.state).toBe(settled ? EscrowState.Settled : EscrowState.Delivered);
    }
  });

  test("a consent that ends now, or gives more than everything, is returned", async () => {
    const world = await dealIn(EscrowState.Funded);
    expect((await agree(world, "buyer", 5_000, world.now)).refusal).toBe(EscrowRefusal.Argument);
    expect((await agree(world, "buyer", 10_001, world.now + 1)).refusal).toBe(EscrowRefusal.Argument);
    expect((await world.data()).buyerConsent).toBeNull();
  });

  test("a change of state clears both consents, so an old one cannot be completed later", async () => {
    const world = await dealIn(EscrowState.Funded);
    const until = world.now + 30 * DAY;
    await agree(world, "buyer", 2_000, until);
    await world.call({ from: "platform", body: deliverBody({ evidence: 1n }) });
    expect((await world.data()).buyerConsent).toBeNull();
    expect((await agree(world, "seller", 2_000, until)).event?.state).toBe(EscrowState.Delivered);
    await world.call({ from: "buyer", body: disputeBody({ reason: 1n }) });
    expect((await world.data()).sellerConsent).toBeNull();
    expect((await agree(world, "buyer", 2_000, until)).event?.state).toBe(EscrowState.Disputed);
  });

  test("after the deadline the parties can still agree as long as nobody has called Timeout", async () => {
    const world = await dealIn(EscrowState.Delivered);
    world.now = (await world.data()).until + DAY;
    await agree(world, "buyer", 3_000, world.now + 1);
    expect((await agree(world, "seller", 3_000, world.now + 1)).event).toMatchObject({ bps: 3_000 });
  });
});
