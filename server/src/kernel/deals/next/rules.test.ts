import { describe, expect, test } from "bun:test";
import { actionsOf, type DealFacts } from "../rules.ts";
import { dealParty, dealStatus, escrowState, nextStep } from "../shapes.ts";
import { futureOf, type NextKey, nextKeys, nextStepOf } from "./rules.ts";

const payBy = 10_000;
const until = 50_000;
const facts = (change: Partial<DealFacts>): DealFacts & { priceNano: bigint } => ({
  status: "PENDING",
  escrowState: "Init",
  payBy,
  until: null,
  bps: 0,
  isFinal: false,
  priceNano: 12_500_000_000n,
  ...change,
});

const stages: [key: NextKey, who: string, facts: Partial<DealFacts>, now: number][] = [
  ["pay", "buyer", {}, payBy - 1],
  ["pay_over", "platform", {}, payBy],
  ["deliver", "seller", { status: "IN_ESCROW", escrowState: "Funded", until }, until - 1],
  ["clock", "platform", { status: "IN_ESCROW", escrowState: "Funded", until }, until],
  ["hold", "platform", { status: "LIVE", escrowState: "Delivered", until }, until - 1],
  ["verified", "platform", { status: "VERIFIED", escrowState: "Delivered", until }, until - 1],
  ["clock", "platform", { status: "VERIFIED", escrowState: "Delivered", until }, until],
  ["challenge", "platform", { status: "IN_ESCROW", escrowState: "Breached", until }, until - 1],
  ["arbiter", "arbiter", { status: "DISPUTED", escrowState: "Disputed", until }, until - 1],
  ["clock", "platform", { status: "DISPUTED", escrowState: "Disputed", until }, until],
  ["paying", "platform", { status: "LIVE", escrowState: "Settled" }, 0],
  ["stuck", "platform", { status: "PAYOUT_STUCK", escrowState: "Settled" }, 0],
  ["cancelled_open", "nobody", { status: "CANCELLED" }, payBy],
  ["cancelled", "nobody", { status: "CANCELLED" }, payBy + 61],
  ["cancelled", "nobody", { status: "CANCELLED", isFinal: true }, payBy],
  ["cancelled_funded", "platform", { status: "CANCELLED", escrowState: "Funded", until }, until - 1],
  ["cancelled_funded", "platform", { status: "CANCELLED", escrowState: "Breached", until }, until - 1],
  ["expired", "nobody", { status: "EXPIRED", isFinal: true }, payBy + 61],
  ["released", "nobody", { status: "RELEASED", escrowState: "Settled", bps: 10_000 }, 0],
  ["split", "nobody", { status: "RELEASED", escrowState: "Settled", bps: 4_000 }, 0],
  ["refunded", "nobody", { status: "REFUNDED", escrowState: "Settled" }, 0],
];

describe("the next step", () => {
  for (const [key, who, change, now] of stages) {
    test(`${key}: ${who} at ${change.status ?? "PENDING"} / ${change.escrowState ?? "Init"}`, () => {
      for (const role of dealParty.options) {
        const step = nextStepOf(facts(change), role, now);
        expect(step).toMatchObject({ key, who, actions: actionsOf(role, facts(change), now) });
      }
    });
  }

  test("what our own hand delivers is the platform's turn, not the seller's", () => {
    const funded = facts({ status: "IN_ESCROW", escrowState: "Funded", until });
    expect(nextStepOf({ ...funded, isPlatformsTurn: true }, "seller", until - 1)).toMatchObject({
      key: "deliver",
      who: "platform",
    });
  });

  test("every key is reached by a stage above", () => {
    expect(new Set(stages.map(([key]) => key))).toEqual(new Set(nextKeys));
  });

  test("there is one for every status, state, reader and moment, with an owner and in the shape of the API", () => {
    for (const status of dealStatus.options)
      for (const state of escrowState.options)
        for (const role of dealParty.options)
          for (const now of [0, payBy, payBy + 61, until, until + 1]) {
            const isTimed = state !== "Init" && state !== "Settled";
            const given = facts({ status, escrowState: state, until: isTimed ? until : null });
            const step = nextStepOf(given, role, now);
            expect(nextStep.safeParse(step).success, JSON.stringify(step)).toBe(true);
            expect(step.params).toMatchObject({ price: "12500000000", sellerPercent: "0" });
          }
  });
});

test("the future names what is still to come and nothing once it is over", () => {
  const kinds = (change: Partial<DealFacts>) =>
    futureOf({ ...facts(change), deliverBy: until }).map(({ kind }) => kind);
  expect(kinds({})).toEqual(["due_payment", "due_delivery", "due_hold", "due_payout"]);
  expect(kinds({ status: "IN_ESCROW", escrowState: "Funded", until })).toEqual([
    "due_delivery",
    "due_hold",
    "due_payout",
  ]);
  expect(kinds({ status: "CANCELLED", escrowState: "Funded", until })).toEqual(["due_return"]);
  expect(kinds({ status: "LIVE", escrowState: "Delivered", until })).toEqual(["due_hold", "due_payout"]);
  expect(kinds({ status: "IN_ESCROW", escrowState: "Breached", until })).toEqual([
    "due_challenge",
    "due_return",
  ]);
  expect(kinds({ status: "DISPUTED", escrowState: "Disputed", until })).toEqual([
    "due_arbiter",
    "due_payout",
  ]);
  expect(kinds({ status: "LIVE", escrowState: "Settled" })).toEqual(["due_payout"]);
  for (const status of ["RELEASED", "REFUNDED"] as const)
    expect(kinds({ status, escrowState: "Settled" })).toEqual([]);
  expect(kinds({ status: "EXPIRED" })).toEqual([]);
});
