/**
 * The virtual machine: `@ton/sandbox`'s build of TON's own transaction executor, given one account and one message at a time.
 * Which accounts, messages and blocks there are is ours (chain.ts); what a contract does with a message is never ours.
 */
import {
  type Address,
  beginCell,
  Cell,
  getMethodId,
  loadShardAccount,
  loadTransaction,
  parseTuple,
  type ShardAccount,
  storeShardAccount,
  type Transaction,
  type TupleItem,
} from "@ton/core";
import { createEmptyShardAccount, Executor } from "@ton/sandbox";
import { networkConfig2026 } from "../../../chain/network-config.ts";

export type Execution =
  | { accepted: true; tx: Transaction; boc: string; account: string }
  | { accepted: false; error: string; exitCode: number | null; vmLog: string };

export type GetResult = { exitCode: number; gasUsed: number; stack: TupleItem[] };

/** A wasm instance costs a sixth of a second, and every local chain of a process can share it: it keeps no state. */
let shared: Promise<Executor> | undefined;

export class Machine {
  private readonly executor: Executor;
  readonly config: string;

  private constructor(executor: Executor, config: string) {
    this.executor = executor;
    this.config = config;
  }

  /** `config` is the root cell of the network's configuration; by default the fees of the main network since May 2026. */
  static async create(config: Cell = networkConfig2026()): Promise<Machine> {
    shared ??= Executor.create();
    return new Machine(await shared, config.toBoc({ idx: false }).toString("base64"));
  }

  /** Runs one message. `account` is a base64 ShardAccount, `now` seconds. Rejected only for an external not accepted. */
  async run(input: {
    account: string;
    message: Cell;
    now: number;
    lt: bigint;
    randomSeed: Buffer;
    /** Only for fee estimates: run as if every signature were right. */
    ignoreSignatures?: boolean;
  }): Promise<Execution> {
    const { result } = await this.executor.runTransaction({
      config: this.config,
      libs: null,
      verbosity: "short",
      shardAccount: input.account,
      now: input.now,
      lt: input.lt,
      randomSeed: input.randomSeed,
      ignoreChksig: input.ignoreSignatures ?? false,
      debugEnabled: false,
      message: input.message,
    });
    if (!result.success) {
      const vm = result.vmResults;
      return {
        accepted: false,
        error: result.error,
        exitCode: vm?.vmExitCode ?? null,
        vmLog: vm?.vmLog ?? "",
      };
    }
    const tx = loadTransaction(Cell.fromBase64(result.transaction).beginParse());
    return { accepted: true, tx, boc: result.transaction, account: result.shardAccount };
  }

  /** Runs a get method by name or id against an account's state. An account without code answers exit code -13, as lite servers do. */
  async get(input: {
    account: string | undefined;
    address: Address;
    method: string | number;
    stack: TupleItem[];
    now: number;
  }): Promise<GetResult> {
    const state = input.account === undefined ? undefined : decodeAccount(input.account).account?.storage;
    const init = state?.state.type === "active" ? state.state.state : undefined;
    if (state === undefined || init?.code === undefined || init.code === null) {
      return { exitCode: -13, gasUsed: 0, stack: [] };
    }
    const { output } = await this.executor.runGetMethod({
      code: init.code,
      data: init.data ?? Cell.EMPTY,
      methodId: typeof input.method === "string" ? getMethodId(input.method) : input.method,
      stack: input.stack,
      config: this.config,
      verbosity: "short",
      address: input.address,
      unixTime: input.now,
      balance: state.balance.coins,
      randomSeed: Buffer.alloc(32),
      gasLimit: 1_000_000n,
      debugEnabled: false,
    });
    if (!output.success) throw new Error(output.error);
    return {
      exitCode: output.vm_exit_code,
      gasUsed: Number(output.gas_used),
      stack: parseTuple(Cell.fromBase64(output.stack)),
    };
  }
}

export function encodeAccount(account: ShardAccount): string {
  return beginCell().store(storeShardAccount(account)).endCell().toBoc().toString("base64");
}

export function decodeAccount(account: string): ShardAccount {
  return loadShardAccount(Cell.fromBase64(account).beginParse());
}

/** The account of an address that nothing has ever reached. */
export function emptyAccount(address: Address): string {
  return encodeAccount(createEmptyShardAccount(address));
}
