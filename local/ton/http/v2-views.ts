/** The JSON of toncenter's API v2. */
import { createHash } from "node:crypto";
import { Address, type Cell, type Message, type TupleItem } from "@ton/core";
import type { LedgerTx } from "../chain/ledger.ts";
import { readMessage } from "../chain/messages.ts";
import { ApiError, base64 } from "./context.ts";

const MASTER_SHARD = "-9223372036854775808";

/** Hashes of blocks are made up from their numbers: nothing here makes or checks proofs. */
export function blockHash(kind: "root" | "file", seqno: number): string {
  return createHash("sha256").update(`souk-local-ton:${kind}:${seqno}`).digest("base64");
}

export function blockId(seqno: number, workchain = -1) {
  return {
    "@type": "ton.blockIdExt",
    workchain,
    shard: MASTER_SHARD,
    seqno,
    root_hash: blockHash("root", seqno),
    file_hash: blockHash("file", seqno),
  };
}

export function transactionView(tx: LedgerTx) {
  const { description, totalFees } = tx.tx;
  const storage =
    description.type === "generic" ? (description.storagePhase?.storageFeesCollected ?? 0n) : 0n;
  return {
    "@type": "raw.transaction",
    address: { "@type": "accountAddress", account_address: Address.parseRaw(tx.account).toString() },
    utime: tx.tx.now,
    data: tx.boc,
    transaction_id: { "@type": "internal.transactionId", lt: tx.lt.toString(), hash: base64(tx.hash) },
    fee: totalFees.coins.toString(),
    storage_fee: storage.toString(),
    other_fee: (totalFees.coins - storage).toString(),
    in_msg: tx.inMessage === null ? undefined : messageView(tx.inMessage),
    out_msgs: tx.outMessages.map(messageView),
  };
}

function messageView(cell: Cell) {
  const message = readMessage(cell);
  const { info } = message;
  const internal = info.type === "internal" ? info : undefined;
  const comment = commentOf(message);
  return {
    "@type": "raw.message",
    hash: cell.hash().toString("base64"),
    source: internal?.src.toString() ?? (info.type === "external-out" ? info.src.toString() : ""),
    destination: Address.isAddress(info.dest) ? info.dest.toString() : "",
    value: (internal?.value.coins ?? 0n).toString(),
    extra_currencies: [],
    fwd_fee: (internal?.forwardFee ?? 0n).toString(),
    ihr_fee: "0",
    created_lt: (info.type === "external-in" ? 0n : info.createdLt).toString(),
    body_hash: message.body.hash().toString("base64"),
    msg_data:
      comment === undefined
        ? { "@type": "msg.dataRaw", body: message.body.toBoc().toString("base64"), init_state: "" }
        : { "@type": "msg.dataText", text: Buffer.from(comment).toString("base64") },
    message: comment ?? "",
  };
}

/** The text of a comment: operation 0 and UTF-8 behind it. */
export function commentOf(message: Message): string | undefined {
  const slice = message.body.beginParse();
  if (slice.remainingBits < 32 || slice.loadUint(32) !== 0) return undefined;
  try {
    return slice.loadStringTail();
  } catch {
    return undefined;
  }
}

export function stackView(items: TupleItem[]): unknown[] {
  return items.map((item) => {
    switch (item.type) {
      case "int":
        return ["num", hexNumber(item.value)];
      case "nan":
        return ["num", "NaN"];
      case "null":
        return ["list", { "@type": "tvm.list", elements: [] }];
      case "tuple":
        return ["tuple", { "@type": "tvm.tuple", elements: item.items.map(elementView) }];
      default:
        return [item.type, { bytes: item.cell.toBoc().toString("base64") }];
    }
  });
}

function elementView(item: TupleItem): unknown {
  switch (item.type) {
    case "int":
      return {
        "@type": "tvm.stackEntryNumber",
        number: { "@type": "tvm.numberDecimal", number: item.value.toString() },
      };
    case "cell":
      return {
        "@type": "tvm.stackEntryCell",
        cell: { "@type": "tvm.cell", bytes: item.cell.toBoc().toString("base64") },
      };
    case "slice":
    case "builder":
      return {
        "@type": "tvm.stackEntrySlice",
        slice: { "@type": "tvm.slice", bytes: item.cell.toBoc().toString("base64") },
      };
    case "tuple":
      return {
        "@type": "tvm.stackEntryTuple",
        tuple: { "@type": "tvm.tuple", elements: item.items.map(elementView) },
      };
    default:
      return { "@type": "tvm.stackEntryList", list: { "@type": "tvm.list", elements: [] } };
  }
}

export function hexNumber(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/** A number of a stack argument: decimal or hex, with a sign before. */
export function parseNumber(value: unknown): bigint {
  const text = String(value);
  if (!/^-?(0x[0-9a-fA-F]+|\d+)$/.test(text))
    throw new ApiError(422, `stack: not a number: ${text.slice(0, 40)}`);
  return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
}
