/** The JSON of toncenter's API v3. Addresses are raw with upper-case hex, hashes base64, 64-bit numbers strings. */
import {
  Address,
  beginCell,
  type Cell,
  type CommonMessageInfo,
  loadStateInit,
  storeStateInit,
  type TransactionDescriptionGeneric,
  type TupleItem,
} from "@ton/core";
import type { LedgerTx } from "../chain/ledger.ts";
import { messageHashes, readMessage } from "../chain/messages.ts";
import type { Block, View } from "../chain/state.ts";
import type { AccountInfo } from "../chain/wallets.ts";
import { base64 } from "./context.ts";
import { blockHash, commentOf, hexNumber } from "./v2-views.ts";

export type Finality = "pending" | "confirmed" | "finalized";

/** A block makes its own transactions pending, the next one confirms them, and finality comes with the view's final block. */
export function finalityOf(seqno: number, view: View): Finality {
  if (seqno <= view.final) return "finalized";
  return seqno < view.head ? "confirmed" : "pending";
}

export function rawAddress(address: Address | string): string {
  const raw = typeof address === "string" ? address : address.toRawString();
  const [workchain, hash] = raw.split(":");
  return `${workchain}:${(hash ?? "").toUpperCase()}`;
}

type Sides = {
  before: LedgerTx | undefined;
  view: View;
  txOfMessage: (hash: string) => LedgerTx | undefined;
};

/** `before` is the account's previous transaction; `txOfMessage` finds who sent or took a message. */
export function transactionView(tx: LedgerTx, sides: Sides) {
  const finality = finalityOf(tx.seqno, sides.view);
  const { stateUpdate } = tx.tx;
  return {
    account: rawAddress(tx.account),
    hash: base64(tx.hash),
    lt: tx.lt.toString(),
    now: tx.tx.now,
    // A block of the masterchain refers to a transaction only once it is final.
    mc_block_seqno: finality === "finalized" ? tx.seqno : 0,
    trace_id: base64(tx.trace),
    trace_external_hash: base64(tx.root),
    prev_trans_hash: base64(tx.tx.prevTransactionHash.toString(16).padStart(64, "0")),
    prev_trans_lt: tx.tx.prevTransactionLt.toString(),
    orig_status: statusName(tx.tx.oldStatus),
    end_status: statusName(tx.tx.endStatus),
    total_fees: tx.tx.totalFees.coins.toString(),
    total_fees_extra_currencies: {},
    description: descriptionView(tx),
    block_ref: { workchain: Number(tx.account.split(":")[0]), shard: "8000000000000000", seqno: tx.seqno },
    in_msg: tx.inMessage === null ? null : messageView(tx.inMessage, sides.txOfMessage, tx),
    out_msgs: tx.outMessages.map((cell) => messageView(cell, sides.txOfMessage)),
    account_state_before: stateView(stateUpdate.oldHash, tx.tx.oldStatus, sides.before),
    account_state_after: stateView(stateUpdate.newHash, tx.tx.endStatus, tx),
    emulated: finality === "pending",
    finality,
  };
}

function statusName(status: string): string {
  if (status === "uninitialized") return "uninit";
  return status === "non-existing" ? "nonexist" : status;
}

function stateView(hash: Buffer, status: string, tx: LedgerTx | undefined) {
  return {
    hash: hash.toString("base64"),
    balance: tx?.balance.toString() ?? null,
    extra_currencies: {},
    account_status: statusName(status),
    frozen_hash: null,
    data_hash: tx?.dataHash == null ? null : base64(tx.dataHash),
    code_hash: tx?.codeHash == null ? null : base64(tx.codeHash),
  };
}

function descriptionView(tx: LedgerTx) {
  const { description } = tx.tx;
  if (description.type !== "generic") return { type: description.type };
  return {
    type: "ord",
    aborted: description.aborted,
    destroyed: description.destroyed,
    credit_first: description.creditFirst,
    storage_ph: storageView(description),
    credit_ph: description.creditPhase
      ? { credit: description.creditPhase.credit.coins.toString() }
      : undefined,
    compute_ph: computeView(description),
    action: actionView(description),
    bounce: bounceView(description),
  };
}

function storageView({ storagePhase }: TransactionDescriptionGeneric) {
  if (!storagePhase) return undefined;
  return {
    storage_fees_collected: storagePhase.storageFeesCollected.toString(),
    storage_fees_due: storagePhase.storageFeesDue?.toString(),
    status_change: storagePhase.statusChange,
  };
}

function computeView({ computePhase }: TransactionDescriptionGeneric) {
  if (computePhase.type === "skipped") {
    return { skipped: true, reason: computePhase.reason.replaceAll("-", "_") };
  }
  return {
    skipped: false,
    success: computePhase.success,
    msg_state_used: computePhase.messageStateUsed,
    account_activated: computePhase.accountActivated,
    gas_fees: computePhase.gasFees.toString(),
    gas_used: computePhase.gasUsed.toString(),
    gas_limit: computePhase.gasLimit.toString(),
    gas_credit: computePhase.gasCredit?.toString(),
    mode: computePhase.mode,
    exit_code: computePhase.exitCode,
    exit_arg: computePhase.exitArg ?? undefined,
    vm_steps: computePhase.vmSteps,
    vm_init_state_hash: base64(computePhase.vmInitStateHash.toString(16).padStart(64, "0")),
    vm_final_state_hash: base64(computePhase.vmFinalStateHash.toString(16).padStart(64, "0")),
  };
}

