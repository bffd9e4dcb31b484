/** Pure rules of campaigns: states, and what a budget allows. */
import type { CampaignStatus } from "./shapes.ts";

export type CampaignAction =
  | "update"
  | "pause"
  | "resume"
  | "delete"
  | "end"
  | "receive_offer"
  | "accept_offer";
export type CampaignActor = "advertiser" | "system" | "other";

type Move =
  | { kind: "go"; to: CampaignStatus }
  | { kind: "same" }
  | { kind: "not_yours" }
  | { kind: "closed" };

const go = (to: CampaignStatus): Move => ({ kind: "go", to });
const same: Move = { kind: "same" };
const closed: Move = { kind: "closed" };

/** States × actions for who owns the campaign; what the others may do stands in `actorOf`. */
const table: Record<CampaignStatus, Record<CampaignAction, Move>> = {
  active: {
    update: go("active"),
    pause: go("paused"),
    resume: same,
    delete: go("deleted"),
    end: go("ended"),
    receive_offer: go("active"),
    accept_offer: go("active"),
  },
  paused: {
    update: go("paused"),
    pause: same,
    resume: go("active"),
    delete: go("deleted"),
    end: go("ended"),
    receive_offer: closed,
    // What was offered before the pause may still be answered: by accepting, its advertiser says so.
    accept_offer: go("paused"),
  },
  ended: {
    // A later end, or none, opens it again: `statusAfter`.
    update: go("ended"),
    pause: closed,
    resume: closed,
    delete: go("deleted"),
    end: same,
    receive_offer: closed,
    accept_offer: closed,
  },
  deleted: {
    update: closed,
    pause: closed,
    resume: closed,
    delete: same,
    end: closed,
    receive_offer: closed,
    accept_offer: closed,
  },
};

const actorOf: Record<CampaignAction, CampaignActor[]> = {
  update: ["advertiser"],
  pause: ["advertiser"],
  resume: ["advertiser"],
  delete: ["advertiser"],
  end: ["system"],
  receive_offer: ["other"],
  // Either side may be the one that accepts; whose turn it is says the offer.
  accept_offer: ["advertiser", "other"],
};

export function moveCampaign(status: CampaignStatus, action: CampaignAction, actor: CampaignActor): Move {
  if (!actorOf[action].includes(actor)) return { kind: "not_yours" };
  return table[status][action];
}

/** Nanograms. `total ≥ reserved + spent` holds in the database too. */
export type Budget = { total: bigint; reserved: bigint; spent: bigint };

export const freeOf = ({ total, reserved, spent }: Budget): bigint => total - reserved - spent;

/** Null when the budget does not reach. */
export const reserve = (budget: Budget, price: bigint): Budget | null =>
  price > freeOf(budget) ? null : { ...budget, reserved: budget.reserved + price };

/** A placement ended: of its price `spent` was paid, the rest is free again. */
export const settle = (budget: Budget, price: bigint, spent: bigint): Budget => ({
  ...budget,
  reserved: budget.reserved - price,
  spent: budget.spent + spent,
});

/** An ended campaign whose end was moved is open again. */
export const statusAfter = (status: CampaignStatus, endsAt: Date | null, now: Date): CampaignStatus =>
  status === "ended" && (endsAt === null || endsAt > now) ? "active" : status;

/** A start before the end, and an end that is still to come. */
export const areDatesSound = (startsAt: Date | null, endsAt: Date | null, now: Date): boolean =>
  endsAt === null || (endsAt > now && (startsAt === null || startsAt < endsAt));

export const isWithinDates = (at: Date, startsAt: Date | null, endsAt: Date | null): boolean =>
  (startsAt === null || at >= startsAt) && (endsAt === null || at <= endsAt);

const checkDigit = (digits: number[], weights: number[]): number =>
  (weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0) % 11) % 10;
const weights10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const weights11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const weights12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** A Russian taxpayer's number with its check digits: ten for a company, twelve for a person. */
export function isSoundInn(inn: string): boolean {
  const digits = [...inn].map(Number);
  if (digits.length === 10) return checkDigit(digits, weights10) === digits[9];
  return (
    digits.length === 12 &&
    checkDigit(digits, weights11) === digits[10] &&
    checkDigit(digits, weights12) === digits[11]
  );
}
