import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { Address, beginCell, Cell, contractAddress, type StateInit, storeStateInit } from "@ton/core";
import { type KeyPair, keyPairFromSeed, sign } from "@ton/crypto";
import {
  WalletContractV2R2,
  WalletContractV3R1,
  WalletContractV3R2,
  WalletContractV4,
  WalletContractV5R1,
} from "@ton/ton";
import { proofDigest, verifyProof } from "./proof.ts";
import { walletCodes } from "./wallet-versions.ts";

const keys = keyPairFromSeed(Buffer.alloc(32, 7));
const others = keyPairFromSeed(Buffer.alloc(32, 8));
const now = Date.parse("2026-11-20T10:00:00Z");
const expected = { domains: ["souk.example", "souk.example:8443"], network: "-3", nowMs: now };
const payload = "ab".repeat(32);

type Init = { code: Cell; data: Cell };
const wallet = { workchain: 0, publicKey: keys.publicKey };
const v5 = WalletContractV5R1.create({ ...wallet, walletId: { networkGlobalId: -3 } });

const base64 = (init: StateInit): string =>
  beginCell().store(storeStateInit(init)).endCell().toBoc().toString("base64");

/** What a wallet answers; each part can be given otherwise. */
function proofOf(
  given: Partial<{
    address: Address;
    init: Init;
    signer: KeyPair;
    publicKey: Buffer;
    chain: string;
    domain: string;
    signedDomain: string;
    lengthBytes: number;
    timestamp: number | string;
  }> = {},
) {
  const init = given.init ?? (v5.init as Init);
  const address = given.address ?? contractAddress(0, init);
  const domain = given.domain ?? "souk.example";
  const timestamp = given.timestamp ?? now / 1000;
  const signedDomain = given.signedDomain ?? domain;
  const digest = proofDigest({ address, domain: signedDomain, timestamp: Number(timestamp), payload });
  return {
    account: {
      address: address.toRawString(),
      chain: given.chain ?? "-3",
      publicKey: (given.publicKey ?? keys.publicKey).toString("hex"),
      walletStateInit: base64(init),
    },
    proof: {
      timestamp,
      domain: { lengthBytes: given.lengthBytes ?? Buffer.byteLength(domain), value: domain },
      signature: sign(digest, (given.signer ?? keys).secretKey).toString("base64"),
      payload,
    },
  };
}

