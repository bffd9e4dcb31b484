/** Sending from the demo wallets, and the faucet. */
import { type Address, type Cell, external, type MessageRelaxed, SendMode } from "@ton/core";
import type { Chain } from "./chain.ts";
import { decodeAccount } from "./machine.ts";
import { messageCell } from "./messages.ts";
import type { People, Wallet } from "./people.ts";

export type Sent = {
  /** The external message, base64 BoC: what TON Connect gives back to the site. */
  boc: string;
  /** Hash and normalised hash of it, hex. */
  hash: string;
  normalized: string;
};

export type AccountInfo = {
  status: "nonexist" | "uninit" | "active" | "frozen";
  balance: bigint;
  code: Cell | null;
  data: Cell | null;
  lastLt: bigint;
  /** Hex. */
  lastHash: string;
};

/** Seconds for which a signed message stays valid when nobody says otherwise. */
const VALID_FOR = 300;
const PAYOUTS_PER_MESSAGE = 100;
const WAIT_BLOCKS = 50;

/** What stands at an address as of a block, the newest one by default. */
export function accountInfo(chain: Chain, address: Address, seqno?: number): AccountInfo {
  return describeAccount(chain.state.account(address.toRawString(), seqno));
}

/** The same of a base64 ShardAccount; undefined is an address that nothing ever reached. */
export function describeAccount(encoded: string | undefined): AccountInfo {
  const shard = encoded === undefined ? undefined : decodeAccount(encoded);
  const lastHash = (shard?.lastTransactionHash ?? 0n).toString(16).padStart(64, "0");
  const lastLt = shard?.lastTransactionLt ?? 0n;
  const account = shard?.account;
  if (account === undefined || account === null) {
    return { status: "nonexist", balance: 0n, code: null, data: null, lastLt, lastHash };
  }
  const { state, balance } = account.storage;
  const init = state.type === "active" ? state.state : undefined;
  return {
    status: state.type,
    balance: balance.coins,
    code: init?.code ?? null,
    data: init?.data ?? null,
    lastLt,
    lastHash,
  };
}

export class Payments {
  private readonly payouts: MessageRelaxed[] = [];
  private readonly turns = new Map<string, Promise<unknown>>();

  private readonly chain: Chain;
  private readonly people: People;

  constructor(chain: Chain, people: People) {
    this.chain = chain;
    this.people = people;
  }

  /** Number that the wallet's next message must carry. */
  async seqno(wallet: Wallet): Promise<number> {
    const { head } = this.chain.state.view();
    const result = await this.chain.get(wallet.address, "seqno", [], { head, final: head });
    const top = result.stack[0];
    return result.exitCode === 0 && top?.type === "int" ? Number(top.value) : 0;
  }

  /** Signs, without sending; with the wallet's own code if it is not deployed yet. */
  async signed(wallet: Wallet, messages: MessageRelaxed[], validUntil?: number): Promise<Cell> {
    const body = wallet.sign({
      seqno: await this.seqno(wallet),
      validUntil: validUntil ?? this.chain.now() + VALID_FOR,
      messages,
      sendMode: SendMode.PAY_GAS_SEPARATELY + SendMode.IGNORE_ERRORS,
    });
    const deployed = accountInfo(this.chain, wallet.address).status === "active";
    const init = deployed ? undefined : { code: wallet.code, data: wallet.data };
    return messageCell(external({ to: wallet.address, init, body }));
  }

  /**
   * Signs and sends; a wallet sends one message at a time, so a second one waits for the block of the first.
   * @throws NotAccepted
   */
  send(wallet: Wallet, messages: MessageRelaxed[], validUntil?: number): Promise<Sent> {
    const key = wallet.address.toRawString();
    const before = this.turns.get(key) ?? Promise.resolve();
    const done = before.then(async () => {
      await this.settled(wallet.address);
      const cell = await this.signed(wallet, messages, validUntil);
      return { boc: cell.toBoc().toString("base64"), ...(await this.chain.submit(cell)) };
    });
    this.turns.set(
      key,
      done.catch(() => undefined),
    );
    return done;
  }

  /** The faucet: the treasury pays in the next blocks. */
  grant(message: MessageRelaxed): void {
    this.payouts.push(message);
  }

  /** Puts waiting payouts into the pool; the chain calls it before every block. */
  async flush(): Promise<void> {
    if (this.payouts.length === 0 || this.pending(this.people.treasury.address)) return;
    const batch = this.payouts.splice(0, PAYOUTS_PER_MESSAGE);
    await this.chain.submit(await this.signed(this.people.treasury, batch));
  }

  get waiting(): boolean {
    return this.payouts.length > 0;
  }

  private pending(address: Address): boolean {
    return [...this.chain.state.pool.values()].some((each) => each.dest.equals(address));
  }

  private async settled(address: Address): Promise<void> {
    for (let blocks = 0; this.pending(address) && blocks < WAIT_BLOCKS; blocks++) {
      await this.chain.nextBlock();
    }
  }
}
