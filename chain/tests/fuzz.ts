/** Random sequences of messages, sent to the contract and to the model. Every sequence can be repeated from its seed. */

import { EscrowState, OP_GAS, requiredFunding, splitOf } from "../wrappers/escrow.ts";
import { bodyOf, Model, type Step, type Verb } from "./model.ts";
import { DAY, FEE_SCHEDULES, HOUR, ROLES, type Role, START, World } from "./world.ts";

/** Under both fee schedules less than the gas that the contract asks for, in nanocoins. */
const TOO_LITTLE = 1_500_000n;

/** Mulberry32: small, good enough to choose test messages, the same on every machine. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const FIRST: Verb[] = ["fund", "fund", "fund", "noise", "agree", "timeout"];
const LATER: Verb[] = [
  "deliver",
  "breach",
  "dispute",
  "release",
  "refund",
  "agree",
  "agree",
  "resolve",
  "timeout",
  "noise",
  "fund",
];
/** The sender who may usually do it: half of the steps are sensible, so that sequences get somewhere. */
const USUAL: Record<Verb, Role[]> = {
  fund: ["buyer"],
  deliver: ["platform"],
  breach: ["platform"],
  dispute: ["buyer", "seller", "platform"],
  release: ["buyer"],
  refund: ["seller"],
  agree: ["buyer", "seller"],
  resolve: ["arbiter"],
  timeout: ["stranger", "platform"],
  noise: ["stranger"],
};
const SHARES = [0, 1, 2_500, 3_333, 5_000, 5_000, 5_000, 9_999, 10_000, 10_001];

function pick<T>(items: readonly T[], random: (below: number) => number): T {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error("Nothing to pick from");
  return item;
}

function stepOf(model: Model, now: number, random: (below: number) => number): Step {
  const verb = pick(model.state === "Init" ? FIRST : LATER, random);
  const from = random(4) < 3 ? pick(USUAL[verb], random) : pick(ROLES, random);
  const toDeadline = Math.max(0, model.until - now);
  // A release or refund ends the sequence, so it is mostly sent by somebody who may not.
  const ends = (verb === "release" || verb === "refund") && random(3) > 0;
  return {
    verb,
    from: ends ? pick(ROLES, random) : from,
    wait: pick([0, 0, 1, 60, HOUR, Math.max(0, toDeadline - 1), toDeadline, toDeadline + 1], random),
    bps: pick(SHARES, random),
    validFor: pick([-1, 0, 1, HOUR, DAY, 30 * DAY], random),
    paid: random(10) > 0,
  };
}

/** Two chains, one per fee schedule, on which sequence after sequence runs, each with a deal of its own. */
export async function fuzzWorlds(): Promise<World[]> {
  const worlds: World[] = [];
  for (const { config } of FEE_SCHEDULES) worlds.push(await World.onOwnChain(config));
  return worlds;
}

/** Runs one sequence; throws, naming the seed, at the first difference between contract and model. */
export async function runSequence(base: World, seed: number): Promise<{ steps: number; settled: boolean }> {
  const random = randomFrom(seed);
  const world = base.with({
    dealId: BigInt(seed),
    price: BigInt(100_000_000 + random(2_000_000_000)) * BigInt(1 + random(50)),
    feeBps: pick([0, 1, 300, 1_000], random),
    holdSeconds: pick([0, HOUR, DAY], random),
    challengeSeconds: pick([HOUR, DAY], random),
    fallbackFundedBps: pick([0, 5_000], random),
    fallbackDeliveredBps: pick([10_000, 7_000], random),
  });
  world.now = START;
  const model = new Model(world.terms);
  await world.reach(EscrowState.Init);
  const length = 4 + random(9);
  for (let index = 0; index < length; index++) {
    const step = stepOf(model, world.now, random);
    world.now += step.wait;
    const trouble = await takeBoth(world, model, step);
    if (trouble !== null) {
      throw new Error(`Seed ${seed}, step ${index} ${JSON.stringify(step)}: ${trouble}`);
    }
  }
  return { steps: length, settled: model.state === "Settled" };
}

/** What differs between contract and model after a step, or null. */
async function takeBoth(world: World, model: Model, step: Step): Promise<string | null> {
  const wasSettled = model.state === "Settled";
  const { price, feeBps } = world.terms;
  const enough = step.verb === "fund" ? requiredFunding(price) : OP_GAS;
  const value = step.paid ? enough : TOO_LITTLE;
  const accepted = model.take({ ...step }, world.now);
  const body = bodyOf(step, world.now);
  // World.call itself checks that no coin appears or vanishes.
  const outcome = await world.call({ from: step.from, body, value, bounce: false });
  const data = await world.data();

  const consent = (of: { bps: number; until: number } | null) => (of === null ? null : [of.bps, of.until]);
  const wanted = [
    EscrowState[model.state],
    model.until,
    model.bps,
    model.seq,
    consent(model.consents.buyer),
    consent(model.consents.seller),
  ];
  const seen = [
    data.state,
    data.until,
    data.bps,
    data.seq,
    data.buyerConsent && [data.buyerConsent.sellerBps, data.buyerConsent.validUntil],
    data.sellerConsent && [data.sellerConsent.sellerBps, data.sellerConsent.validUntil],
  ];
  if (JSON.stringify(seen) !== JSON.stringify(wanted))
    return `${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`;
  if (outcome.exitCode !== 0 && step.paid) return `exit code ${outcome.exitCode}`;
  if ((outcome.event !== null) !== accepted)
    return "an event where nothing changed, or none where something did";

  const settles = !wasSettled && model.state === "Settled";
  const parts = splitOf(price, model.bps, feeBps);
  const due = settles
    ? { seller: parts.seller, buyer: parts.buyer, feeTo: parts.fee }
    : { seller: 0n, buyer: 0n, feeTo: 0n };
  for (const role of ["seller", "buyer", "feeTo"] as const) {
    if ((outcome.payouts[role] ?? 0n) !== due[role]) return `${role} was paid ${outcome.payouts[role]}`;
  }
  const running = model.state !== "Init" && model.state !== "Settled";
  if (running && (await world.balance()) < price) return "a running deal holds less than its price";
  return null;
}
