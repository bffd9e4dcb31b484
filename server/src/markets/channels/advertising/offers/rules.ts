/** Pure rules of offers: who may do what, in which state. */
import type { Party } from "../shapes.ts";
import type { OfferAction, OfferStatus } from "./shapes.ts";

/** `turn` is whose answer is awaited; the other party spoke last. Null once closed. */
export type OfferState = { status: OfferStatus; turn: Party | null };
export type OfferActor = Party | "system" | "stranger";

export const otherParty = (party: Party): Party => (party === "publisher" ? "advertiser" : "publisher");

/**
 * - `go`: the state that follows.
 * - `same`: this already happened; nothing changes and nobody is told again.
 * - `not_yours`: a stranger learns nothing.
 * - `not_your_turn`: whoever spoke last waits; they may only take their word back.
 * - `closed`: the offer has ended in another way.
 */
export type OfferMove =
  | { kind: "go"; to: OfferState }
  | { kind: "same" }
  | { kind: "not_yours" }
  | { kind: "not_your_turn" }
  | { kind: "closed" };

const ends = {
  accept: "accepted",
  reject: "rejected",
  withdraw: "withdrawn",
  expire: "expired",
} as const satisfies Record<Exclude<OfferAction, "counter">, OfferStatus>;

/** What an action means for an offer. Answering is for whose turn it is, taking back for who spoke last, expiring for the clock. */
export function moveOffer(state: OfferState, action: OfferAction, actor: OfferActor): OfferMove {
  if (actor === "stranger") return { kind: "not_yours" };
  if ((action === "expire") !== (actor === "system")) return { kind: "not_yours" };
  if (state.status !== "open" || state.turn === null)
    return action !== "counter" && state.status === ends[action] ? { kind: "same" } : { kind: "closed" };
  if (action === "expire") return { kind: "go", to: { status: "expired", turn: null } };
  const isTheirTurn = state.turn === actor;
  if (action === "withdraw") {
    if (isTheirTurn) return { kind: "not_your_turn" };
    return { kind: "go", to: { status: "withdrawn", turn: null } };
  }
  if (!isTheirTurn) return { kind: "not_your_turn" };
  if (action === "counter") return { kind: "go", to: { status: "open", turn: otherParty(state.turn) } };
  return { kind: "go", to: { status: ends[action], turn: null } };
}

const actions: OfferAction[] = ["accept", "reject", "counter", "withdraw", "expire"];

/** What somebody may do now: what the screens show as buttons. */
export const actionsFor = (state: OfferState, actor: OfferActor): OfferAction[] =>
  actions.filter((action) => moveOffer(state, action, actor).kind === "go");

const minute = 60_000;
const day = 86_400_000;

/** A post is agreed at least this long ahead, and at most so far. */
export const postAheadMin = 60 * minute;
export const postAheadMax = 180 * day;
/** After this many rounds two people should write to each other instead. */
export const roundsMax = 20;
/** Open offers that one person may have made at once. */
export const openOffersMax = 100;

/** An offer ends when its time is over, and no later than an hour before the post that it is about. */
export const offerEnds = (now: Date, hours: number, postAt: Date): Date =>
  new Date(Math.min(now.getTime() + hours * 60 * minute, postAt.getTime() - postAheadMin));

export type TimeFault = "too_soon" | "too_far";
export function postTimeFault(now: Date, postAt: Date, leadHours = 0): TimeFault | null {
  const ahead = postAt.getTime() - now.getTime();
  if (ahead < Math.max(postAheadMin, leadHours * 60 * minute)) return "too_soon";
  return ahead > postAheadMax ? "too_far" : null;
}

/** The minute of a post: seconds do not count. */
export const wholeMinute = (at: Date): Date => new Date(Math.floor(at.getTime() / minute) * minute);

/** While one post is on top nothing of ours is put above it: two such hours may not overlap. A post without top hours takes its minute. */
export const topUntil = (postAt: Date, topHours: number): Date =>
  new Date(postAt.getTime() + Math.max(topHours * 60, 1) * minute);
