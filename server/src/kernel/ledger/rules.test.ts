import { expect, test } from "bun:test";
import { assets } from "../../platform/shapes.ts";
import { account, faultOf, isAccountName, isGuarded, type Leg, MAX_LEG } from "./rules.ts";

test("every account that the code can name is one, and only users and escrows are guarded", () => {
  const id = "019a0000-0000-7000-8000-000000000001";
  const names = [
    account.user(id),
    account.escrow(id),
    account.fees,
    account.gateway("ton"),
    account.adjustments,
  ];
  const more = [account.conversion("TON"), account.chain(id), account.receivable(id), account.campaign("x")];
  for (const name of [...names, ...more]) expect([name, isAccountName(name)]).toEqual([name, true]);
  expect([...names, ...more].filter(isGuarded)).toEqual([account.user(id), account.escrow(id)]);
});

test("names that could be taken for others are none", () => {
  for (const name of [
    "",
    "user",
    "user:",
    "user:a b",
    "user:a:b",
    "User:a",
    "fees:x",
    "user:a\n",
    `user:${"x".repeat(65)}`,
  ])
    expect([name, isAccountName(name)]).toEqual([name, false]);
});

const legs = (...given: [string, bigint][]): Leg[] =>
  given.map(([name, amount]) => ({ account: name, asset: "TON", amount }));

test("legs are at least two, each moves something, and they sum to zero", () => {
  expect(faultOf(legs(["user:a", -1n], ["fees", 1n]))).toBeUndefined();
  expect(faultOf(legs(["fees", 1n]))).toContain("2 to 64");
  expect(faultOf(legs(["user:a", 0n], ["fees", 0n]))).toContain("moves something");
  expect(faultOf(legs(["user:a", -1n], ["fees", 2n]))).toContain("sum to 1");
  expect(faultOf(legs(["user:a", -1n], ["user:a", 1n]))).toContain("twice");
  expect(faultOf(legs(["somebody", -1n], ["fees", 1n]))).toContain("no account");
  expect(faultOf(legs(["user:a", -MAX_LEG - 1n], ["fees", MAX_LEG + 1n]))).toContain("too large");
});

test("assets have the digits that the ledger's table gives them", () => {
  expect(Object.entries(assets).map(([code, { scale }]) => `${code} ${scale}`)).toEqual([
    "TON 9",
    "USDT 6",
    "XTR 0",
    "RUB 2",
    "USD 2",
    "EUR 2",
  ]);
});
