import { beforeAll, describe, expect, test } from "bun:test";
import type { ShardAccount } from "@ton/core";
import { EscrowRefusal, EscrowState, OP_GAS, requiredFunding } from "../wrappers/escrow.ts";
import { ALL_STATES, isInTime, MESSAGES, PARTS, type Rule, TABLE_TERMS } from "./state-table.ts";
import { COIN, FEE_SCHEDULES, type Outcome, plain, ROLES, type Role, START, World } from "./world.ts";

const stateNames = Object.keys(EscrowState);
const { Init, Settled } = EscrowState;

/** One cell of the table: who sends what, when. */
interface Case {
  state: EscrowState;
  message: string;
  from: Role;
  now: number;
  deadline: number;
}

for (const { name, config } of FEE_SCHEDULES) {
  describe(name, () => {
    let world: World;
    const deals = new Map<EscrowState, { world: World; account: ShardAccount; deadline: number }>();

    beforeAll(async () => {
      world = await World.create(config, TABLE_TERMS);
      for (const state of ALL_STATES) {
        world = world.with();
        await world.reach(state);
        const { until } = await world.data();
        const deadline = state === Init ? world.terms.payBy : state === Settled ? START + 100 : until;
        deals.set(state, { world, account: (await world.contract()).account, deadline });
      }
    });

    for (const state of ALL_STATES) {
      test(`in ${stateNames[state]} every message, sender and second does what the table says, or nothing`, async () => {
        const deal = deals.get(state);
        if (deal === undefined) throw new Error("No such deal");
        for (const message of Object.keys(MESSAGES)) {
          for (const from of ROLES) {
            for (const offset of [-1, 0, 1]) {
              (await deal.world.contract()).account = deal.account;
              const { deadline } = deal;
              await check(deal.world, { state, message, from, now: deadline + offset, deadline });
            }
          }
        }
      });
    }
  });
}

async function check(world: World, input: Case): Promise<void> {
  const label = `${input.message} by ${input.from} at ${input.now - input.deadline}`;
  const sent = MESSAGES[input.message];
  if (sent === undefined) throw new Error(label);
  world.now = input.now;
  const before = await world.data();
  const balance = await world.balance();
  const value = input.message === "fund" ? requiredFunding(world.terms.price) : OP_GAS;
  const outcome = await world.call({ from: input.from, body: sent.body(input.now), value, bounce: false });
  const after = await world.data();

  const inState = sent.rules.filter((rule) => rule.in.includes(input.state));
  const bySender = inState.filter((rule) => rule.by.includes(input.from));
  const rule = bySender.find(({ when }) => isInTime(when, input.now, input.deadline));
  expect([outcome.exitCode, outcome.actionCode], label).toEqual([0, 0]);
  for (const { bounce } of outcome.sent) expect(bounce, label).toBe(false);
  if (rule === undefined) {
    expect(outcome.refusal, label).toBe(reasonOf(sent.op, inState, bySender));
    expect(plain(after), label).toEqual(plain(before));
    expectReturned(outcome, input.from, value - unpaidStorage(outcome, balance), label);
    expect(await world.balance(), label).toBe(
      balance - storagePaid(outcome) + unpaidStorage(outcome, balance),
    );
    return;
  }
  const state = rule.to === "same" ? before.state : rule.to;
  const until = rule.to === "same" ? before.until : rule.until(world.terms, input.now);
  const bps = rule.bps ?? before.bps;
  expect({ ...outcome.event }, label).toEqual({
    dealId: world.terms.dealId,
    seq: before.seq + 1,
    op: sent.op,
    state,
    bps,
    until,
  });
  const consent = { sellerBps: 5_000, validUntil: input.now + 1 };
  expect(plain(after), label).toEqual({
    terms: plain(before.terms),
    state,
    until,
    bps,
    seq: before.seq + 1,
    buyerConsent: input.message === "agree" && input.from === "buyer" ? consent : null,
    sellerConsent: input.message === "agree" && input.from === "seller" ? consent : null,
  });
  expectPaid(outcome, state === Settled ? bps : null, label);
  if (state === Settled) expect(await world.balance(), label).toBe(0n);
  else if (input.message !== "fund") {
    expect(storagePaid(outcome) + (await world.balance()), label).toBe(balance);
  }
}

function reasonOf(op: number, inState: Rule[], bySender: Rule[]): number {
  if (op === 0) return EscrowRefusal.Unknown;
  if (inState.length === 0) return EscrowRefusal.State;
  if (bySender.length === 0) return EscrowRefusal.Sender;
  return bySender[0]?.when === "from" ? EscrowRefusal.Early : EscrowRefusal.Late;
}

/** One message, to the sender, with all of the value but the fees of this very transaction. */
function expectReturned(outcome: Outcome, from: Role, value: bigint, label: string): void {
  const [only, ...others] = outcome.sent;
  expect(others, label).toEqual([]);
  const spent = outcome.own.totalFees.coins - storagePaid(outcome) + (only?.forwardFee ?? 0n);
  expect({ to: only?.to, value: only?.value }, label).toEqual({ to: from, value: value - spent });
}

function storagePaid(outcome: Outcome): bigint {
  return outcome.description.storagePhase?.storageFeesCollected ?? 0n;
}

/** Storage that an empty contract (Init, Settled) has to take from whoever writes to it. */
function unpaidStorage(outcome: Outcome, balance: bigint): bigint {
  const storage = storagePaid(outcome);
  return storage > balance ? storage - balance : 0n;
}

function expectPaid(outcome: Outcome, bps: number | null, label: string): void {
  if (bps === null) {
    expect(outcome.payouts, label).toEqual({});
    return;
  }
  const parts = PARTS[bps];
  if (parts === undefined) throw new Error(`${label}: the table has no parts for ${bps}`);
  const wanted = Object.entries(parts).filter(([, amount]) => amount > 0);
  const expected = Object.fromEntries(
    wanted.map(([role, amount]) => [role, (BigInt(amount) * COIN) / 1_000n]),
  );
  expect(outcome.payouts as Record<string, bigint>, label).toEqual(expected);
}
