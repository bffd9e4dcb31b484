import { describe, expect, test } from "bun:test";
import { Address } from "@ton/core";
import { ESCROW_CODE_HASH, escrowAddress, termsFromParts } from "../../gateways/ton/contracts/port.ts";
import { newId } from "../../platform/ids.ts";
import { type Agreement, conclude, hashOfTerms } from "./agreement.ts";

const raw = (byte: number): string => `0:${byte.toString(16).padStart(2, "0").repeat(32)}`;
const agreement: Agreement = {
  dealId: newId(1_700_000_000_000),
  network: "-3",
  buyer: raw(1),
  seller: raw(2),
  platform: raw(3),
  arbiter: raw(4),
  feeTo: raw(5),
  priceNano: 50_000_000_000n,
  feeBps: 300,
  payBy: 1_800_000_000,
  deliverBy: 1_800_100_000,
  holdSeconds: 86_400,
  challengeSeconds: 86_400,
  arbiterSeconds: 1_814_400,
  fallbackFundedBps: 0,
  fallbackDeliveredBps: 10_000,
  market: { kind: "channel_sale", title: "Café", members: 100 },
  salt: "00".repeat(32),
};

describe("the agreement", () => {
  test("gives an address that anybody recomputes from what is shown", () => {
    const concluded = conclude(agreement);
    const again = escrowAddress(termsFromParts(concluded.stateInit));
    expect(again.toRawString()).toBe(concluded.address);
    expect(again.equals(Address.parseRaw(concluded.address))).toBe(true);
    expect(concluded.codeHash).toBe(ESCROW_CODE_HASH);
    expect(hashOfTerms(concluded.terms)).toBe(concluded.termsHash);
  });

  test("every change of any part moves the hash and the address", () => {
    const first = conclude(agreement);
    const changes: Partial<Agreement>[] = [
      { dealId: newId() },
      { network: "-239" },
      { buyer: raw(9) },
      { seller: raw(9) },
      { platform: raw(9) },
      { arbiter: raw(9) },
      { feeTo: raw(9) },
      { priceNano: agreement.priceNano + 1n },
      { feeBps: 301 },
      { payBy: agreement.payBy + 1 },
      { deliverBy: agreement.deliverBy + 1 },
      { holdSeconds: 1 },
      { challengeSeconds: 1 },
      { arbiterSeconds: 1 },
      { fallbackFundedBps: 1 },
      { fallbackDeliveredBps: 1 },
      { market: { ...agreement.market, title: "Cafe" } },
      { salt: "01".repeat(32) },
    ];
    for (const change of changes) {
      const other = conclude({ ...agreement, ...change });
      expect(other.termsHash, JSON.stringify(Object.keys(change))).not.toBe(first.termsHash);
      expect(other.address).not.toBe(first.address);
    }
  });

  test("the way it is written does not matter: order of keys, composed letters, numbers as strings", () => {
    const first = conclude(agreement);
    const same = conclude({
      ...agreement,
      market: { members: "100", title: "Cafe\u0301", kind: "channel_sale" },
    });
    expect(same.termsHash).toBe(first.termsHash);
    expect(same.address).toBe(first.address);
  });

  test("the hash is SHA-256 of sorted JSON without spaces, as RFC 8785 writes it", () => {
    const text = '{"a":"1","b":["x",{"c":"2"}],"é":null}';
    expect(hashOfTerms({ é: null, b: ["x", { c: 2 }], a: 1n })).toBe(
      new Bun.CryptoHasher("sha256").update(text).digest("hex"),
    );
  });
});