function actionView({ actionPhase }: TransactionDescriptionGeneric) {
  if (!actionPhase) return undefined;
  return {
    success: actionPhase.success,
    valid: actionPhase.valid,
    no_funds: actionPhase.noFunds,
    status_change: actionPhase.statusChange,
    total_fwd_fees: actionPhase.totalFwdFees?.toString(),
    total_action_fees: actionPhase.totalActionFees?.toString(),
    result_code: actionPhase.resultCode,
    result_arg: actionPhase.resultArg ?? undefined,
    tot_actions: actionPhase.totalActions,
    spec_actions: actionPhase.specActions,
    skipped_actions: actionPhase.skippedActions,
    msgs_created: actionPhase.messagesCreated,
    action_list_hash: base64(actionPhase.actionListHash.toString(16).padStart(64, "0")),
    tot_msg_size: {
      cells: actionPhase.totalMessageSize.cells.toString(),
      bits: actionPhase.totalMessageSize.bits.toString(),
    },
  };
}

function bounceView({ bouncePhase }: TransactionDescriptionGeneric) {
  if (!bouncePhase) return undefined;
  if (bouncePhase.type !== "ok") return { type: bouncePhase.type === "no-funds" ? "nofunds" : "negfunds" };
  return {
    type: "ok",
    msg_size: {
      cells: bouncePhase.messageSize.cells.toString(),
      bits: bouncePhase.messageSize.bits.toString(),
    },
    msg_fees: bouncePhase.messageFees.toString(),
    fwd_fees: bouncePhase.forwardFees.toString(),
  };
}

function messageView(cell: Cell, txOfMessage: Sides["txOfMessage"], taker?: LedgerTx) {
  const message = readMessage(cell);
  const { info } = message;
  const hashes = messageHashes(cell);
  const comment = commentOf(message);
  const body = message.body.beginParse();
  const sender = txOfMessage(hashes.hash);
  return {
    hash: base64(hashes.hash),
    hash_norm: info.type === "external-in" ? base64(hashes.normalized) : undefined,
    source: Address.isAddress(info.src) ? rawAddress(info.src) : null,
    destination: Address.isAddress(info.dest) ? rawAddress(info.dest) : null,
    ...infoView(info),
    opcode: body.remainingBits < 32 ? null : `0x${body.preloadUint(32).toString(16).padStart(8, "0")}`,
    in_msg_tx_hash: taker === undefined ? undefined : base64(taker.hash),
    out_msg_tx_hash: sender === undefined ? undefined : base64(sender.hash),
    message_content: {
      hash: message.body.hash().toString("base64"),
      body: message.body.toBoc().toString("base64"),
      decoded: comment === undefined ? null : { "@type": "text_comment", comment },
    },
    init_state: message.init ? initView(beginCell().store(storeStateInit(message.init)).endCell()) : null,
  };
}

function infoView(info: CommonMessageInfo) {
  const internal = info.type === "internal" ? info : undefined;
  return {
    value: internal?.value.coins.toString() ?? null,
    value_extra_currencies: internal === undefined ? null : {},
    fwd_fee: internal?.forwardFee.toString() ?? null,
    ihr_fee: internal?.ihrFee.toString() ?? null,
    created_lt: info.type === "external-in" ? null : info.createdLt.toString(),
    created_at: info.type === "external-in" ? null : info.createdAt.toString(),
    ihr_disabled: internal?.ihrDisabled ?? null,
    bounce: internal?.bounce ?? null,
    bounced: internal?.bounced ?? null,
    import_fee: info.type === "external-in" ? info.importFee.toString() : null,
  };
}

function initView(cell: Cell) {
  // Parsed once more so that a state that a wallet could not read is never shown as one.
  loadStateInit(cell.beginParse());
  return { hash: cell.hash().toString("base64"), body: cell.toBoc().toString("base64") };
}

export function accountStateView(address: Address, info: AccountInfo, withBoc: boolean) {
  const boc = (cell: Cell | null) => cell?.toBoc().toString("base64") ?? null;
  return {
    address: rawAddress(address),
    balance: info.balance.toString(),
    extra_currencies: {},
    status: info.status,
    last_transaction_hash: base64(info.lastHash),
    last_transaction_lt: info.lastLt.toString(),
    data_hash: info.data?.hash().toString("base64") ?? null,
    code_hash: info.code?.hash().toString("base64") ?? null,
    ...(withBoc ? { data_boc: boc(info.data), code_boc: boc(info.code) } : {}),
    frozen_hash: null,
  };
}

export function blockView(seqno: number, block: Block | undefined, utime: number) {
  return {
    workchain: -1,
    shard: "8000000000000000",
    seqno,
    root_hash: blockHash("root", seqno),
    file_hash: blockHash("file", seqno),
    global_id: -3,
    version: 0,
    after_merge: false,
    before_split: false,
    after_split: false,
    want_merge: true,
    want_split: false,
    key_block: false,
    vert_seqno_incr: false,
    flags: 1,
    gen_utime: String(block?.utime ?? utime),
    start_lt: (block?.startLt ?? 0n).toString(),
    end_lt: (block?.endLt ?? 0n).toString(),
    tx_count: block?.txs.length ?? 0,
    masterchain_block_ref: { workchain: -1, shard: "8000000000000000", seqno },
  };
}

export function stackView(items: TupleItem[]): unknown[] {
  return items.map((item) => {
    switch (item.type) {
      case "int":
        return { type: "num", value: hexNumber(item.value) };
      case "null":
        return { type: "list", value: [] };
      case "nan":
        return { type: "num", value: "NaN" };
      case "tuple":
        return { type: "tuple", value: stackView(item.items) };
      default:
        return { type: item.type, value: item.cell.toBoc().toString("base64") };
    }
  });
}
