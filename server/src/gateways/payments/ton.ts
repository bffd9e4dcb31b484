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
  type RefundSight,
} from "./port.ts";

/** The part of the chain's port that this needs. */
export type DepositChain = DepositReader & {
  readonly network: string;
  now(): Promise<number>;
  readonly certain: DepositReader;
};
type DepositReader = {
  transactions(account: string, afterLt: bigint, limit: number): Promise<DepositTransaction[]>;
  /** `at`: the chain's time up to which the reading is certain to include everything. */
  account(address: string): Promise<{ lastLt: bigint; at: number }>;
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
/** Pages that one look for a refund may take; the next look goes on where it ended. */
const PAGES_MAX = 20;
/** How long a TON Connect request may be signed, seconds. */
const SIGN_SECONDS = 300;
/** Wallets give their message some minutes of their own; after these the request cannot take effect any more. */
const SIGN_GRACE_SECONDS = 300;

export function createTonDeposits(options: {
  chain: DepositChain;
  address: string;
  certainAbove: bigint;
}): PaymentProvider {
  const { chain, certainAbove } = options;
  const address = Address.parse(options.address);
  const account = address.toRawString();
  const friendlyOf = (one: Address): string =>
    one.toString({ bounceable: false, testOnly: chain.network !== "-239" });
  const friendly = friendlyOf(address);
  /** A large sum is what both endpoints say of it. */
  const readerFor = (amount: bigint): DepositReader => (amount < certainAbove ? chain : chain.certain);
  const page: Page = (reader, afterLt, limit = PAGE) =>
    reader.transactions(account, afterLt, limit).catch(unknown);
  return {
    name: "ton",
    kind: "ton",
    assets: ["TON"],
    methods: [],
    refunds: "by_hand",
    // The sender may be an exchange, whose address is nobody's in particular.
    returnsToStranger: false,
    limits: { min: 10_000_000n, max: 10n ** 16n },
    invoiceSeconds: 3_600,
    isFollowed: true,
    renewsEverySeconds: null,
    hasWebhook: false,
    isOnChain: true,
    create: async ({ reference, amount }) => {
      const now = await chain.now().catch(unknown);
      return {
        handle: "",
        pay: {
          kind: "ton" as const,
          request: requestFor(chain.network, now, friendly, amount, reference),
          address: friendly,
          comment: reference,
          link: `ton://transfer/${friendly}?amount=${amount}&text=${encodeURIComponent(reference)}`,
        },
      };
    },
    get: (question) => receiptAbout(question, chain, page, certainAbove),
    refund: async (request) => {
      const { to } = request;
      if (!to) throw new PaymentFailure("refused", "a deposit goes back only to a named address");
      // What this request does comes later than anything that the account has seen by now.
      const { lastLt } = await readerFor(request.amount).account(account).catch(unknown);
      const now = await chain.now().catch(unknown);
      const destination = friendlyOf(Address.parse(to));
      const signed = requestFor(chain.network, now, destination, request.amount, refundComment(request));
      return {
        state: "by_hand",
        request: signed,
        signableUntil: new Date((signed.validUntil + SIGN_GRACE_SECONDS) * 1000),
        sought: lastLt.toString(),
      };
    },
    findRefund: (request) =>
      findSent(request, {
        account: () => readerFor(request.amount).account(account).catch(unknown),
        page: (afterLt) => page(readerFor(request.amount), afterLt),
      }),
    stopRenewal: () => Promise.reject(new PaymentFailure("refused", "nobody pays again by himself here")),
    // Nobody pushes: the chain is read. What is posted here is nobody's word.
    verify: () => Promise.reject(new BadSignature()),
    list: (cursor) => listPage(cursor, (afterLt) => page(chain, afterLt), certainAbove),
  };
}

type Page = (reader: DepositReader, afterLt: bigint, limit?: number) => Promise<DepositTransaction[]>;

/** One deposit by its logical time; a large one as both endpoints show it. */
async function receiptAbout(
  question: Question,
  chain: DepositChain,
  page: Page,
  certainAbove: bigint,
): Promise<Receipt[]> {
  if (question.about === "invoice") throw new PaymentFailure("refused", "the list of deposits is followed");
  const lt = BigInt(question.handle);
  const [seen] = await page(chain, lt - 1n, 1);
  const isLarge = (seen?.inMessage?.value ?? 0n) >= certainAbove;
  const one = isLarge ? (await page(chain.certain, lt - 1n, 1))[0] : seen;
  const receipt = one?.lt === lt ? receiptOf(one) : null;
  return receipt?.id === question.id ? [receipt] : [];
}

type RefundReader = {
  account(): Promise<{ lastLt: bigint; at: number }>;
  page(afterLt: bigint): Promise<DepositTransaction[]>;
};

/**
 * Whether somebody has signed it: the deposit wallet sent as much to this address, with the refund's own comment. Reads on from where
 * the last look ended, some pages at a time, so it does not grow with what else the wallet does. `none` only when all was read up
 * to a moment at which the request could no longer take effect.
 */
async function findSent(request: RefundRequest, read: RefundReader): Promise<RefundSight> {
  if (request.sought === null) return { state: "none", sought: null };
  // The account first: what is read after it reaches at least so far, or says that it does not.
  const { lastLt, at } = await read.account();
  let lt = BigInt(request.sought);
  for (let pages = 0; pages < PAGES_MAX && lt < lastLt; pages += 1) {
    const rows = await read.page(lt);
    if (rows.some((one) => isRefund(one, request))) return { state: "done", sought: lt.toString() };
    const last = rows.at(-1);
    if (!last) break;
    lt = last.lt;
  }
  const isOver = request.signableUntil !== null && at * 1000 > request.signableUntil.getTime();
  return { state: lt >= lastLt && isOver ? "none" : "pending", sought: lt.toString() };
}

function isRefund(one: DepositTransaction, request: RefundRequest): boolean {
  const to = request.to ? Address.parse(request.to).toRawString() : null;
  const wanted = refundComment(request);
  return (
    !one.isAborted &&
    one.outMessages.some(
      (out) => out.destination === to && out.value >= request.amount && commentOf(out.body) === wanted,
    )
  );
}

async function listPage(
  cursor: string | null,
  read: (afterLt: bigint) => Promise<DepositTransaction[]>,
  certainAbove: bigint,
): Promise<ListPage> {
  const rows = await read(BigInt(cursor ?? "0"));
  return {
    // The list is the word of one endpoint.
    receipts: rows
      .flatMap((one) => receiptOf(one) ?? [])
      .map((one) => ({ ...one, isSure: one.amount < certainAbove })),
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
