import { describe, expect, test } from "bun:test";
import {
  actionsOf,
  type DealFacts,
  isPastPayment,
  isProposable,
  mayDo,
  type Proposal,
  statusAfter,
  statusOnceCredited,
} from "./rules.ts";
import {
  type DealAction,
  type DealParty,
  type DealStatus,
  dealAction,
  dealParty,
  dealStatus,
  type EscrowStateName,
  escrowState,
} from "./shapes.ts";

const payBy = 10_000;
const until = 50_000;
const roles = dealParty.options;
const states = escrowState.options;
const statuses = dealStatus.options;

const facts = (change: Partial<DealFacts>): DealFacts => ({
  status: "PENDING",
  escrowState: "Init",
  payBy,
  until: null,
  bps: 0,
  isFinal: false,
  ...change,
});
const inState = (state: EscrowStateName, status: DealStatus = "IN_ESCROW"): DealFacts =>
  facts({ status, escrowState: state, until: state === "Init" || state === "Settled" ? null : until });

/** Which roles may act in a state of the contract before and after its deadline, as docs/escrow.md says. */
const table: Record<
  Exclude<DealAction, "pay" | "cancel" | "recheck">,
  Partial<Record<EscrowStateName, { before: DealParty[]; after: DealParty[] }>>
> = {
  release: {
    Funded: { before: ["buyer"], after: ["buyer"] },
    Delivered: { before: ["buyer"], after: ["buyer"] },
    Breached: { before: ["buyer"], after: ["buyer"] },
    Disputed: { before: ["buyer"], after: ["buyer"] },
  },
  refund: {
    Funded: { before: ["seller"], after: ["seller"] },
    Delivered: { before: ["seller"], after: ["seller"] },
    Breached: { before: ["seller"], after: ["seller"] },
    Disputed: { before: ["seller"], after: ["seller"] },
  },
  agree: {
    Funded: { before: ["buyer", "seller"], after: ["buyer", "seller"] },
    Delivered: { before: ["buyer", "seller"], after: ["buyer", "seller"] },
    Breached: { before: ["buyer", "seller"], after: ["buyer", "seller"] },
    Disputed: { before: ["buyer", "seller"], after: ["buyer", "seller"] },
  },
  dispute: {
    Funded: { before: ["seller"], after: [] },
    Delivered: { before: ["buyer", "seller"], after: [] },
    Breached: { before: ["buyer", "seller"], after: [] },
    // Once it is disputed: a statement to the arbiter, which the contract does not hear of.
    Disputed: { before: ["buyer", "seller"], after: [] },
  },
  resolve: { Disputed: { before: ["arbiter"], after: [] } },
};

describe("who may do what", () => {
  for (const action of Object.keys(table) as (keyof typeof table)[]) {
    test(`${action}: in every state, by every role, one second before, at and after the deadline`, () => {
      for (const state of states) {
        for (const role of roles) {
          const cell = table[action][state] ?? { before: [], after: [] };
          const at = (now: number) => mayDo(action, role, inState(state), now);
          const place = `${state} ${role}`;
          expect(at(until - 1), place).toBe(cell.before.includes(role));
          expect(at(until), place).toBe(cell.after.includes(role));
          expect(at(until + 1), place).toBe(cell.after.includes(role));
        }
      }
    });
  }

  test("pay: the buyer alone, while pending, until a minute before the time is over", () => {
    for (const status of statuses) {
      for (const role of roles) {
        const may = (now: number) => mayDo("pay", role, facts({ status }), now);
        const isMine = role === "buyer" && status === "PENDING";
        expect(may(payBy - 61), `${status} ${role}`).toBe(isMine);
        expect(may(payBy - 60), `${status} ${role}`).toBe(false);
      }
    }
  });

  test("cancel: either party while nothing is paid; never the arbiter, never later", () => {
    for (const status of statuses)
      for (const state of states)
        for (const role of roles) {
          const isOpen = status === "PENDING" && state === "Init" && role !== "arbiter";
          expect(mayDo("cancel", role, inState(state, status), 0), `${status} ${state} ${role}`).toBe(isOpen);
        }
  });

  test("recheck: the parties, until nothing can happen any more", () => {
    for (const role of roles)
      for (const isFinal of [true, false])
        expect(mayDo("recheck", role, facts({ isFinal }), 0)).toBe(!isFinal && role !== "arbiter");
  });

  test("the list of actions holds exactly what the rules allow", () => {
    for (const status of statuses)
      for (const state of states)
        for (const role of roles)
          for (const now of [0, payBy, until - 1, until]) {
            const given = inState(state, status);
            const listed = new Set(actionsOf(role, given, now));
            for (const action of dealAction.options)
              expect(listed.has(action)).toBe(mayDo(action, role, given, now));
          }
  });
});

describe("what the contract's state means for the deal", () => {
  /** Only where the status changes; everywhere else it stays. */
  const moves: Record<EscrowStateName, Partial<Record<DealStatus, DealStatus>> | DealStatus> = {
    Init: {},
    Funded: { PENDING: "IN_ESCROW", EXPIRED: "CANCELLED" },
    Delivered: "LIVE",
    Breached: { PENDING: "IN_ESCROW" },
    Disputed: "DISPUTED",
    Settled: { PENDING: "IN_ESCROW" },
  };
  const expected = (state: EscrowStateName, status: DealStatus): DealStatus => {
    const move = moves[state];
    if (state === "Delivered" && status === "VERIFIED") return "VERIFIED";
    return typeof move === "string" ? move : (move[status] ?? status);
  };
  test("every status meets every state", () => {
    for (const state of states)
      for (const status of statuses)
        expect(statusAfter(status, state), `${status} ${state}`).toBe(expected(state, status));
  });

  test("a cancelled deal that is paid stays cancelled: nobody is asked to deliver", () => {
    expect(statusAfter("CANCELLED", "Funded")).toBe("CANCELLED");
    expect(statusAfter("CANCELLED", "Breached")).toBe("CANCELLED");
  });

  test("credited: any share for the seller is a release, none is a refund", () => {
    expect([0, 1, 9_999, 10_000].map(statusOnceCredited)).toEqual([
      "REFUNDED",
      "RELEASED",
      "RELEASED",
      "RELEASED",
    ]);
  });
});

describe("what the platform proposes", () => {
  const open: Record<Proposal, EscrowStateName[]> = {
    Deliver: ["Funded"],
    Breach: ["Funded", "Delivered"],
    Dispute: ["Funded", "Delivered", "Breached"],
    Timeout: [],
  };
  const late: Record<Proposal, EscrowStateName[]> = {
    Deliver: [],
    Breach: [],
    Dispute: [],
    Timeout: ["Funded", "Delivered", "Breached", "Disputed"],
  };
  for (const op of ["Deliver", "Breach", "Dispute", "Timeout"] as const) {
    test(`${op} only where the contract takes it, at -1, 0 and +1 s`, () => {
      for (const state of states) {
        const end = inState(state).until;
        expect(isProposable(op, state, end, until - 1), state).toBe(open[op].includes(state));
        expect(isProposable(op, state, end, until), state).toBe(late[op].includes(state));
        expect(isProposable(op, state, end, until + 1), state).toBe(late[op].includes(state));
      }
    });
  }
});

test("unpaid is believed only of a reading more than a minute past the time to pay", () => {
  expect([payBy - 1, payBy, payBy + 60, payBy + 61].map((at) => isPastPayment({ payBy }, at))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
