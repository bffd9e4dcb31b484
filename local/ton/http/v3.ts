/** The parts of toncenter's API v3 that the product reads. Shows what is not final too, and says so (`finality`). */
import type { TupleItem } from "@ton/core";
import type { LedgerTx } from "../chain/ledger.ts";
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
import { bagOfCells, submit } from "./v2.ts";
import { parseNumber } from "./v2-views.ts";
import {
  accountStateView,
  blockView,
  finalityOf,
  rawAddress,
  stackView,
  transactionView,
} from "./v3-views.ts";

type Handler = (context: Context, params: Params) => unknown;

const UNPROCESSABLE = 422;
const MAX_ROWS = 1000;

/** Method name (the last part of the path) to handler; `POST` ones take a JSON body. */
export const V3_METHODS: Readonly<Record<string, { verb: "GET" | "POST"; run: Handler }>> = {
  masterchainInfo: {
    verb: "GET",
    run: ({ view, chain }) => ({
      last: blockView(view.final, chain.state.block(view.final), chain.now()),
      first: blockView(0, undefined, 0),
    }),
  },
  transactions: { verb: "GET", run: listTransactions },
  pendingTransactions: { verb: "GET", run: pendingTransactions },
  transactionsByMessage: { verb: "GET", run: transactionsByMessage },
  accountStates: { verb: "GET", run: accountStates },
  addressInformation: { verb: "GET", run: addressInformation },
  runGetMethod: { verb: "POST", run: runGetMethod },
  message: { verb: "POST", run: sendMessage },
};

