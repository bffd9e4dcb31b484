/** Wallets over HTTP: the control API for tests and the host page, the wallets list, the wallet page. */
import { Address, Cell, internal, loadStateInit } from "@ton/core";
import { z } from "zod";
import { type Chain, NotAccepted } from "../chain/chain.ts";
import { type ContractKind, kindAt, kindOfCode } from "../chain/contracts.ts";
import type { LedgerTx } from "../chain/ledger.ts";
import type { People, Wallet } from "../chain/people.ts";
import { accountInfo, type Payments } from "../chain/wallets.ts";
import { BadRequest, bodyOf, sendShape } from "../http/control.ts";
import { json } from "../http/toncenter.ts";
import type { Pending } from "./book.ts";
import { eventStream } from "./bridge.ts";
import type { WalletEngine, WalletEvent } from "./engine.ts";
import { estimate } from "./estimate.ts";
import { historyOf } from "./history.ts";
import { BadLink } from "./link.ts";
import { APP_NAME, messagesOf } from "./replies.ts";
import type { TransactionMessage } from "./requests.ts";

export type WalletParts = {
  chain: Chain;
  people: People;
  payments: Payments;
  engine: WalletEngine;
  /** Origin under which browsers reach this server. */
  origin: () => string;
};

export const WALLET_BOT = "souk_local_wallet_bot";
const HISTORY_ROWS = 50;
const HEARTBEAT_MS = 10_000;

/** Answers `/wallets.json` and `/control/wallets…`. */
export async function walletRoutes(
  parts: WalletParts,
  request: Request,
  url: URL,
): Promise<Response | undefined> {
  if (url.pathname === "/wallets.json") return json(200, walletsList(parts));
  const match = /^\/control\/wallets(?:\/(\d+)(?:\/(.*))?)?$/.exec(url.pathname);
  if (match === null) return undefined;
  const [, id, rest = ""] = match;
  if (id === undefined)
    return json(200, { wallets: parts.people.all().map((wallet) => summary(parts, wallet)) });
  const wallet = parts.people.get(Number(id));
  if (wallet === undefined) return json(404, { error: `nobody with Telegram id ${id} lives here` });
  try {
    return await personRoutes(parts, wallet, request, rest);
  } catch (error) {
    if (error instanceof BadLink) return json(400, { error: error.message });
    if (error instanceof RangeError) return json(404, { error: error.message });
    if (error instanceof NotAccepted) return json(409, { error: error.message });
    throw error;
  }
}

async function personRoutes(
  parts: WalletParts,
  wallet: Wallet,
  request: Request,
  path: string,
): Promise<Response | undefined> {
  const { engine } = parts;
  const { person } = wallet;
  const key = `${request.method} ${path}`;
  const decision = /^POST requests\/([\w-]+)\/(approve|reject)$/.exec(key);
  if (decision?.[2] === "approve") {
    const outcome = await engine.approve(person, decision[1] ?? "");
    return json(outcome.ok ? 200 : 409, outcome);
  }
  if (decision !== null) {
    engine.reject(person, decision[1] ?? "");
    return json(200, { ok: true });
  }
  const ended = /^DELETE sessions\/([0-9a-f]{64})$/.exec(key);
  if (ended !== null) {
    const done = engine.disconnect(person, ended[1] ?? "");
    return done ? json(200, { ok: true }) : json(404, { error: "no such connection" });
  }
  switch (key) {
    case "GET ":
      return json(200, { ...summary(parts, wallet), ...details(parts, wallet) });
    case "GET requests":
      return json(200, { requests: await requests(parts, wallet) });
    case "GET events":
      return events(parts, wallet);
    case "POST open": {
      const { link } = await bodyOf(request, z.strictObject({ link: z.string() }));
      const pending = await engine.open(person, link);
      return json(200, { request: pending === null ? null : await requestView(parts, wallet, pending) });
    }
    case "POST send":
      return json(202, await sendByHand(parts, wallet, request));
    default:
      return undefined;
  }
}

function walletsList({ origin }: WalletParts) {
  return [
    {
      app_name: APP_NAME,
      name: "Local Wallet",
      image: `${origin()}/wallet/icon.svg`,
      about_url: `${origin()}/wallet`,
      universal_url: `https://t.me/${WALLET_BOT}?attach=wallet`,
      bridge: [{ type: "sse", url: `${origin()}/bridge` }],
      platforms: ["ios", "android", "macos", "windows", "linux"],
      features: [
        { name: "SendTransaction", maxMessages: 4, extraCurrencySupported: false },
        { name: "SignData", types: ["text", "binary", "cell"] },
      ],
    },
  ];
}

