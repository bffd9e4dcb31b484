/** toncenter's HTTP API v2 over JSON-RPC (docs.ton.org, ecosystem/api/toncenter/v2): shows finalized blocks only. */
import { Address, loadTransaction, type Message, type Transaction } from "@ton/core";
import { z } from "zod";
import type { Guard } from "../../platform/gateway.ts";
import {
  type ChainEndpoint,
  cellOf,
  EndpointFault,
  jsonOf,
  type LinkedTransaction,
  MessageRefused,
  normalBody,
  rawAddress,
  saysRefused,
  TooFarBack,
  type TransactionName,
} from "./endpoint.ts";
import type { ChainMessage } from "./port.ts";

const decimal = z.union([z.string().regex(/^\d{1,30}$/), z.number().int().nonnegative()]).transform(BigInt);
const envelope = z.object({ ok: z.boolean(), result: z.unknown(), error: z.string().nullish() });
const transactions = z.array(
  z.object({ data: z.string(), transaction_id: z.object({ lt: decimal, hash: z.string() }) }),
);
const information = z.object({
  balance: decimal,
  code: z.string(),
  data: z.string(),
  last_transaction_id: z.object({ lt: decimal }),
  sync_utime: z.number().int(),
  state: z.enum(["active", "uninitialized", "frozen"]),
});

/** This API gives at most a hundred at once, the newest first; further back it is asked page by page. */
const PAGE = 100;
const PAGES_MAX = 20;
/** Reading any account, even one that never was, carries the newest block's time. */
const ZERO = `0:${"0".repeat(64)}`;

const toMessage = (message: Message): ChainMessage | null => {
  const { info, body } = message;
  if (info.type === "internal")
    return {
      source: info.src.toRawString(),
      destination: info.dest.toRawString(),
      value: info.value.coins,
      isBounced: info.bounced,
      body: normalBody(body),
    };
  if (info.type === "external-in")
    return {
      source: null,
      destination: info.dest.toRawString(),
      value: 0n,
      isBounced: false,
      body: normalBody(body),
    };
  return null;
};

const isAborted = ({ description }: Transaction): boolean =>
  "aborted" in description ? description.aborted : false;

/** Everything is read from the transaction's own cell, and the hash is computed from it: fields beside it are not believed. */
function toTransaction(account: string, data: string): LinkedTransaction {
  const cell = cellOf(data);
  let parsed: Transaction;
  try {
    parsed = loadTransaction(cell.beginParse());
  } catch {
    throw new EndpointFault("a transaction that does not parse");
  }
  const hash = parsed.address.toString(16).padStart(64, "0");
  if (Address.parse(account).hash.toString("hex") !== hash)
    throw new EndpointFault("a transaction of another account");
  return {
    hash: cell.hash().toString("hex"),
    lt: parsed.lt,
    prevLt: parsed.prevTransactionLt,
    at: parsed.now,
    account: rawAddress(account),
    isAborted: isAborted(parsed),
    inMessage: parsed.inMessage ? toMessage(parsed.inMessage) : null,
    outMessages: parsed.outMessages.values().flatMap((one) => toMessage(one) ?? []),
  };
}

type Call = <T extends z.ZodType>(
  method: string,
  params: Record<string, unknown>,
  shape: T,
) => Promise<z.output<T>>;

/** Page by page from the newest, or from `upTo`, back to `afterLt`. */
async function walkBack(
  call: Call,
  account: string,
  afterLt: bigint,
  upTo?: TransactionName,
): Promise<LinkedTransaction[]> {
  const found: LinkedTransaction[] = [];
  let upper = upTo && { lt: upTo.lt.toString(), hash: Buffer.from(upTo.hash, "hex").toString("base64") };
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const params = { address: account, limit: PAGE, to_lt: afterLt.toString(), archival: true, ...upper };
    const rows = await call("getTransactions", params, transactions);
    found.push(...rows.map((row) => toTransaction(account, row.data)).filter((one) => one.lt > afterLt));
    const oldest = rows.at(-1);
    if (rows.length < PAGE || !oldest) return found;
    upper = { lt: oldest.transaction_id.lt.toString(), hash: oldest.transaction_id.hash };
  }
  throw new TooFarBack();
}

/** `url` is the JSON-RPC address, e.g. `https://toncenter.com/api/v2/jsonRPC`. */
export function toncenterV2(options: {
  url: string;
  apiKey: string | undefined;
  guard: Guard;
}): ChainEndpoint {
  const headers = {
    "content-type": "application/json",
    ...(options.apiKey ? { "X-API-Key": options.apiKey } : {}),
  };

  const call: Call = (method, params, shape) =>
    options.guard.call(method, async (signal) => {
      const body = JSON.stringify({ jsonrpc: "2.0", id: "1", method, params });
      const response = await fetch(options.url, { method: "POST", headers, body, signal });
      const given = envelope.safeParse(await jsonOf(response));
      if (!given.success) throw new EndpointFault(`${method}: status ${response.status}, no envelope`);
      if (!given.data.ok || !response.ok) {
        if (method === "sendBoc" && saysRefused(given.data.error ?? ""))
          throw new MessageRefused("the chain did not accept the message");
        throw new EndpointFault(`${method}: status ${response.status}`);
      }
      const parsed = shape.safeParse(given.data.result);
      if (!parsed.success) throw new EndpointFault(`${method}: an answer of another shape`);
      return parsed.data;
    });

  const read = (address: string) => call("getAddressInformation", { address }, information);

  return {
    name: "toncenter-v2",
    now: async () => (await read(ZERO)).sync_utime,
    transactions: async (account, afterLt, limit, upTo) =>
      (await walkBack(call, account, afterLt, upTo)).sort((a, b) => (a.lt < b.lt ? -1 : 1)).slice(0, limit),
    async account(address) {
      const given = await read(address);
      const isActive = given.state === "active";
      return {
        // This API does not tell an account that never was from one without code.
        status:
          given.state === "uninitialized" && given.last_transaction_id.lt === 0n
            ? "nonexistent"
            : given.state,
        balance: given.balance,
        data: isActive && given.data ? normalBody(cellOf(given.data)) : null,
        codeHash: isActive && given.code ? cellOf(given.code).hash().toString("hex") : null,
        lastLt: given.last_transaction_id.lt,
        at: given.sync_utime,
      };
    },
    send: (boc) => call("sendBoc", { boc }, z.unknown()).then(() => undefined),
  };
}
