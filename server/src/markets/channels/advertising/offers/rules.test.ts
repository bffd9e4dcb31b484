import { describe, expect, test } from "bun:test";
import {
  actionsFor,
  moveOffer,
  type OfferActor,
  type OfferState,
  offerEnds,
  postTimeFault,
  topUntil,
  wholeMinute,
} from "./rules.ts";
import type { OfferAction } from "./shapes.ts";

const states: Record<string, OfferState> = {
  "open, the publisher answers": { status: "open", turn: "publisher" },
  "open, the advertiser answers": { status: "open", turn: "advertiser" },
  accepted: { status: "accepted", turn: null },
  rejected: { status: "rejected", turn: null },
  withdrawn: { status: "withdrawn", turn: null },
  expired: { status: "expired", turn: null },
};
const actions: OfferAction[] = ["accept", "reject", "counter", "withdraw", "expire"];
const actors: OfferActor[] = ["publisher", "advertiser", "system", "stranger"];

/** One line a state: for each actor what becomes of accept, reject, counter, withdraw, expire. */
const a = "accepted";
const r = "rejected";
const w = "withdrawn";
const e = "expired";
const wait = "not_your_turn";
const no = "not_yours";
const end = "closed";
const matrix: Record<string, Record<OfferActor, string[]>> = {
  "open, the publisher answers": {
    publisher: [a, r, "open:advertiser", wait, no],
    advertiser: [wait, wait, wait, w, no],
    system: [no, no, no, no, e],
    stranger: [no, no, no, no, no],
  },
  "open, the advertiser answers": {
    publisher: [wait, wait, wait, w, no],
    advertiser: [a, r, "open:publisher", wait, no],
    system: [no, no, no, no, e],
    stranger: [no, no, no, no, no],
  },
  accepted: {
    publisher: ["same", end, end, end, no],
    advertiser: ["same", end, end, end, no],
    system: [no, no, no, no, end],
    stranger: [no, no, no, no, no],
  },
  rejected: {
    publisher: [end, "same", end, end, no],
    advertiser: [end, "same", end, end, no],
    system: [no, no, no, no, end],
    stranger: [no, no, no, no, no],
  },
  withdrawn: {
    publisher: [end, end, end, "same", no],
    advertiser: [end, end, end, "same", no],
    system: [no, no, no, no, end],
    stranger: [no, no, no, no, no],
  },
  expired: {
    publisher: [end, end, end, end, no],
    advertiser: [end, end, end, end, no],
    system: [no, no, no, no, "same"],
    stranger: [no, no, no, no, no],
  },
};

const said = (state: OfferState, action: OfferAction, actor: OfferActor): string => {
  const move = moveOffer(state, action, actor);
  if (move.kind !== "go") return move.kind;
  return move.to.turn === null ? move.to.status : `${move.to.status}:${move.to.turn}`;
};

describe.each(Object.entries(states))("%s", (name, state) => {
  test.each(actors)("for %s", (actor) => {
    expect(actions.map((action) => said(state, action, actor))).toEqual(matrix[name]?.[actor] ?? []);
  });
  test.each(actors)("the buttons of %s are what would go", (actor) => {
    expect(actionsFor(state, actor)).toEqual(
      actions.filter((action) => moveOffer(state, action, actor).kind === "go"),
    );
  });
});

const at = (text: string) => new Date(`2026-11-20T${text}Z`);

test("an offer ends by its own time, and an hour before the post at the latest", () => {
  expect(offerEnds(at("10:00:00"), 2, at("20:00:00"))).toEqual(at("12:00:00"));
  expect(offerEnds(at("10:00:00"), 72, at("20:00:00"))).toEqual(at("19:00:00"));
});

test("a post is agreed an hour ahead at least, longer where the slot wants it, half a year at most", () => {
  expect(postTimeFault(at("10:00:00"), at("10:59:59"))).toBe("too_soon");
  expect(postTimeFault(at("10:00:00"), at("11:00:00"))).toBeNull();
  expect(postTimeFault(at("10:00:00"), at("12:59:59"), 3)).toBe("too_soon");
  expect(postTimeFault(at("10:00:00"), at("13:00:00"), 3)).toBeNull();
  expect(postTimeFault(at("10:00:00"), new Date("2027-06-20T00:00:00Z"))).toBe("too_far");
});

test("seconds do not count, and a post without hours on top takes its minute", () => {
  expect(wholeMinute(at("10:00:59"))).toEqual(at("10:00:00"));
  expect(topUntil(at("10:00:00"), 2)).toEqual(at("12:00:00"));
  expect(topUntil(at("10:00:00"), 0)).toEqual(at("10:01:00"));
});
