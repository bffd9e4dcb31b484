/** toncenter's HTTP API v2: JSON-RPC and the same methods as REST. Shows final blocks only. */
import { type Address, beginCell, Cell, external, type StateInit, type TupleItem } from "@ton/core";
import { type Chain, NotAccepted } from "../chain/chain.ts";
import { emulate } from "../chain/emulate.ts";
import type { LedgerTx } from "../chain/ledger.ts";
import { messageCell } from "../chain/messages.ts";
import {
  ApiError,
  addressOf,
  base64,
  bigint,
  type Context,
  hashHex,
  integer,
  type Params,
  required,
  text,
} from "./context.ts";
import { spoilRows } from "./faults.ts";
import { blockId, parseNumber, stackView, transactionView } from "./v2-views.ts";

type Handler = (context: Context, params: Params) => unknown;

const MAX_TRANSACTIONS = 100;
/** The codes that this API uses: 416 for an address that does not parse, 500 for whatever a lite server says. */
const BAD_ADDRESS = 416;
const LITE_SERVER = 500;

export const V2_METHODS: Readonly<Record<string, Handler>> = {
  getMasterchainInfo: ({ view }) => ({
    "@type": "blocks.masterchainInfo",
    last: blockId(view.final),
    state_root_hash: blockId(view.final).root_hash,
    init: blockId(0),
  }),
  getConsensusBlock: ({ view, chain }) => ({ consensus_block: view.final, timestamp: chain.now() }),
  getAddressInformation: (context, params) => addressInformation(context, address(params)),
  getAddressBalance: (context, params) => context.info(address(params)).balance.toString(),
  getAddressState: (context, params) => stateName(context.info(address(params)).status),
  getWalletInformation: walletInformation,
  getTransactions: (context, params) => {
    return spoilRows(transactions(context, params), context.spoil).map(transactionView);
  },
  runGetMethod,
  sendBoc: async ({ chain }, params) => {
    await submit(chain, bagOfCells(required(params, "boc"), "boc"));
    return { "@type": "ok" };
  },
  sendBocReturnHash: async ({ chain }, params) => {
    const sent = await submit(chain, bagOfCells(required(params, "boc"), "boc"));
    return { "@type": "raw.extMessageInfo", hash: base64(sent.hash), hash_norm: base64(sent.normalized) };
  },
  estimateFee,
};

function address(params: Params): Address {
  return addressOf(required(params, "address"), BAD_ADDRESS);
}

function stateName(status: string): string {
  return status === "active" || status === "frozen" ? status : "uninitialized";
}

function addressInformation(context: Context, address: Address) {
  const info = context.info(address);
  return {
    "@type": "raw.fullAccountState",
    balance: info.balance.toString(),
    extra_currencies: [],
    code: info.code?.toBoc().toString("base64") ?? "",
    data: info.data?.toBoc().toString("base64") ?? "",
    last_transaction_id: {
      "@type": "internal.transactionId",
      lt: info.lastLt.toString(),
      hash: base64(info.lastHash),
    },
    block_id: blockId(context.view.final),
    frozen_hash: "",
    sync_utime: context.chain.state.block(context.view.final)?.utime ?? context.chain.now(),
    state: stateName(info.status),
  };
}

async function walletInformation(context: Context, params: Params) {
  const { balance, state, last_transaction_id } = addressInformation(context, address(params));
  const result = await context.chain.machine.get({
    account: context.account(address(params)),
    address: address(params),
    method: "seqno",
    stack: [],
    now: context.chain.now(),
  });
  const top = result.stack[0];
  const seqno = result.exitCode === 0 && top?.type === "int" ? Number(top.value) : undefined;
  return { wallet: seqno !== undefined, balance, account_state: state, seqno, last_transaction_id };
}

/** Newest first; `lt` with `hash` is the newest to show (inclusive), `to_lt` the oldest (exclusive). */
function transactions(context: Context, params: Params): LedgerTx[] {
  const limit = integer(params, "limit", 10, 1, MAX_TRANSACTIONS);
  const toLt = bigint(params, "to_lt") ?? 0n;
  const all = context.transactions(address(params), false);
  const lt = bigint(params, "lt");
  const hash = text(params, "hash");
  let upTo = all.length;
  if (lt !== undefined && hash !== undefined) {
    const wanted = hashHex(hash);
    if (wanted === undefined) throw new ApiError(BAD_ADDRESS, "Invalid hash");
    const index = all.findIndex((tx) => tx.lt === lt);
    const account = address(params).toRawString();
    if (index < 0) {
      throw new ApiError(
        LITE_SERVER,
        `LITE_SERVER_UNKNOWN: cannot compute block with specified transaction: cannot find block (${account}) lt=${lt}: lt not in db`,
      );
    }
    if (all[index]?.hash !== wanted) {
      throw new ApiError(
        LITE_SERVER,
        "LITE_SERVER_UNKNOWN: cannot locate transaction in block with specified logical time: hash mismatch",
      );
    }
    upTo = index + 1;
  }
  return all
    .slice(0, upTo)
    .filter((tx) => tx.lt > toLt)
    .reverse()
    .slice(0, limit);
}

