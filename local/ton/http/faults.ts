/** Faults on order: what a real endpoint does on a bad day, for tests and for a curious person. */
import { Address, Cell } from "@ton/core";
import { decodeAccount, encodeAccount } from "../chain/machine.ts";

export type Api = "v2" | "v3";

export type Fault = {
  api: Api | "any";
  /** A method (v2: `sendBoc`; v3: the last part of the path, `transactions`), or `*` for all. */
  method: string;
  /** How many calls it spoils; null until cleared. */
  times: number | null;
} & FaultKind;

type FaultKind =
  /** No answer for so many seconds; before: nothing was done; after: it was done all the same. */
  | { kind: "timeoutBefore" | "timeoutAfter"; seconds: number }
  | { kind: "status"; status: number }
  | { kind: "malformed" }
  /** Lists of transactions leave out, or give twice, the first so many rows. */
  | { kind: "skip" | "repeat"; count: number }
  /** The endpoint shows the chain as it was so many seconds ago. */
  | { kind: "lag"; seconds: number }
  /** The endpoint claims something false of one account. Balance in nanograms; code and data as base64 BoC. */
  | {
      kind: "lie";
      account: string;
      balance?: string;
      code?: string;
      data?: string;
      hideTransactions?: boolean;
    };

type Lie = Extract<Fault, { kind: "lie" }>;

/** What the spoilt answer must look like; handlers read it, the outer layer does the rest. */
export type Spoil = { skip: number; repeat: number; lagSeconds: number; lies: Map<string, Lie> };

export class Faults {
  private list: Fault[] = [];

  add(fault: Fault): void {
    const checked =
      fault.kind === "lie" ? { ...fault, account: Address.parse(fault.account).toRawString() } : fault;
    this.list.push(checked);
  }

  clear(): void {
    this.list = [];
  }

  all(): readonly Fault[] {
    return this.list;
  }

  /** Takes what applies to this call: at most one fault of transport, and all that colour the content. */
  take(api: Api, method: string): { transport: Fault | undefined; spoil: Spoil } {
    const spoil: Spoil = { skip: 0, repeat: 0, lagSeconds: 0, lies: new Map() };
    let transport: Fault | undefined;
    for (const fault of [...this.list]) {
      if (fault.api !== "any" && fault.api !== api) continue;
      if (fault.method !== "*" && fault.method !== method) continue;
      if (fault.kind === "skip") spoil.skip = fault.count;
      else if (fault.kind === "repeat") spoil.repeat = fault.count;
      else if (fault.kind === "lag") spoil.lagSeconds = fault.seconds;
      else if (fault.kind === "lie") spoil.lies.set(fault.account, fault);
      else if (transport === undefined) transport = fault;
      else continue;
      this.use(fault);
    }
    return { transport, spoil };
  }

  private use(fault: Fault): void {
    if (fault.times === null) return;
    fault.times -= 1;
    if (fault.times <= 0) this.list = this.list.filter((each) => each !== fault);
  }
}

/** The account that the lie describes, as base64 ShardAccount. */
export function applyLie(account: string, lie: Lie): string {
  const shard = decodeAccount(account);
  if (shard.account === undefined || shard.account === null) return account;
  const { storage } = shard.account;
  if (lie.balance !== undefined) storage.balance.coins = BigInt(lie.balance);
  if (lie.code !== undefined || lie.data !== undefined) {
    const old = storage.state.type === "active" ? storage.state.state : { code: null, data: null };
    const code = lie.code === undefined ? old.code : Cell.fromBase64(lie.code);
    const data = lie.data === undefined ? old.data : Cell.fromBase64(lie.data);
    storage.state = { type: "active", state: { code: code ?? null, data: data ?? null } };
  }
  return encodeAccount(shard);
}

/** Rows of a list after `skip` and `repeat`. */
export function spoilRows<T>(rows: T[], spoil: Spoil): T[] {
  return [...rows.slice(0, spoil.repeat), ...rows.slice(spoil.skip)];
}