function summary({ chain }: WalletParts, wallet: Wallet) {
  const info = accountInfo(chain, wallet.address);
  return {
    person: wallet.person,
    name: wallet.name,
    version: wallet.version,
    address: wallet.address.toRawString(),
    friendly: wallet.address.toString({ bounceable: false }),
    balance: info.balance.toString(),
    deployed: info.status === "active",
  };
}

function details({ chain, people, engine }: WalletParts, wallet: Wallet) {
  const rows: readonly LedgerTx[] = chain.state.ledger.of(wallet.address.toRawString());
  return {
    sessions: engine.book
      .sessions(wallet.person)
      .map(({ id, app, since }) => ({ id, name: app.name, domain: app.domain, icon: app.icon, since })),
    history: rows
      .toReversed()
      .slice(0, HISTORY_ROWS)
      .flatMap((tx) => historyOf(tx, chain, people)),
  };
}

function requests(parts: WalletParts, wallet: Wallet) {
  const pending = parts.engine.book.pending(wallet.person);
  return Promise.all(pending.map((each) => requestView(parts, wallet, each)));
}

/** A request as the person sees it, with what it would cost now. */
async function requestView(parts: WalletParts, wallet: Wallet, pending: Pending) {
  const { id, kind, app, since } = pending;
  const common = {
    id,
    kind,
    app: { name: app.name, url: app.url, icon: app.icon, domain: app.domain },
    since,
  };
  if (pending.kind === "connect") return { ...common, proof: pending.proofPayload !== null };
  if (pending.kind === "signData") return { ...common, payload: pending.payload };
  const messages = messagesOf(pending.request);
  const cost = await estimate(parts.chain, parts.payments, wallet, messages);
  return {
    ...common,
    validUntil: pending.request.validUntil,
    expired: (pending.request.validUntil ?? Number.POSITIVE_INFINITY) <= parts.chain.now(),
    messages: pending.request.messages.map((message) => ({
      address: message.address,
      name: parts.people.byAddress(Address.parse(message.address))?.name ?? null,
      contract: contractOf(parts.chain, message),
      amount: message.amount,
      hasPayload: message.payload !== null,
      hasStateInit: message.stateInit !== null,
    })),
    amount: cost.amount.toString(),
    fee: cost.fee.toString(),
    enough: cost.enough,
    succeeds: cost.succeeds,
  };
}

/** By the code that stands there, or that the message brings. */
function contractOf(chain: Chain, message: TransactionMessage): ContractKind | null {
  const there = kindAt(chain, Address.parse(message.address));
  if (there !== null || message.stateInit === null) return there;
  return kindOfCode(loadStateInit(Cell.fromBase64(message.stateInit).beginParse()).code);
}

/** The person pays by hand: to anybody, with anything. */
async function sendByHand({ payments }: WalletParts, wallet: Wallet, request: Request) {
  const body = await bodyOf(request, sendShape);
  if (body.body !== undefined && body.comment !== undefined) throw new BadRequest("either body or comment");
  const friendly = Address.isFriendly(body.to) ? Address.parseFriendly(body.to) : undefined;
  const message = internal({
    to: Address.parse(body.to),
    value: BigInt(body.amount),
    bounce: body.bounce ?? friendly?.isBounceable ?? true,
    body: body.body ?? body.comment,
    init: body.stateInit === undefined ? undefined : loadStateInit(body.stateInit.beginParse()),
  });
  return { ok: true, ...(await payments.send(wallet, [message])) };
}

/** What happens in the wallet, and a `balance` whenever it changes. */
function events({ chain, engine }: WalletParts, wallet: Wallet): Response {
  return eventStream((write) => {
    const send = (data: WalletEvent | { event: "balance"; balance: string }) =>
      write(`data: ${JSON.stringify(data)}\n\n`);
    let last = "";
    const look = () => {
      const rows = chain.state.ledger.of(wallet.address.toRawString());
      const { balance } = accountInfo(chain, wallet.address);
      const final = (rows.at(-1)?.seqno ?? 0) <= chain.state.view().final;
      const now = `${balance}/${rows.length}/${final}`;
      if (now === last) return;
      last = now;
      send({ event: "balance", balance: balance.toString() });
    };
    look();
    const stopChain = chain.onChange(look);
    const stopEngine = engine.onEvent((person, event) => {
      if (person === wallet.person) send(event);
    });
    const timer = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
    return () => {
      clearInterval(timer);
      stopChain();
      stopEngine();
    };
  });
}
