import { describe, expect, test } from "bun:test";
import { type PlacementKey, placementKeys, placementStepOf, type StepFacts } from "./next/rules.ts";
import { actionsOf, creativeDeadline, holdSecondsOf, mayAct, postDeadline, type Standing } from "./rules.ts";
import { answerEdit, placementAction, placementPhase, placementRole, reportPost } from "./shapes.ts";

const creativeBy = 1_000_000;
const standing = (change: Partial<Standing> = {}): Standing => ({
  phase: "creative",
  postedBy: "bot",
  version: 1,
  approvedByAdvertiser: true,
  approvedByPublisher: false,
  creativeBy,
  isPostUnclear: false,
  editAnswerBy: null,
  ...change,
});

/** What each side may do in each standing; everything else is refused. */
const matrix: [string, Partial<Standing>, number, advertiser: string[], publisher: string[]][] = [
  [
    "nothing written",
    { version: 0, approvedByAdvertiser: false },
    0,
    ["edit_creative", "set_removal", "cancel"],
    ["edit_creative", "set_removal", "cancel"],
  ],
  [
    "written by the advertiser",
    {},
    0,
    ["edit_creative", "set_removal", "cancel"],
    ["approve", "edit_creative", "set_removal", "cancel"],
  ],
  [
    "written by the publisher",
    { approvedByAdvertiser: false, approvedByPublisher: true },
    0,
    ["approve", "edit_creative", "set_removal", "cancel"],
    ["edit_creative", "set_removal", "cancel"],
  ],
  [
    "a moment before the deadline",
    {},
    creativeBy - 1,
    ["edit_creative", "set_removal", "cancel"],
    ["approve", "edit_creative", "set_removal", "cancel"],
  ],
  [
    "the publisher posts by hand: nothing that the bot could take down",
    { postedBy: "publisher" },
    0,
    ["edit_creative", "cancel"],
    ["approve", "edit_creative", "cancel"],
  ],
  ["at the deadline", {}, creativeBy, ["cancel"], ["cancel"]],
  ["agreed", { phase: "payment", approvedByPublisher: true }, 0, ["pay"], []],
  ["paid, the bot posts", { phase: "scheduled" }, 0, [], []],
  ["paid, the publisher posts", { phase: "scheduled", postedBy: "publisher" }, 0, [], ["report_post"]],
  ["nobody knows whether it is out", { phase: "scheduled", isPostUnclear: true }, 0, [], ["report_post"]],
  ["live", { phase: "live" }, 0, ["check"], ["check"]],
  ["live, edited", { phase: "live", editAnswerBy: 10 }, 9, ["answer_edit", "check"], ["check"]],
  ["live, edited, too late to answer", { phase: "live", editAnswerBy: 10 }, 10, ["check"], ["check"]],
  ["over", { phase: "done" }, 0, [], []],
];

describe("who may do what with a placement when", () => {
  for (const [name, change, now, advertiser, publisher] of matrix)
    test(name, () => {
      const facts = standing(change);
      for (const [role, may] of [
        ["advertiser", advertiser],
        ["publisher", publisher],
      ] as const) {
        expect(actionsOf(role, facts, now)).toEqual(may as never);
        for (const action of placementAction.options)
          expect(`${role} ${action} ${mayAct(action, role, facts, now)}`).toBe(
            `${role} ${action} ${may.includes(action)}`,
          );
      }
      // Managers do what the channel's owner does here, and no more; who only views does nothing.
      expect(actionsOf("publisher", facts, now, "manager")).toEqual(publisher as never);
      expect(actionsOf("publisher", facts, now, "viewer")).toEqual([]);
    });

  test("every phase is in the matrix", () => {
    const phases = new Set(matrix.map(([, change]) => change.phase ?? "creative"));
    expect([...phases].sort()).toEqual([...placementPhase.options].sort());
  });

  test("times hang on the time of the post and on the agreed hours", () => {
    const postAt = new Date("2027-01-01T12:00:00Z");
    expect(creativeDeadline(postAt).toISOString()).toBe("2027-01-01T11:45:00.000Z");
    expect(postDeadline(postAt).toISOString()).toBe("2027-01-01T14:00:00.000Z");
    expect(holdSecondsOf(24)).toBe(27 * 3_600);
  });
});

const facts = (change: Partial<StepFacts>): StepFacts => ({
  ...standing(),
  outcome: null,
  dealStatus: null,
  escrowState: null,
  payBy: null,
  postAt: 10,
  postBy: 20,
  topUntil: null,
  feedUntil: null,
  suspect: null,
  until: null,
  ...change,
});
const live = {
  phase: "live",
  dealStatus: "LIVE",
  escrowState: "Delivered",
  feedUntil: 500,
  until: 600,
} as const;
const doubt = (kind: "edited" | "gone" | "breach", isRejected = false) => ({
  kind,
  decidedAt: 50,
  isRejected,
});
const steps: [PlacementKey, string, Partial<StepFacts>][] = [
  ["write_creative", "advertiser", { version: 0 }],
  ["approve_creative", "publisher", {}],
  ["approve_creative", "advertiser", { approvedByAdvertiser: false, approvedByPublisher: true }],
  ["pay", "advertiser", { phase: "payment", payBy: 5 }],
  ["bot_posts", "platform", { phase: "scheduled" }],
  ["publisher_posts", "publisher", { phase: "scheduled", postedBy: "publisher" }],
  ["post_unclear", "publisher", { phase: "scheduled", isPostUnclear: true }],
  ["dispute", "arbiter", { phase: "scheduled", dealStatus: "DISPUTED" }],
  ["on_top", "platform", { ...live, topUntil: 200 }],
  ["in_feed", "platform", { ...live, topUntil: 100 }],
  ["in_feed", "platform", live],
  ["answer_edit", "advertiser", { ...live, suspect: doubt("edited") }],
  ["edit_rejected", "publisher", { ...live, suspect: doubt("edited", true) }],
  ["doubt_gone", "platform", { ...live, suspect: doubt("gone") }],
  ["doubt_breach", "publisher", { ...live, suspect: doubt("breach") }],
  ["hold_ends", "platform", { ...live, feedUntil: 100 }],
  ["delivery_missed", "advertiser", { ...live, dealStatus: "IN_ESCROW", escrowState: "Funded", until: 100 }],
  ["breach", "platform", { ...live, escrowState: "Breached" }],
  ["dispute", "arbiter", { ...live, dealStatus: "DISPUTED" }],
  ["unagreed", "nobody", { phase: "done", outcome: "expired" }],
  ["unpaid", "nobody", { phase: "done", outcome: "expired", dealStatus: "EXPIRED" }],
  ["cancelled", "nobody", { phase: "done", outcome: "cancelled" }],
  ["released", "nobody", { phase: "done", outcome: "released" }],
  ["refunded", "nobody", { phase: "done", outcome: "refunded" }],
  ["split", "nobody", { phase: "done", outcome: "split" }],
];

describe("the next step of a placement", () => {
  for (const [key, who, change] of steps)
    test(`${key}: ${who}`, () => {
      for (const role of placementRole.options)
        expect(placementStepOf(facts(change), role, 100, {})).toMatchObject({ key, who });
    });

  test("every key is reached", () => {
    expect(new Set(steps.map(([key]) => key))).toEqual(new Set(placementKeys));
  });
});

test("what the two send is taken only as it is meant", () => {
  expect(reportPost.safeParse({ url: "https://t.me/morning_roast/12" }).success).toBe(true);
  expect(reportPost.safeParse({ url: "x" }).success).toBe(false);
  expect(answerEdit.safeParse({ accept: "yes" }).success).toBe(false);
});
