/** Who lives here: demo people with a wallet each, and the treasury that the faucet pays from. */
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { type Address, beginCell, type Cell, type MessageRelaxed, SendMode, storeStateInit } from "@ton/core";
import type { KeyPair } from "@ton/crypto";
import { createEmptyShardAccount, createShardAccount } from "@ton/sandbox";
import { WalletContractV4, WalletContractV5R1 } from "@ton/ton";
import { encodeAccount } from "./machine.ts";

/** Network of the local world in TON Connect's notation: it counts as a testnet, so nothing signed here is valid on the main one. */
export const NETWORK = "-3";

export type WalletVersion = "v4r2" | "v5r1";

export type Wallet = {
  /** Telegram id of the person; 0 for the treasury. */
  person: number;
  name: string;
  version: WalletVersion;
  keyPair: KeyPair;
  address: Address;
  stateInit: Cell;
  code: Cell;
  data: Cell;
  /** Most messages that one transaction can carry. */
  maxMessages: number;
  /** The signed body of an external message. `validUntil` in seconds. */
  sign(input: { seqno: number; validUntil: number; messages: MessageRelaxed[]; sendMode: number }): Cell;
};

type Birth = { person: number; name: string; version: WalletVersion; coins: bigint; deployed: boolean };

const COIN = 1_000_000_000n;

/** The same neighbours as in the local Telegram. */
const NEIGHBOURS = [
  "Daniel",
  "Елена",
  "Фёдор",
  "Галина",
  "Hana",
  "Игорь",
  "Julia",
  "Кирилл",
  "Лариса",
  "Mateo",
  "Нина",
  "Олег",
] as const;

/** The main three first; among the others some never used their wallet, so that its contract is not there yet. */
const PEOPLE: readonly Birth[] = [
  { person: 1001, name: "Алина", version: "v4r2", coins: 120n, deployed: true },
  { person: 1002, name: "Boris", version: "v5r1", coins: 5_000n, deployed: true },
  { person: 1003, name: "Клара", version: "v5r1", coins: 40n, deployed: false },
  ...NEIGHBOURS.map((name, index): Birth => {
    const version = index % 2 === 0 ? "v5r1" : "v4r2";
    return {
      person: 1004 + index,
      name,
      version,
      coins: BigInt(300 + index * 75),
      deployed: index % 3 !== 2,
    };
  }),
];

const TREASURY: Birth = {
  person: 0,
  name: "Treasury",
  version: "v5r1",
  coins: 1_000_000_000n,
  deployed: true,
};

export class People {
  readonly treasury: Wallet;
  private readonly wallets: Map<number, Wallet>;

  /** All keys come from one seed, so a world restarts with the same people. */
  private readonly seed: Buffer;

  constructor(seed: Buffer) {
    this.seed = seed;
    this.wallets = new Map(PEOPLE.map((birth) => [birth.person, this.wallet(birth)]));
    this.treasury = this.wallet(TREASURY);
  }

  get(person: number): Wallet | undefined {
    return this.wallets.get(person);
  }

  all(): Wallet[] {
    return [...this.wallets.values()];
  }

  byAddress(address: Address): Wallet | undefined {
    return [...this.wallets.values(), this.treasury].find((wallet) => wallet.address.equals(address));
  }

  /** The first accounts of a new world. */
  genesis(utime: number): { address: string; account: string }[] {
    return [...PEOPLE, TREASURY].map((birth) => {
      const { address, code, data } = this.wallets.get(birth.person) ?? this.treasury;
      const balance = birth.coins * COIN;
      const account = birth.deployed
        ? createShardAccount({ address, code, data, balance })
        : createEmptyShardAccount(address);
      if (account.account !== undefined && account.account !== null) {
        account.account.storage.balance.coins = balance;
        account.account.storageStats.lastPaid = utime;
      }
      return { address: address.toRawString(), account: encodeAccount(account) };
    });
  }

  private wallet(birth: Birth): Wallet {
    const secret = createHash("sha256").update(this.seed).update(`wallet:${birth.person}`).digest();
    const keyPair = keysOf(secret);
    return birth.version === "v4r2" ? walletV4(birth, keyPair) : walletV5(birth, keyPair);
  }
}

/** PKCS #8 of an Ed25519 key, up to its 32 secret bytes (RFC 8410). */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/** The platform's own Ed25519: every start makes a street of keys, and the one in JavaScript needs 20 ms for each. */
function keysOf(secret: Buffer): KeyPair {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  return { publicKey, secretKey: Buffer.concat([secret, publicKey]) };
}

function walletV4(birth: Birth, keyPair: KeyPair): Wallet {
  const contract = WalletContractV4.create({ workchain: 0, publicKey: keyPair.publicKey });
  return {
    ...common(birth, keyPair, contract),
    maxMessages: 4,
    sign: ({ seqno, validUntil, messages, sendMode }) =>
      contract.createTransfer({
        seqno,
        timeout: validUntil,
        messages,
        sendMode,
        secretKey: keyPair.secretKey,
      }),
  };
}

function walletV5(birth: Birth, keyPair: KeyPair): Wallet {
  const contract = WalletContractV5R1.create({
    workchain: 0,
    publicKey: keyPair.publicKey,
    walletId: { networkGlobalId: Number(NETWORK) },
  });
  return {
    ...common(birth, keyPair, contract),
    maxMessages: 255,
    sign: ({ seqno, validUntil, messages, sendMode }) =>
      contract.createTransfer({
        seqno,
        timeout: validUntil,
        messages,
        // This wallet refuses an external message whose actions could fail loudly.
        sendMode: sendMode | SendMode.IGNORE_ERRORS,
        secretKey: keyPair.secretKey,
      }),
  };
}

function common(
  birth: Birth,
  keyPair: KeyPair,
  contract: { address: Address; init: { code: Cell; data: Cell } },
) {
  const { code, data } = contract.init;
  return {
    person: birth.person,
    name: birth.name,
    version: birth.version,
    keyPair,
    address: contract.address,
    stateInit: beginCell().store(storeStateInit({ code, data })).endCell(),
    code,
    data,
  };
}
