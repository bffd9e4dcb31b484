/**
 * Deposits in the chain's own coin to one address, told apart by their comment. Only finalized transactions count, and from
 * `certainAbove` on two endpoints must show the same one. The key of the deposit wallet is not ours to have: money goes back
 * by somebody's hand.
 */
import { Address, beginCell, Cell } from "@ton/core";
import type { TonConnectRequest } from "../../platform/shapes.ts";
import {
  BadSignature,
  type ListPage,
  PaymentFailure,
  type PaymentProvider,
  type Question,
  type Receipt,
  type RefundRequest,
} from "./port.ts";

/** The part of the chain's port that this needs. */
export type DepositChain = DepositReader & {
  readonly network: string;
  now(): Promise<number>;
  account(address: string): Promise<{ lastLt: bigint }>;
  readonly certain: DepositReader;
};
type DepositReader = {
  transactions(account: string, afterLt: bigint, limit: number): Promise<DepositTransaction[]>;
};
type Message = {
  source: string | null;
  destination: string | null;
  value: bigint;
  isBounced: boolean;
  body: string | null;
};
type DepositTransaction = {
  hash: string;
  lt: bigint;
  at: number;
  isAborted: boolean;
  inMessage: Message | null;
  outMessages: Message[];
};

const PAGE = 100;
/** Pages that one question may take; a deposit wallet with more between two looks is read on at the next. */
const PAGES_MAX = 50;
/** How long a TON Connect request may be signed, seconds. */
const SIGN_SECONDS = 600;

/** The deposit wallet as it can be read. */
type DepositBook = {
  page(afterLt: bigint): Promise<DepositTransaction[]>;
  /** The one transaction at this logical time; a large one as both endpoints show it. */
  at(lt: bigint): Promise<DepositTransaction | undefined>;
  /** Everything after this logical time. */
  after(lt: bigint): Promise<DepositTransaction[]>;
};

function depositBook(chain: DepositChain, account: string, certainAbove: bigint): DepositBook {
  const read = (reader: DepositReader, afterLt: bigint): Promise<DepositTransaction[]> =>
    reader.transactions(account, afterLt, PAGE).catch(unknown);
  return {
    page: (afterLt) => read(chain, afterLt),
    at: async (lt) => {
      const [one] = await read(chain, lt - 1n);
      if (!one || one.lt !== lt || (one.inMessage?.value ?? 0n) < certainAbove) return one;
      return (await read(chain.certain, lt - 1n))[0];
    },
    after: async (afterLt) => {
      const found: DepositTransaction[] = [];
      for (let page = 0, lt = afterLt; page < PAGES_MAX; page += 1) {
        const rows = await read(chain, lt);
        found.push(...rows);
        const last = rows.at(-1);
        if (!last || rows.length < PAGE) break;
        lt = last.lt;
      }
      return found;
    },
  };
}

export function createTonDeposits(options: {
  chain: DepositChain;
  address: string;
  certainAbove: bigint;
}): PaymentProvider {
  const { chain } = options;
  const address = Address.parse(options.address);
  const account = address.toRawString();
  const friendlyOf = (one: Address): string =>
    one.toString({ bounceable: false, testOnly: chain.network !== "-239" });
  const friendly = friendlyOf(address);
  const book = depositBook(chain, account, options.certainAbove);
  return {
    name: "ton",
    kind: "ton",
    assets: ["TON"],
    refunds: "by_hand",
    // The sender may be an exchange, whose address is nobody's in particular.
    returnsToStranger: false,
    limits: { min: 10_000_000n, max: 10n ** 16n },
    invoiceSeconds: 3_600,
    isFollowed: true,
    hasWebhook: false,
    isOnChain: true,
    create: async ({ reference, amount }) => {
      const now = await chain.now().catch(unknown);
      // What pays this comes later than anything that the account has seen by now.
      const { lastLt } = await chain.account(account).catch(unknown);
      return {
        handle: lastLt.toString(),
        pay: {
          kind: "ton" as const,
          request: requestFor(chain.network, now, friendly, amount, reference),
          address: friendly,
          comment: reference,
          link: `ton://transfer/${friendly}?amount=${amount}&text=${encodeURIComponent(reference)}`,
        },
      };
    },
    get: (question) => receiptsAbout(book, question),
    refund: async (request) => {
      const { to } = request;
      if (!to) throw new PaymentFailure("refused", "a deposit goes back only to a named address");
      const now = await chain.now().catch(unknown);
      const destination = friendlyOf(Address.parse(to));
      const comment = refundComment(request);
      return {
        state: "by_hand",
        request: requestFor(chain.network, now, destination, request.amount, comment),
      };
    },
    findRefund: async (request) => ((await isSent(book, request)) ? "done" : "none"),
    // Nobody pushes: the chain is read. What is posted here is nobody's word.
    verify: () => Promise.reject(new BadSignature()),
    list: (cursor) => listPage(cursor, book.page),
  };
}

