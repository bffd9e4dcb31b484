import { describe, expect, test } from "bun:test";
import type { Cell } from "@ton/core";
import {
  breachBody,
  deliverBody,
  disputeBody,
  EscrowRefusal,
  EscrowState,
  OP_GAS,
  refundBody,
  timeoutBody,
} from "../wrappers/escrow.ts";
import { operatorKey, setHotBody } from "../wrappers/operator.ts";
import { newKey, OperatorWorld, payoutsIn, thiefsKey } from "./operator-world.ts";
import { DAY, FEE_SCHEDULES, HOUR } from "./world.ts";

const { config } = FEE_SCHEDULES[1];
const terms = { holdSeconds: 2 * HOUR, challengeSeconds: HOUR, arbiterSeconds: DAY };

const proposals: Record<string, () => Cell> = {
  deliver: () => deliverBody({ evidence: 1n }),
  "breach with nothing for the seller": () => breachBody({ sellerBps: 0, evidence: 1n }),
  "breach with almost all for the seller": () => breachBody({ sellerBps: 9_999, evidence: 1n }),
  dispute: () => disputeBody({ reason: 1n }),
  timeout: () => timeoutBody(),
};

/** A funded deal whose hot key has just been stolen. */
async function robbed(): Promise<OperatorWorld> {
  const here = await OperatorWorld.create(config, terms);
  await here.fundDeal();
  return here;
}

describe("whoever holds the hot key pays nobody within the challenge", () => {
  for (const first of Object.keys(proposals)) {
    test(`${first}, then anything else, then Timeout: nothing is paid before the shortest window ends`, async () => {
      for (const second of Object.keys(proposals)) {
        const here = await robbed();
        const stolenAt = here.now;
        for (const name of [first, second]) {
          const body = proposals[name]?.();
          if (body === undefined) throw new Error(name);
          const transactions = await here.order({
            messages: [{ to: here.world.address, value: OP_GAS, body }],
          });
          expect(payoutsIn(transactions), `${first}, ${second}`).toBe(0);
        }
        const { until } = await here.world.data();
        expect(until).toBeGreaterThanOrEqual(stolenAt + HOUR);
        here.world.now = until - 1;
        const early = await here.world.call({ from: "stranger", body: timeoutBody() });
        expect(early.refusal).toBe(EscrowRefusal.Early);
        expect(early.payouts).toEqual({});
      }
    }, 30_000);
  }

  test("until the last second the buyer stops a false delivery by a dispute, and the arbiter decides", async () => {
    const here = await robbed();
    await here.order({
      messages: [{ to: here.world.address, value: OP_GAS, body: deliverBody({ evidence: 1n }) }],
    });
    here.world.now = (await here.world.data()).until - 1;
    await here.world.call({ from: "buyer", body: disputeBody({ reason: 1n }) });
    const { state, until } = await here.world.data();
    expect(state).toBe(EscrowState.Disputed);
    expect(until).toBe(here.now + terms.arbiterSeconds);
  });

  test("until the last second the seller stops a false breach by a dispute", async () => {
    const here = await robbed();
    const body = breachBody({ sellerBps: 0, evidence: 1n });
    await here.order({ messages: [{ to: here.world.address, value: OP_GAS, body }] });
    here.world.now = (await here.world.data()).until - 1;
    await here.world.call({ from: "seller", body: disputeBody({ reason: 1n }) });
    expect((await here.world.data()).state).toBe(EscrowState.Disputed);
  });

  test("a thief who has changed nothing in the contract is locked out by the cold address", async () => {
    const here = await robbed();
    await here.tell(here.config.cold, { body: setHotBody({ hot: operatorKey(newKey.publicKey) }) });
    const messages = [{ to: here.world.address, value: OP_GAS, body: deliverBody({ evidence: 1n }) }];
    expect(await here.refusal(await here.body({ messages }))).toBe(401);
    expect(await here.refusal(await here.body({ messages, key: thiefsKey }))).toBe(401);
    expect((await here.world.data()).state).toBe(EscrowState.Funded);
  });

  test("the parties still settle among themselves while the key is stolen", async () => {
    const here = await robbed();
    await here.order({
      messages: [{ to: here.world.address, value: OP_GAS, body: disputeBody({ reason: 1n }) }],
    });
    const { payouts } = await here.world.call({ from: "seller", body: refundBody() });
    expect(payouts).toEqual({ buyer: here.world.terms.price });
  });
});
