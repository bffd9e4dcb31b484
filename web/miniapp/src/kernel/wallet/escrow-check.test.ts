import { expect, test } from "bun:test";
import { Address, beginCell, storeStateInit } from "@ton/core";
import {
  ESCROW_CODE_HASH,
  type EscrowTerms,
  escrowAddress,
  escrowStateInit,
} from "../../../../../chain/wrappers/escrow.ts";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { TonConnectRequest } from "../../../../../server/src/platform/shapes.ts";
import { checkDeal, checkPayment } from "./escrow-check.ts";

const raw = (byte: number): string => `0:${byte.toString(16).padStart(2, "0").repeat(32)}`;
const friendly = (byte: number): string => Address.parse(raw(byte)).toString({ bounceable: false });
const PRICE = 1_250_000_000_000n;
const PAY_BY = 1_800_000_000;

const terms: EscrowTerms = {
  dealId: 0x0192f0c1a2b37c4d8e5f60718293a4b5n,
  termsHash: BigInt(`0x${"ab".repeat(32)}`),
  buyer: Address.parse(raw(1)),
  seller: Address.parse(raw(2)),
  platform: Address.parse(raw(3)),
  arbiter: Address.parse(raw(4)),
  feeTo: Address.parse(raw(5)),
  price: PRICE,
  feeBps: 300,
  payBy: PAY_BY,
  deliverBy: PAY_BY + 259_200,
  holdSeconds: 86_400,
  challengeSeconds: 86_400,
  arbiterSeconds: 1_814_400,
  fallbackFundedBps: 0,
  fallbackDeliveredBps: 10_000,
};

const stateInit = (of: EscrowTerms): string =>
  beginCell()
    .store(storeStateInit(escrowStateInit(of)))
    .endCell()
    .toBoc()
    .toString("base64");

const partsOf = (of: EscrowTerms): Record<string, string> =>
  Object.fromEntries(
    Object.entries(of).map(([name, value]) => {
      if (value instanceof Address) return [name, value.toRawString()];
      return [name, name === "termsHash" ? value.toString(16) : value.toString()];
    }),
  );

function dealOf(of: EscrowTerms = terms): Deal {
  const deal: Pick<Deal, "id" | "price" | "feeBps"> & Record<string, unknown> = {
    id: "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5",
    price: { amount: PRICE.toString(), asset: "TON" },
    feeBps: 300,
    buyer: { wallet: friendly(1) },
    seller: { wallet: friendly(2) },
    arbiter: { wallet: friendly(4) },
    escrow: {
      address: escrowAddress(of).toString(),
      network: "-3",
      codeHash: ESCROW_CODE_HASH,
      termsHash: "ab".repeat(32),
    },
    terms: {
      payBy: new Date(PAY_BY * 1000).toISOString(),
      deliverBy: new Date((PAY_BY + 259_200) * 1000).toISOString(),
      holdSeconds: 86_400,
      challengeSeconds: 86_400,
      arbiterSeconds: 1_814_400,
      fallbackFundedBps: 0,
      fallbackDeliveredBps: 10_000,
      stateInit: partsOf(of),
    },
  };
  return deal as unknown as Deal;
}

const payment = (
  change: Partial<TonConnectRequest["messages"][number]> = {},
  network = "-3",
): TonConnectRequest => ({
  network,
  validUntil: PAY_BY,
  messages: [
    {
      address: escrowAddress(terms).toString(),
      amount: (PRICE + 60_000_000n).toString(),
      stateInit: stateInit(terms),
      ...change,
    },
  ],
});

test("an honest deal and its payment pass", () => {
  expect(checkDeal(dealOf())).toEqual([]);
  expect(checkPayment(dealOf(), payment())).toEqual([]);
});

test("an address that does not follow from the terms is found", () => {
  const deal = dealOf();
  deal.escrow.address = friendly(9);
  expect(checkDeal(deal)).toEqual(["address"]);
});

test("another code is found, even with an address that fits it", () => {
  const deal = dealOf();
  deal.escrow.codeHash = "00".repeat(32);
  expect(checkDeal(deal)).toEqual(["code"]);
});

const swaps: [string, Partial<EscrowTerms>][] = [
  ["seller", { seller: Address.parse(raw(9)) }],
  ["buyer", { buyer: Address.parse(raw(9)) }],
  ["arbiter", { arbiter: Address.parse(raw(9)) }],
  ["price", { price: PRICE + 1n }],
  ["feeBps", { feeBps: 1000 }],
  ["payBy", { payBy: PAY_BY - 60 }],
  ["deliverBy", { deliverBy: PAY_BY + 9_999_999 }],
  ["holdSeconds", { holdSeconds: 1 }],
  ["challengeSeconds", { challengeSeconds: 3600 }],
  ["arbiterSeconds", { arbiterSeconds: 86_400 }],
  ["fallbackFundedBps", { fallbackFundedBps: 10_000 }],
  ["fallbackDeliveredBps", { fallbackDeliveredBps: 0 }],
  ["dealId", { dealId: 7n }],
  ["termsHash", { termsHash: 7n }],
];
for (const [name, change] of swaps)
  test(`a contract that says another ${name} than the screen is found, though its own address fits`, () => {
    expect(checkDeal(dealOf({ ...terms, ...change }))).toEqual([name]);
  });

test("a payment to elsewhere, with other code, on another network or for another sum is refused", () => {
  expect(checkPayment(dealOf(), payment({ address: friendly(9) }))).toEqual(["address"]);
  expect(checkPayment(dealOf(), payment({ stateInit: stateInit({ ...terms, feeBps: 0 }) }))).toEqual([
    "stateInit",
  ]);
  expect(checkPayment(dealOf(), payment({}, "-239"))).toEqual(["network"]);
  for (const amount of [PRICE, PRICE - 1n, PRICE + 500_000_001n])
    expect(checkPayment(dealOf(), payment({ amount: amount.toString() }))).toEqual(["amount"]);
});

test("a second message beside the payment is refused", () => {
  const twice = payment();
  twice.messages.push({ address: friendly(9), amount: "1" });
  expect(checkPayment(dealOf(), twice)).toEqual(["messages"]);
  expect(checkPayment(dealOf(), { ...payment(), messages: [] })).toEqual(["messages"]);
});

test("nonsense is refused and never throws", () => {
  const deal = dealOf();
  deal.terms.stateInit = { buyer: "x" };
  expect(checkDeal(deal)).toEqual(["terms"]);
  expect(checkPayment(dealOf(), payment({ stateInit: "AAAA" }))).toEqual(["messages"]);
});