async function runGetMethod(context: Context, params: Params) {
  const method = required(params, "method");
  const target = address(params);
  const result = await context.chain.machine.get({
    account: context.account(target),
    address: target,
    method: /^-?\d+$/.test(method) ? Number(method) : method,
    stack: parseStack(params.stack),
    now: context.chain.now(),
  });
  return {
    "@type": "smc.runResult",
    gas_used: result.gasUsed,
    stack: stackView(result.stack),
    exit_code: result.exitCode,
    block_id: blockId(context.view.final),
    last_transaction_id: addressInformation(context, target).last_transaction_id,
  };
}

function parseStack(stack: unknown): TupleItem[] {
  if (stack === undefined) return [];
  if (!Array.isArray(stack)) throw new ApiError(422, "stack: value is not a valid list");
  return stack.map((item: unknown): TupleItem => {
    if (!Array.isArray(item) || item.length !== 2) throw new ApiError(422, "stack: wrong item");
    const [kind, value] = item as [unknown, unknown];
    switch (kind) {
      case "num":
      case "int":
        return { type: "int", value: parseNumber(value) };
      case "cell":
      case "tvm.Cell":
        return { type: "cell", cell: bagOfCells(String(value), "stack") };
      case "slice":
      case "tvm.Slice":
        return { type: "slice", cell: bagOfCells(String(value), "stack") };
      default:
        throw new ApiError(422, `stack: unsupported type ${String(kind)}`);
    }
  });
}

/** One root in a base64 bag of cells. */
export function bagOfCells(boc: string, name: string): Cell {
  try {
    const [root, ...others] = Cell.fromBoc(Buffer.from(boc, "base64"));
    if (root === undefined || others.length > 0) throw new Error("one root expected");
    return root;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unreadable";
    throw new ApiError(LITE_SERVER, `INVALID_BAG_OF_CELLS: ${name}: ${reason}`);
  }
}

export async function submit(chain: Chain, cell: Cell) {
  try {
    return await chain.submit(cell);
  } catch (error) {
    const known = error instanceof NotAccepted;
    const reason = known ? error.message : "cannot unpack external message";
    throw new ApiError(
      LITE_SERVER,
      `LITE_SERVER_UNKNOWN: cannot apply external message to current state : ${reason}`,
    );
  }
}

async function estimateFee(context: Context, params: Params) {
  const to = address(params);
  const part = (name: string) => {
    const value = text(params, name);
    return value === undefined ? undefined : bagOfCells(value, name);
  };
  const [code, data] = [part("init_code"), part("init_data")];
  const init: StateInit | undefined = code && data ? { code, data } : undefined;
  const body = part("body") ?? beginCell().endCell();
  const ignore = params.ignore_chksig !== false && params.ignore_chksig !== "false";
  const trace = await emulate(context.chain, messageCell(external({ to, init, body })), ignore).catch(
    (error: unknown) => {
      if (error instanceof NotAccepted) throw new ApiError(LITE_SERVER, error.message);
      throw error;
    },
  );
  return { "@type": "query.fees", source_fees: fees(trace[0]?.tx), destination_fees: [] };
}

function fees(tx: LedgerTx["tx"] | undefined) {
  const description = tx?.description.type === "generic" ? tx.description : undefined;
  const compute = description?.computePhase.type === "vm" ? description.computePhase : undefined;
  const storage = description?.storagePhase?.storageFeesCollected ?? 0n;
  const forward = description?.actionPhase?.totalFwdFees ?? 0n;
  const gas = compute?.gasFees ?? 0n;
  const action = description?.actionPhase?.totalActionFees ?? 0n;
  const inForward = (tx?.totalFees.coins ?? 0n) - storage - gas - action;
  return {
    "@type": "fees",
    in_fwd_fee: Number(inForward),
    storage_fee: Number(storage),
    gas_fee: Number(gas),
    fwd_fee: Number(forward),
  };
}
