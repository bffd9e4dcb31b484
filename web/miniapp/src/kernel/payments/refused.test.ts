import { expect, test } from "bun:test";
import { ApiError, type ProblemKind } from "../../../../kit/problem.ts";
import { isUnclear } from "./is-unclear.ts";

const error = (code: string, kind: ProblemKind) => new ApiError({ code, kind, requestId: "", status: 0 });

test("only an answer of the server's own modules says that no money moved", () => {
  expect(isUnclear(error("kit.offline", "offline"))).toBe(true);
  expect(isUnclear(error("platform.unavailable", "unavailable"))).toBe(true);
  expect(isUnclear(error("platform.bug", "bug"))).toBe(true);
  expect(isUnclear(error("ledger.rate_stale", "unavailable"))).toBe(false);
  expect(isUnclear(error("ledger.insufficient_funds", "unpaid"))).toBe(false);
  expect(isUnclear(error("platform.limited", "limited"))).toBe(false);
});