const refusal = (given: ReturnType<typeof proofOf>): string => {
  try {
    verifyProof(given, expected);
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test("the digest is that of the specification's vector", () => {
  const digest = proofDigest({
    address: new Address(0, Buffer.alloc(32, 2)),
    domain: "example.com",
    timestamp: 1_780_000_000,
    payload: "payload-1",
  });
  expect(digest.toString("hex")).toBe("ca1263f2a98a5d5ea853c042e7694026569a4ded69a1cf65b8cb1a18e59dfe4b");
});

test("the code hashes are those of the wallets that @ton/ton ships", () => {
  const shipped = {
    v3r1: WalletContractV3R1.create(wallet),
    v3r2: WalletContractV3R2.create(wallet),
    v4r2: WalletContractV4.create(wallet),
    v5r1: v5,
  };
  const hashes = Object.fromEntries(
    Object.entries(shipped).map(([version, { init }]) => [init.code.hash().toString("hex"), version]),
  );
  expect(
    Object.fromEntries(Object.entries(walletCodes).map(([hash, { version }]) => [hash, version])),
  ).toEqual(hashes);
});

describe("accepted", () => {
  const versions: [string, Init][] = [
    ["v3r1", WalletContractV3R1.create(wallet).init],
    ["v3r2", WalletContractV3R2.create(wallet).init],
    ["v4r2", WalletContractV4.create(wallet).init],
    ["v5r1", v5.init as Init],
    ["v5r1", WalletContractV5R1.create({ ...wallet, walletId: { networkGlobalId: -239 } }).init as Init],
    ["v4r2", WalletContractV4.create({ ...wallet, walletId: 698_983_191 + 5 }).init],
  ];
  test.each(versions)("a wallet %s that was never deployed proves its key", (version, init) => {
    expect(verifyProof(proofOf({ init }), expected)).toEqual({
      address: contractAddress(0, init).toRawString(),
      network: "-3",
      version,
      publicKey: keys.publicKey,
      payload,
    });
  });

  test("the time may be text, the address friendly, the key in capitals", () => {
    const given = proofOf({ timestamp: String(now / 1000) });
    given.account.address = Address.parse(given.account.address).toString({ bounceable: false });
    given.account.publicKey = given.account.publicKey.toUpperCase();
    expect(refusal(given)).toBe("accepted");
  });

  test("the host with its port is ours too", () => {
    expect(refusal(proofOf({ domain: "souk.example:8443" }))).toBe("accepted");
  });
});

describe("the time of signing", () => {
  test.each([
    [900, "accepted"],
    [901, "identity.proof_time"],
    [-60, "accepted"],
    [-61, "identity.proof_time"],
    [now / 1000, "identity.proof_time"],
  ])("%p seconds ago is %p", (age, outcome) => {
    expect(refusal(proofOf({ timestamp: now / 1000 - age }))).toBe(outcome);
  });
});

describe("refused", () => {
  const foreign = WalletContractV4.create({ workchain: 0, publicKey: others.publicKey }).init;
  const masterchain = WalletContractV4.create({ workchain: -1, publicKey: keys.publicKey });
  const deaf = {
    code: v5.init.code as Cell,
    data: beginCell().storeBit(false).storeUint(0, 64).storeBuffer(keys.publicKey).storeBit(false).endCell(),
  };
  const short = {
    code: WalletContractV4.create(wallet).init.code,
    data: beginCell().storeUint(0, 64).endCell(),
  };
  const unknown = {
    code: beginCell().storeUint(1, 8).endCell(),
    data: WalletContractV4.create(wallet).init.data,
  };
  const cases: [string, ReturnType<typeof proofOf>, string][] = [
    [
      "somebody else's address with one's own state",
      proofOf({ address: contractAddress(0, foreign) }),
      "proof_address",
    ],
    ["somebody else's state with one's own key", proofOf({ init: foreign }), "proof_key"],
    [
      "somebody else's state and key, signed by oneself",
      proofOf({ init: foreign, publicKey: others.publicKey }),
      "proof_signature",
    ],
    ["a signature by another key", proofOf({ signer: others }), "proof_signature"],
    ["a signature over another domain", proofOf({ signedDomain: "evil.example" }), "proof_signature"],
    ["another site's domain", proofOf({ domain: "evil.example" }), "proof_domain"],
    ["a domain that only ends like ours", proofOf({ domain: "evil-souk.example" }), "proof_domain"],
    ["a length that is not the domain's", proofOf({ lengthBytes: 11 }), "proof_domain"],
    ["the main network's account", proofOf({ chain: "-239" }), "wallet_network"],
    [
      "a wallet of the masterchain",
      proofOf({ address: masterchain.address, init: masterchain.init }),
      "wallet_unsupported",
    ],
    ["a v5 wallet whose key may not sign", proofOf({ init: deaf }), "wallet_unsupported"],
    ["data too short for a key", proofOf({ init: short }), "wallet_unsupported"],
    ["code of no wallet", proofOf({ init: unknown }), "wallet_unsupported"],
    [
      "a wallet of version 2",
      proofOf({ init: WalletContractV2R2.create(wallet).init }),
      "wallet_unsupported",
    ],
  ];
  test.each(cases)("%s", (_name, given, code) => {
    expect(refusal(given)).toBe(`identity.${code}`);
  });

  const spoiled = (change: (given: ReturnType<typeof proofOf>) => void): string => {
    const given = proofOf();
    change(given);
    return refusal(given);
  };

  test("a payload, time or network that was not signed", () => {
    expect(spoiled(({ proof }) => (proof.payload = "cd".repeat(32)))).toBe("identity.proof_signature");
    expect(spoiled(({ proof }) => (proof.timestamp = now / 1000 - 1))).toBe("identity.proof_signature");
  });

  test("noise where a state, a signature or an address should be", () => {
    expect(spoiled(({ account }) => (account.walletStateInit = "!!!"))).toBe("identity.proof_malformed");
    const cell = new Cell().toBoc().toString("base64");
    expect(spoiled(({ account }) => (account.walletStateInit = cell))).toBe("identity.proof_malformed");
    expect(spoiled(({ account }) => (account.address = "A".repeat(48)))).toBe("identity.proof_malformed");
    expect(spoiled(({ proof }) => (proof.signature = "A".repeat(88)))).toBe("identity.proof_signature");
    expect(spoiled(({ proof }) => (proof.signature = "*".repeat(88)))).toBe("identity.proof_signature");
  });

  test("a state with nothing in it", () => {
    const empty = beginCell().store(storeStateInit({})).endCell();
    const given = proofOf({ address: contractAddress(0, {}) });
    given.account.walletStateInit = empty.toBoc().toString("base64");
    expect(refusal(given)).toBe("identity.wallet_unsupported");
  });
});

test("ours and an independent reading of the specification agree on what is signed", () => {
  const address = contractAddress(0, v5.init as Init);
  const hash = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(now / 1000), true);
  const message = Buffer.concat([
    Buffer.from("ton-proof-item-v2/"),
    Buffer.from([0, 0, 0, 0]),
    address.hash,
    Buffer.from([12, 0, 0, 0]),
    Buffer.from("souk.example"),
    new Uint8Array(view.buffer),
    Buffer.from(payload),
  ]);
  const full = hash(Buffer.concat([Buffer.from("ffff", "hex"), Buffer.from("ton-connect"), hash(message)]));
  expect(proofDigest({ address, domain: "souk.example", timestamp: now / 1000, payload })).toEqual(full);
});
