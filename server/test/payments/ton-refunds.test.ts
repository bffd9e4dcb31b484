/** How a refund that a person signed is found on the chain, however long its list is, and when it surely is not there. */
import { expect, test } from "bun:test";
import { beginCell } from "@ton/core";
import { createTonDeposits, type DepositChain } from "../../src/gateways/payments/ton.ts";

const account = `0:${"ab".repeat(32)}`;
const to = `0:${"cd".repeat(32)}`;
const request = (change: object = {}) => ({
  key: "1",
  receipt: { id: "x", handle: "1", asset: "TON" as const, amount: 5n, payer: null },
  amount: 5n,
  to,
  since: new Date(0),
  signableUntil: new Date(1_000_000),
  sought: "1000",
  ...change,
});

/** A wallet with `n` transactions after lt 1000, one every hundred; `refundAt` is the one that pays the refund. */
function wallet(n: number, refundAt: number | null, at: number, seen = n) {
  let pages = 0;
  const body = beginCell().storeUint(0, 32).storeStringTail("R-1").endCell().toBoc().toString("base64");
  const row = (index: number) => ({
    hash: index.toString(16).padStart(64, "0"),
    lt: 1_000n + BigInt(index) * 100n,
    at: index,
    isAborted: false,
    inMessage: null,
    outMessages:
      index === refundAt ? [{ source: account, destination: to, value: 5n, isBounced: false, body }] : [],
  });
  const reader = {
    account: async () => ({ lastLt: row(n).lt, at }),
    transactions: async (_account: string, afterLt: bigint, limit: number) => {
      pages += 1;
      const from = Number((afterLt - 1_000n) / 100n) + 1;
      return Array.from({ length: Math.max(0, Math.min(limit, seen - from + 1)) }, (_, k) => row(from + k));
    },
  };
  const chain: DepositChain = { ...reader, network: "-3", now: async () => at, certain: reader };
  return { ton: createTonDeposits({ chain, address: account, certainAbove: 10n }), asked: () => pages };
}

test("a refund is looked for from where the last look ended, some pages at a time, however long the list", async () => {
  const { ton, asked: pages } = wallet(12_345, 12_300, 2_000_000);
  let sought = "1000";
  let looks = 0;
  for (; looks < 20; looks += 1) {
    const before = pages();
    const sight = await ton.findRefund(request({ sought }));
    expect(pages() - before).toBeLessThanOrEqual(20);
    sought = sight.sought ?? "";
    if (sight.state === "done") break;
    expect(sight.state).toBe("pending");
  }
  expect(looks).toBe(6);
});

test("it is surely not done only when all was read beyond the moment at which it could be", async () => {
  const find = async (made: ReturnType<typeof wallet>, change: object = {}) =>
    (await made.ton.findRefund(request(change))).state;
  expect(await find(wallet(50, null, 1_001))).toBe("none");
  expect(await find(wallet(50, null, 1_000))).toBe("pending");
  // The list ends before the account's last transaction: the endpoint lags.
  expect(await find(wallet(50, null, 1_001, 49))).toBe("pending");
  expect(await find(wallet(50, 50, 1_001))).toBe("done");
  // Nothing was ever given out.
  expect(await find(wallet(50, null, 0), { sought: null, signableUntil: null })).toBe("none");
});
