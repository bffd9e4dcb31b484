import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  areDatesSound,
  type CampaignAction,
  type CampaignActor,
  freeOf,
  isSoundInn,
  isWithinDates,
  moveCampaign,
  reserve,
  settle,
  statusAfter,
} from "./rules.ts";
import type { CampaignStatus } from "./shapes.ts";

const actions: CampaignAction[] = [
  "update",
  "pause",
  "resume",
  "delete",
  "end",
  "receive_offer",
  "accept_offer",
];
const no = "not_yours";
const matrix: Record<CampaignStatus, Record<CampaignActor, string[]>> = {
  active: {
    advertiser: ["active", "paused", "same", "deleted", no, no, "active"],
    system: [no, no, no, no, "ended", no, no],
    other: [no, no, no, no, no, "active", "active"],
  },
  paused: {
    advertiser: ["paused", "same", "active", "deleted", no, no, "paused"],
    system: [no, no, no, no, "ended", no, no],
    other: [no, no, no, no, no, "closed", "paused"],
  },
  ended: {
    advertiser: ["ended", "closed", "closed", "deleted", no, no, "closed"],
    system: [no, no, no, no, "same", no, no],
    other: [no, no, no, no, no, "closed", "closed"],
  },
  deleted: {
    advertiser: ["closed", "closed", "closed", "same", no, no, "closed"],
    system: [no, no, no, no, "closed", no, no],
    other: [no, no, no, no, no, "closed", "closed"],
  },
};

describe.each(Object.entries(matrix))("%s", (status, actors) => {
  test.each(Object.entries(actors))("for %s", (actor, expected) => {
    const found: string[] = actions.map((action) => {
      const move = moveCampaign(status as CampaignStatus, action, actor as CampaignActor);
      return move.kind === "go" ? move.to : move.kind;
    });
    expect(found).toEqual(expected);
  });
});

test("a budget is never used twice, whatever is reserved and settled in which order", () => {
  const price = fc.bigInt({ min: 1n, max: 1_000n });
  fc.assert(
    fc.property(
      price,
      fc.array(fc.tuple(price, fc.integer({ min: 0, max: 100 })), { maxLength: 40 }),
      (total, all) => {
        let budget = { total, reserved: 0n, spent: 0n };
        const open: bigint[] = [];
        for (const [amount, percent] of all) {
          const next = reserve(budget, amount);
          if (next) {
            budget = next;
            open.push(amount);
          } else if (open.length > 0) {
            const ended = open.shift() ?? 0n;
            budget = settle(budget, ended, (ended * BigInt(percent)) / 100n);
          }
          expect(freeOf(budget)).toBeGreaterThanOrEqual(0n);
          expect(budget.reserved).toBe(open.reduce((sum, one) => sum + one, 0n));
        }
      },
    ),
  );
});

test("what reaches exactly is reserved, one nanogram more is not", () => {
  const budget = { total: 100n, reserved: 30n, spent: 20n };
  expect(reserve(budget, 50n)).toEqual({ total: 100n, reserved: 80n, spent: 20n });
  expect(reserve(budget, 51n)).toBeNull();
});

const at = (text: string) => new Date(`2026-11-20T${text}Z`);

test("an ended campaign opens again only when its end was moved", () => {
  expect(statusAfter("ended", at("09:00:00"), at("10:00:00"))).toBe("ended");
  expect(statusAfter("ended", at("11:00:00"), at("10:00:00"))).toBe("active");
  expect(statusAfter("ended", null, at("10:00:00"))).toBe("active");
  expect(statusAfter("paused", null, at("10:00:00"))).toBe("paused");
});

test("dates run forward, and a post lies within them", () => {
  expect(areDatesSound(null, null, at("10:00:00"))).toBe(true);
  expect(areDatesSound(at("12:00:00"), at("11:00:00"), at("10:00:00"))).toBe(false);
  expect(areDatesSound(null, at("09:00:00"), at("10:00:00"))).toBe(false);
  expect(isWithinDates(at("10:00:00"), at("10:00:00"), at("11:00:00"))).toBe(true);
  expect(isWithinDates(at("09:59:00"), at("10:00:00"), null)).toBe(false);
});

test("a taxpayer's number has its check digits", () => {
  expect(["7707083893", "500100732259"].map(isSoundInn)).toEqual([true, true]);
  expect(["7707083894", "500100732258", "77070838"].map(isSoundInn)).toEqual([false, false, false]);
});