/** A parameter that may be given several times. */
function many(params: Params, name: string): string[] {
  const value = params[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((each) => String(each).split(","));
}

function hash(params: Params, name: string): string | undefined {
  const value = text(params, name);
  if (value === undefined) return undefined;
  const hex = hashHex(value);
  if (hex === undefined) throw new ApiError(UNPROCESSABLE, `invalid value for ${name}: not a hash`);
  return hex;
}

function listTransactions(context: Context, params: Params) {
  const { ledger } = context.chain.state;
  const accounts = many(params, "account").map((value) => addressOf(value, UNPROCESSABLE));
  const all =
    accounts.length > 0
      ? accounts.flatMap((account) => context.transactions(account, true))
      : ledger.everything().filter((tx) => tx.seqno <= context.view.head);
  const wanted = hash(params, "hash");
  const lt = bigint(params, "lt");
  const [startLt, endLt] = [bigint(params, "start_lt"), bigint(params, "end_lt")];
  const [startUtime, endUtime] = [bigint(params, "start_utime"), bigint(params, "end_utime")];
  const seqno = bigint(params, "mc_seqno");
  const rows = all.filter(
    (tx) =>
      (wanted === undefined || tx.hash === wanted) &&
      (lt === undefined || tx.lt === lt) &&
      (startLt === undefined || tx.lt >= startLt) &&
      (endLt === undefined || tx.lt <= endLt) &&
      (startUtime === undefined || tx.tx.now >= Number(startUtime)) &&
      (endUtime === undefined || tx.tx.now <= Number(endUtime)) &&
      (seqno === undefined || tx.seqno === Number(seqno)),
  );
  return page(context, params, rows);
}

function page(context: Context, params: Params, rows: LedgerTx[]) {
  const limit = integer(params, "limit", 10, 1, MAX_ROWS);
  const offset = integer(params, "offset", 0, 0, Number.MAX_SAFE_INTEGER);
  const sort = text(params, "sort") ?? "desc";
  if (sort !== "asc" && sort !== "desc") throw new ApiError(UNPROCESSABLE, "sort: asc or desc expected");
  const sign = sort === "asc" ? 1 : -1;
  rows.sort((a, b) => sign * (a.lt < b.lt ? -1 : a.lt > b.lt ? 1 : 0));
  return view(context, rows.slice(offset, offset + limit));
}

function view(context: Context, rows: LedgerTx[]) {
  const { ledger } = context.chain.state;
  const book = new Map(
    rows.map((tx) => [rawAddress(tx.account), addressOf(tx.account, UNPROCESSABLE).toString()]),
  );
  return {
    transactions: spoilRows(rows, context.spoil).map((tx) =>
      transactionView(tx, {
        before: ledger.byHash(tx.tx.prevTransactionHash.toString(16).padStart(64, "0")),
        view: context.view,
        txOfMessage: (message) => ledger.byOutgoing(message),
      }),
    ),
    address_book: Object.fromEntries(
      [...book].map(([raw, friendly]) => [raw, { user_friendly: friendly, domain: null }]),
    ),
  };
}

function pendingTransactions(context: Context, params: Params) {
  const accounts = many(params, "account").map((value) => addressOf(value, UNPROCESSABLE).toRawString());
  if (accounts.length === 0 && text(params, "trace_id") === undefined) {
    throw new ApiError(UNPROCESSABLE, "at least one of account, trace_id should be specified");
  }
  const trace = hash(params, "trace_id");
  const rows = context.chain.state.ledger
    .everything()
    .filter((tx) => tx.seqno <= context.view.head && finalityOf(tx.seqno, context.view) !== "finalized")
    .filter(
      (tx) =>
        (accounts.length === 0 || accounts.includes(tx.account)) &&
        (trace === undefined || tx.trace === trace),
    );
  return view(context, rows);
}

function transactionsByMessage(context: Context, params: Params) {
  const { ledger } = context.chain.state;
  const wanted = hash(params, "msg_hash");
  if (wanted === undefined)
    throw new ApiError(UNPROCESSABLE, "at least one of msg_hash, body_hash, opcode should be specified");
  const direction = text(params, "direction");
  const sender = ledger.byOutgoing(wanted);
  const rows = [
    ...(direction === "out" ? [] : ledger.byIncoming(wanted)),
    ...(direction === "in" || sender === undefined ? [] : [sender]),
  ].filter((tx) => tx.seqno <= context.view.head);
  return page(context, params, rows);
}

function accountStates(context: Context, params: Params) {
  const addresses = many(params, "address").map((value) => addressOf(value, UNPROCESSABLE));
  if (addresses.length === 0) throw new ApiError(UNPROCESSABLE, "address: field required");
  const withBoc = text(params, "include_boc") !== "false";
  return {
    accounts: addresses.map((address) => accountStateView(address, context.info(address), withBoc)),
    address_book: Object.fromEntries(
      addresses.map((address) => [rawAddress(address), { user_friendly: address.toString(), domain: null }]),
    ),
    metadata: {},
  };
}

function addressInformation(context: Context, params: Params) {
  const info = context.info(addressOf(required(params, "address"), UNPROCESSABLE));
  return {
    balance: info.balance.toString(),
    code: info.code?.toBoc().toString("base64") ?? null,
    data: info.data?.toBoc().toString("base64") ?? null,
    last_transaction_lt: info.lastLt.toString(),
    last_transaction_hash: base64(info.lastHash),
    frozen_hash: null,
    status: info.status === "uninit" || info.status === "nonexist" ? "uninitialized" : info.status,
  };
}

async function runGetMethod(context: Context, params: Params) {
  const address = addressOf(required(params, "address"), UNPROCESSABLE);
  const method = required(params, "method");
  const result = await context.chain.machine.get({
    account: context.account(address),
    address,
    method: /^-?\d+$/.test(method) ? Number(method) : method,
    stack: parseStack(params.stack),
    now: context.chain.now(),
  });
  return { gas_used: result.gasUsed, exit_code: result.exitCode, stack: stackView(result.stack) };
}

function parseStack(stack: unknown): TupleItem[] {
  if (stack === undefined || stack === null) return [];
  if (!Array.isArray(stack)) throw new ApiError(UNPROCESSABLE, "stack: value is not a valid list");
  return stack.map((item: unknown): TupleItem => {
    const { type, value } = (item ?? {}) as { type?: unknown; value?: unknown };
    switch (type) {
      case "num":
        return { type: "int", value: parseNumber(value) };
      case "cell":
        return { type: "cell", cell: bagOfCells(String(value), "stack") };
      case "slice":
        return { type: "slice", cell: bagOfCells(String(value), "stack") };
      default:
        throw new ApiError(UNPROCESSABLE, `stack: unsupported type ${String(type)}`);
    }
  });
}

async function sendMessage(context: Context, params: Params) {
  const sent = await submit(context.chain, bagOfCells(required(params, "boc"), "boc"));
  return { message_hash: base64(sent.hash), message_hash_norm: base64(sent.normalized) };
}
