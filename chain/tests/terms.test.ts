import { describe, expect, test } from "bun:test";
import { Address, contractAddress } from "@ton/core";
import {
  ESCROW_PRICE_MIN,
  EscrowRefusal,
  EscrowState,
  type EscrowTerms,
  escrowAddress,
  escrowStateInit,
  escrowTermsProblems,
  fundBody,
  requiredFunding,
} from "../wrappers/escrow.ts";
import { DAY, FEE_SCHEDULES, HOUR, START, World } from "./world.ts";

const YEAR_AND_DAY = 366 * DAY;
const base = await World.create(FEE_SCHEDULES[1].config);
const inMasterchain = new Address(-1, Buffer.alloc(32, 7));

/** Each row: what is changed, and the problem that follows; null where the value is the last good one. */
const rows: [string, Partial<EscrowTerms>, string | null][] = [
  ["price at the minimum", { price: ESCROW_PRICE_MIN }, null],
  ["price below the minimum", { price: ESCROW_PRICE_MIN - 1n }, "price"],
  ["fee of 10 %", { feeBps: 1_000 }, null],
  ["fee above 10 %", { feeBps: 1_001 }, "feeBps"],
  ["no fee", { feeBps: 0 }, null],
  ["funded fallback of 100 %", { fallbackFundedBps: 10_000 }, null],
  ["funded fallback above 100 %", { fallbackFundedBps: 10_001 }, "fallbackFundedBps"],
  ["delivered fallback of 100 %", { fallbackDeliveredBps: 10_000 }, null],
  ["delivered fallback above 100 %", { fallbackDeliveredBps: 10_001 }, "fallbackDeliveredBps"],
  ["payBy one second before deliverBy", { payBy: START + HOUR, deliverBy: START + HOUR + 1 }, null],
  ["payBy equal to deliverBy", { payBy: START + HOUR, deliverBy: START + HOUR }, "payBy"],
  ["deliverBy in 366 days", { deliverBy: START + YEAR_AND_DAY }, null],
  ["deliverBy in more than 366 days", { deliverBy: START + YEAR_AND_DAY + 1 }, "deliverBy"],
  ["no hold", { holdSeconds: 0 }, null],
  ["hold of 90 days", { holdSeconds: 90 * DAY }, null],
  ["hold above 90 days", { holdSeconds: 90 * DAY + 1 }, "holdSeconds"],
  ["challenge of an hour", { challengeSeconds: HOUR }, null],
  ["challenge under an hour", { challengeSeconds: HOUR - 1 }, "challengeSeconds"],
  ["challenge of 90 days", { challengeSeconds: 90 * DAY }, null],
  ["challenge above 90 days", { challengeSeconds: 90 * DAY + 1 }, "challengeSeconds"],
  ["a day for the arbiter", { arbiterSeconds: DAY }, null],
  ["less than a day for the arbiter", { arbiterSeconds: DAY - 1 }, "arbiterSeconds"],
  ["90 days for the arbiter", { arbiterSeconds: 90 * DAY }, null],
  ["more than 90 days for the arbiter", { arbiterSeconds: 90 * DAY + 1 }, "arbiterSeconds"],
  ["fee to the seller's own address", { feeTo: base.terms.seller }, null],
  ["buyer is seller", { seller: base.terms.buyer }, "distinct"],
  ["buyer is platform", { platform: base.terms.buyer }, "distinct"],
  ["buyer is arbiter", { arbiter: base.terms.buyer }, "distinct"],
  ["seller is platform", { platform: base.terms.seller }, "distinct"],
  ["seller is arbiter", { arbiter: base.terms.seller }, "distinct"],
  ["platform is arbiter", { arbiter: base.terms.platform }, "distinct"],
  ["seller in the masterchain", { seller: inMasterchain }, "workchain"],
  ["platform in the masterchain", { platform: inMasterchain }, "workchain"],
  ["arbiter in the masterchain", { arbiter: inMasterchain }, "workchain"],
  ["fee to the masterchain", { feeTo: inMasterchain }, "workchain"],
];

describe("an agreement is checked before the contract takes money for it, by the wrappers alike", () => {
  for (const [title, change, problem] of rows) {
    test(`${title}: ${problem === null ? "accepted" : "refused, the money goes back"}`, async () => {
      const world = base.with(change);
      expect(escrowTermsProblems(world.terms, world.now)).toEqual(problem === null ? [] : [problem]);
      const outcome = await world.call({
        from: "buyer",
        body: fundBody(),
        value: requiredFunding(world.terms.price),
        init: escrowStateInit(world.terms),
        bounce: false,
      });
      expect(outcome.refusal).toBe(problem === null ? null : EscrowRefusal.Terms);
      expect((await world.data()).state).toBe(problem === null ? EscrowState.Funded : EscrowState.Init);
      if (problem !== null) expect(await world.balance()).toBe(0n);
    });
  }

  test("the buyer in the masterchain is refused too", async () => {
    const world = base.with({ buyer: inMasterchain });
    expect(escrowTermsProblems(world.terms, world.now)).toEqual(["workchain"]);
    const outcome = await world.call({
      from: inMasterchain,
      body: fundBody(),
      value: requiredFunding(world.terms.price),
      init: escrowStateInit(world.terms),
    });
    expect(outcome.refusal).toBe(EscrowRefusal.Terms);
  });
});

test("every term moves the address", () => {
  const { terms } = base;
  const other = new Address(0, Buffer.alloc(32, 9));
  const changes: Partial<EscrowTerms>[] = Object.entries(terms).map(([key, value]) => {
    if (typeof value === "bigint") return { [key]: value + 1n };
    return { [key]: typeof value === "number" ? value + 1 : other };
  });
  expect(changes.length).toBe(16);
  const addresses = changes.map((change) => escrowAddress({ ...terms, ...change }).toRawString());
  expect(new Set([...addresses, escrowAddress(terms).toRawString()]).size).toBe(17);
});

test("the address is the hash of code and agreement in workchain 0", () => {
  const init = escrowStateInit(base.terms);
  expect(escrowAddress(base.terms).equals(contractAddress(0, init))).toBe(true);
});