async function receiptsAbout(book: DepositBook, question: Question): Promise<Receipt[]> {
  const lts =
    question.about === "receipt"
      ? [BigInt(question.handle)]
      : (await book.after(BigInt(question.handle)))
          .filter((one) => receiptOf(one)?.reference === question.reference)
          .map((one) => one.lt);
  const found: Receipt[] = [];
  for (const lt of lts) {
    const one = await book.at(lt);
    const receipt = one ? receiptOf(one) : null;
    if (receipt && (question.about === "invoice" || receipt.id === question.id)) found.push(receipt);
  }
  return found;
}

/** Somebody has signed it: the deposit wallet sent as much to this address, with the refund's own comment. */
async function isSent(book: DepositBook, request: RefundRequest): Promise<boolean> {
  const wanted = refundComment(request);
  const to = request.to ? Address.parse(request.to).toRawString() : null;
  const rows = await book.after(BigInt(request.receipt.handle));
  return rows.some(
    (one) =>
      !one.isAborted &&
      one.outMessages.some(
        (out) => out.destination === to && out.value >= request.amount && commentOf(out.body) === wanted,
      ),
  );
}

async function listPage(
  cursor: string | null,
  read: (afterLt: bigint) => Promise<DepositTransaction[]>,
): Promise<ListPage> {
  const rows = await read(BigInt(cursor ?? "0"));
  return {
    receipts: rows.flatMap((one) => receiptOf(one) ?? []),
    refunds: [],
    cursor: rows.at(-1)?.lt.toString() ?? cursor ?? "0",
    isEnd: rows.length < PAGE,
  };
}

/**
 * Money that stayed: an internal message with value that was not sent back. To a wallet that is not deployed yet the
 * transaction counts as aborted though the value stays; one that bounced has an outgoing message.
 */
function receiptOf(one: DepositTransaction): Receipt | null {
  const { inMessage: message } = one;
  if (!message?.source || message.isBounced || message.value === 0n) return null;
  if (one.isAborted && one.outMessages.length > 0) return null;
  return {
    id: one.hash,
    reference: commentOf(message.body),
    status: "paid",
    asset: "TON",
    amount: message.value,
    refunded: null,
    payer: message.source,
    at: new Date(one.at * 1000),
    handle: one.lt.toString(),
  };
}

/** Text comments only: 32 zero bits and UTF-8. As people type it: spaces around and lower case are forgiven, nothing else. */
function commentOf(body: string | null): string | null {
  if (!body) return null;
  try {
    const slice = Cell.fromBase64(body).beginParse();
    if (slice.remainingBits < 32 || slice.loadUint(32) !== 0) return null;
    const text = slice.loadStringTail().trim().toUpperCase();
    return text === "" ? null : text.slice(0, 200);
  } catch {
    return null;
  }
}

const refundComment = (request: RefundRequest): string => `R-${request.key}`.toUpperCase();

function requestFor(
  network: string,
  now: number,
  address: string,
  amount: bigint,
  comment: string,
): TonConnectRequest {
  const payload = beginCell().storeUint(0, 32).storeStringTail(comment).endCell().toBoc().toString("base64");
  return {
    network,
    validUntil: now + SIGN_SECONDS,
    messages: [{ address, amount: amount.toString(), payload }],
  };
}

const unknown = (error: unknown): never => {
  throw new PaymentFailure("unknown", error instanceof Error ? error.message : "the chain does not answer");
};
