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
    // A later end, or none, opens it again.
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
