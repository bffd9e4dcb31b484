/** The local TON network: a chain, toncenter's APIs, a faucet, wallets that speak TON Connect, an explorer. See README.md. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Address, type Cell, internal } from "@ton/core";
import { Chain } from "./chain/chain.ts";
import { People, type Wallet } from "./chain/people.ts";
import { Payments, type Sent } from "./chain/wallets.ts";
import { explorer } from "./explorer/pages.ts";
import { Faults } from "./http/faults.ts";
import { serve } from "./http/server.ts";
import { Toncenter } from "./http/toncenter.ts";
import { Bridge } from "./wallet/bridge.ts";
import { WalletEngine } from "./wallet/engine.ts";
import { walletPage } from "./wallet/page.ts";
import { walletRoutes } from "./wallet/routes.ts";
import { accountOf, signProof } from "./wallet/signing.ts";

export type LocalTonOptions = {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Address to listen on; loopback by default. */
  host?: string;
  /** Folder to keep the world in; null, the default, keeps nothing. */
  dataDir?: string | null;
  /** Milliseconds between blocks, 400 by default; 0 makes blocks only in `mine`. */
  blockMs?: number;
  /** A transaction is final so many blocks after its own; 2 by default. */
  finalityBlocks?: number;
  /** Chain time of a new world, seconds; now by default. */
  startTime?: number;
  /** Origin under which browsers reach this server; `http://localhost:<port>` by default. */
  publicUrl?: string;
  /** Root cell of the network's configuration; the fees of 2026 by default. */
  config?: Cell;
};

export type Transfer = {
  /** Telegram id of the payer. */
  from: number;
  to: Address | string;
  /** Nanograms. */
  amount: bigint;
  body?: Cell | string;
  stateInit?: { code: Cell; data: Cell };
  /** True by default, as wallets do for contracts. */
  bounce?: boolean;
};

export type LocalTon = Awaited<ReturnType<typeof startLocalTon>>;

/** A world without a folder always has the same people, so that tests may name their addresses. */
const TEST_SEED = createHash("sha256").update("souk-local-ton").digest();

export async function startLocalTon(options: LocalTonOptions = {}) {
  const dataDir = options.dataDir ?? null;
  const people = new People(dataDir === null ? TEST_SEED : seedOf(dataDir));
  const chain = await Chain.open({
    blockMs: options.blockMs ?? 400,
    finalityBlocks: options.finalityBlocks ?? 2,
    dataDir: dataDir === null ? null : join(dataDir, "chain"),
    genesis: (utime) => people.genesis(utime),
    startTime: options.startTime,
    config: options.config,
  });
  const payments = new Payments(chain, people);
  chain.beforeBlock = () => payments.flush();
  chain.moreToCome = () => payments.waiting;
  const faults = new Faults();
  const bridge = new Bridge();
  const path = dataDir === null ? null : join(dataDir, "wallets.json");
  const engine = new WalletEngine({ chain, people, payments, bridge, path });
  const server = serve({
    port: options.port ?? 0,
    host: options.host ?? "127.0.0.1",
    toncenter: new Toncenter(chain, faults),
    control: { chain, payments, faults },
    parts: [
      (request, url) => bridge.handle(request, url),
      (_request, url) => walletPage(url),
      (request, url) => explorer(chain, people, request, url),
      (request, url) => walletRoutes({ chain, people, payments, engine, origin: () => origin }, request, url),
    ],
  });
  const origin = options.publicUrl ?? `http://localhost:${server.port}`;
  chain.start();
  return {
    ...addresses(origin),
    ...actions({ chain, people, payments }),
    port: server.port,
    chain,
    faults,
    /** The people's wallets as TON Connect sees them: links, requests, decisions. */
    engine,
    /** Closes the port and the files. */
    stop: async () => {
      engine.stop();
      await server.stop(true);
      await chain.stop();
    },
  };
}

function addresses(origin: string) {
  return {
    origin,
    v2Url: `${origin}/api/v2/jsonRPC`,
    v3Url: `${origin}/api/v3`,
    bridgeUrl: `${origin}/bridge`,
    walletsUrl: `${origin}/wallets.json`,
    explorerUrl: `${origin}/explorer`,
  };
}

function actions({ chain, people, payments }: { chain: Chain; people: People; payments: Payments }) {
  return {
    /** Chain time, seconds. */
    now: () => chain.now(),
    /** Moves chain time forward. Throws RangeError for a negative step. */
    advance: (seconds: number) => chain.advance(seconds),
    /** Makes blocks until no message waits and everything is final. */
    mine: () => chain.mine(),
    /** A person's wallet by Telegram id. Throws for a stranger. */
    wallet: (person: number) => knownWallet(people, person),
    treasury: people.treasury,
    /** A payment by hand; it is in the pool when this resolves. Throws NotAccepted. */
    transfer: (transfer: Transfer) => pay(people, payments, transfer),
    /** The treasury pays so many nanograms in the next blocks. */
    faucet: (address: Address | string, nano: bigint) => {
      payments.grant(internal({ to: addressOf(address), value: nano, bounce: false }));
    },
    /** The account and the proof that the person's wallet would give a site; `timestamp` in seconds, now by default. */
    signTonProof: (person: number, input: { domain: string; payload: string; timestamp?: number }) => {
      const wallet = knownWallet(people, person);
      const { network, ...account } = accountOf(wallet);
      const proof = signProof(wallet, { ...input, timestamp: input.timestamp ?? chain.now() });
      return { account: { ...account, chain: network }, proof };
    },
  };
}

function pay(people: People, payments: Payments, transfer: Transfer): Promise<Sent> {
  const message = internal({
    to: addressOf(transfer.to),
    value: transfer.amount,
    bounce: transfer.bounce ?? true,
    body: transfer.body,
    init: transfer.stateInit,
  });
  return payments.send(knownWallet(people, transfer.from), [message]);
}

function addressOf(address: Address | string): Address {
  return typeof address === "string" ? Address.parse(address) : address;
}

function knownWallet(people: People, person: number): Wallet {
  const wallet = people.get(person);
  if (wallet === undefined) throw new Error(`nobody with Telegram id ${person} lives here`);
  return wallet;
}

/** The seed of all keys of a kept world, made at its first start. */
function seedOf(dataDir: string): Buffer {
  const path = join(dataDir, "seed.hex");
  if (existsSync(path)) return Buffer.from(readFileSync(path, "utf8").trim(), "hex");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const seed = randomBytes(32);
  writeFileSync(path, seed.toString("hex"), { mode: 0o600, flush: true });
  return seed;
}
