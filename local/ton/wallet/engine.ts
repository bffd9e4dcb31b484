/** The demo people's wallets as a site meets them: TON Connect over the bridge, with every decision left to the person. */
import { randomUUID } from "node:crypto";
import { Base64, hexToByteArray, SessionCrypto } from "@tonconnect/protocol";
import type { Chain } from "../chain/chain.ts";
import type { People, Wallet } from "../chain/people.ts";
import type { Payments, Sent } from "../chain/wallets.ts";
import { Book, type Pending, type Session } from "./book.ts";
import type { Bridge } from "./bridge.ts";
import { estimate } from "./estimate.ts";
import { BadLink, parseWalletLink } from "./link.ts";
import { type App, loadManifest } from "./manifest.ts";
import { connectPayload, messagesOf } from "./replies.ts";
import {
  CODE,
  checkValidity,
  parseRpc,
  parseSignData,
  parseTransaction,
  type Rpc,
  type TransactionRequest,
  WalletError,
} from "./requests.ts";
import { accountOf, signData } from "./signing.ts";

const TTL_SECONDS = 300;
/**
 * Sites note down a request only after the bridge has taken it, so an answer within the same moment would find nobody. No real
 * wallet is that quick.
 */
const THINKING_MS = 40;
const VALID_FOR = 300;

export type WalletEvent = {
  event: "pending" | "done" | "rejected" | "connected" | "disconnected" | "failed";
  id: string;
};
export type Outcome = { ok: true; sent?: Sent } | { ok: false; code: number; message: string };

export class WalletEngine {
  readonly book: Book;
  private readonly chain: Chain;
  private readonly people: People;
  private readonly payments: Payments;
  private readonly bridge: Bridge;
  private readonly stops = new Map<string, () => void>();
  private readonly listeners = new Set<(person: number, event: WalletEvent) => void>();

  constructor(parts: {
    chain: Chain;
    people: People;
    payments: Payments;
    bridge: Bridge;
    path: string | null;
  }) {
    this.chain = parts.chain;
    this.people = parts.people;
    this.payments = parts.payments;
    this.bridge = parts.bridge;
    this.book = new Book(parts.path);
    for (const session of this.book.sessions()) this.attend(session);
  }

  onEvent(listener: (person: number, event: WalletEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * The person follows a link into the wallet. Resolves with the request that it made, null if it only opens the wallet.
   * @throws BadLink
   */
  async open(person: number, link: string): Promise<Pending | null> {
    const parsed = parseWalletLink(link);
    if (parsed.kind === "forward") return null;
    const { manifestUrl, items } = parsed.request;
    let app: App;
    try {
      app = await loadManifest(manifestUrl);
      if (!items.some((item) => item.name === "ton_addr"))
        throw new WalletError(CODE.BAD_REQUEST, "ton_addr expected");
      const address = items.find((item) => item.name === "ton_addr");
      const network = address?.network;
      if (network !== undefined && network !== accountOf(this.wallet(person)).network) {
        throw new WalletError(CODE.BAD_REQUEST, "Wrong network");
      }
    } catch (error) {
      if (!(error instanceof WalletError)) throw error;
      this.refuseConnection(parsed.clientId, error);
      throw new BadLink(error.message);
    }
    // Following the same link twice asks once.
    const same = this.book
      .pending(person)
      .find((each) => each.kind === "connect" && each.clientId === parsed.clientId);
    if (same !== undefined) return same;
    const proof = items.find((item) => item.name === "ton_proof")?.payload;
    return this.ask({
      id: randomUUID(),
      person,
      app,
      since: Date.now(),
      kind: "connect",
      clientId: parsed.clientId,
      proofPayload: typeof proof === "string" ? proof : null,
      unknownItems: items
        .map((item) => item.name)
        .filter((name) => name !== "ton_addr" && name !== "ton_proof"),
    });
  }

  /** The person says yes. Throws RangeError if there is no such request. */
  async approve(person: number, id: string): Promise<Outcome> {
    const pending = this.take(person, id);
    if (pending.kind === "connect") {
      this.connect(pending);
      return { ok: true };
    }
    const session = this.book.session(pending.session);
    if (session === undefined) throw new RangeError("the site has disconnected");
    try {
      if (pending.kind === "signData") {
        this.answer(session, pending.rpc, { result: this.signedData(session, pending) });
        this.emit(person, { event: "done", id });
        return { ok: true };
      }
      const sent = await this.pay(this.wallet(person), pending.request);
      this.answer(session, pending.rpc, { result: sent.boc });
      this.emit(person, { event: "done", id });
      return { ok: true, sent };
    } catch (error) {
      const { code, message } =
        error instanceof WalletError ? error : { code: CODE.UNKNOWN, message: "Not sent" };
      this.answer(session, pending.rpc, { error: { code, message } });
      this.emit(person, { event: "failed", id });
      return { ok: false, code, message };
    }
  }

  /** The person says no. Throws RangeError if there is no such request. */
  reject(person: number, id: string): void {
    const pending = this.take(person, id);
    const refusal = new WalletError(CODE.USER_REJECTS, "User declined the request");
    if (pending.kind === "connect") this.refuseConnection(pending.clientId, refusal);
    else {
      const session = this.book.session(pending.session);
      const error = { code: refusal.code, message: refusal.message };
      if (session !== undefined) this.answer(session, pending.rpc, { error });
    }
    this.emit(person, { event: "rejected", id });
  }

  /** The person ends a connection; the site is told. False if there is none. */
  disconnect(person: number, id: string): boolean {
    const session = this.book.session(id);
    if (session === undefined || session.person !== person) return false;
    this.send(session, { event: "disconnect", id: this.book.nextEvent(session), payload: {} });
    this.forget(session);
    return true;
  }

  stop(): void {
    for (const stop of this.stops.values()) stop();
    this.stops.clear();
  }

  private wallet(person: number): Wallet {
    const wallet = this.people.get(person);
    if (wallet === undefined) throw new RangeError(`nobody with Telegram id ${person} lives here`);
    return wallet;
  }

  private take(person: number, id: string): Pending {
    const pending = this.book.pending(person).find((each) => each.id === id);
    if (pending === undefined) throw new RangeError("no such request");
    this.book.removePending(id);
    return pending;
  }

  private ask(pending: Pending): Pending {
    this.book.addPending(pending);
    this.emit(pending.person, { event: "pending", id: pending.id });
    return pending;
  }

  private connect(pending: Extract<Pending, { kind: "connect" }>): void {
    const wallet = this.wallet(pending.person);
    const crypto = new SessionCrypto();
    const session: Session = {
      id: crypto.sessionId,
      clientId: pending.clientId,
      person: pending.person,
      keyPair: crypto.stringifyKeypair(),
      app: pending.app,
      since: Date.now(),
      lastEvent: 0,
      seen: [],
    };
    this.book.addSession(session);
    this.attend(session);
    const payload = connectPayload(wallet, pending, this.chain.now());
    this.send(session, { event: "connect", id: this.book.nextEvent(session), payload });
    this.emit(pending.person, { event: "connected", id: pending.id });
  }

  /** Listens for what the site asks in this session. */
  private attend(session: Session): void {
    const stop = this.bridge.listen(session.id, (mail) => {
      if (mail.from !== session.clientId) return;
      setTimeout(() => {
        // The session may have ended meanwhile, by a disconnect or with the whole world.
        if (this.stops.has(session.id)) this.receive(session, mail.message);
      }, THINKING_MS);
    });
    this.stops.set(session.id, stop);
  }

  private receive(session: Session, message: string): void {
    let rpc: Rpc;
    try {
      const crypto = new SessionCrypto(session.keyPair);
      const bytes = Base64.decode(message).toUint8Array();
      rpc = parseRpc(crypto.decrypt(bytes, hexToByteArray(session.clientId)));
    } catch {
      // Not sealed by the site of this session, or no request at all: there is nobody to answer.
      return;
    }
    if (!this.book.takeOnce(session, rpc.id)) return;
    try {
      this.handle(session, rpc);
    } catch (error) {
      if (!(error instanceof WalletError)) throw error;
      this.answer(session, rpc.id, { error: { code: error.code, message: error.message } });
    }
  }

  private handle(session: Session, rpc: Rpc): void {
    const { person, app } = session;
    const common = { id: randomUUID(), person, app, since: Date.now(), session: session.id, rpc: rpc.id };
    const wallet = this.wallet(person);
    switch (rpc.method) {
      case "sendTransaction": {
        const request = parseTransaction(rpc.params, wallet, this.chain.now());
        this.ask({ ...common, kind: "transaction", request });
        return;
      }
      case "signData":
        this.ask({ ...common, kind: "signData", payload: parseSignData(rpc.params, wallet) });
        return;
      case "disconnect":
        this.answer(session, rpc.id, { result: {} });
        this.forget(session);
        return;
      default:
        throw new WalletError(CODE.NOT_SUPPORTED, `Method "${rpc.method}" is not supported`);
    }
  }

  private async pay(wallet: Wallet, request: TransactionRequest): Promise<Sent> {
    const now = this.chain.now();
    if (request.validUntil !== null) checkValidity(request.validUntil, now);
    const { enough } = await estimate(this.chain, this.payments, wallet, messagesOf(request));
    if (!enough) throw new WalletError(CODE.BAD_REQUEST, "Insufficient funds");
    const validUntil = Math.min(request.validUntil ?? now + VALID_FOR, now + VALID_FOR);
    return this.payments.send(wallet, messagesOf(request), validUntil);
  }

  private signedData(session: Session, pending: Extract<Pending, { kind: "signData" }>): object {
    const wallet = this.wallet(pending.person);
    const input = { domain: session.app.domain, timestamp: this.chain.now(), payload: pending.payload };
    const { domain, timestamp, payload } = input;
    return {
      signature: signData(wallet, input),
      address: wallet.address.toRawString(),
      timestamp,
      domain,
      payload,
    };
  }

  private answer(session: Session, id: string, body: object): void {
    this.send(session, { id, ...body });
  }

  private send(session: Session, message: object): void {
    const crypto = new SessionCrypto(session.keyPair);
    this.seal(crypto, session.clientId, message);
  }

  private seal(crypto: SessionCrypto, clientId: string, message: object): void {
    const sealed = crypto.encrypt(JSON.stringify(message), hexToByteArray(clientId));
    this.bridge.post(crypto.sessionId, clientId, Base64.encode(sealed), TTL_SECONDS);
  }

  private refuseConnection(clientId: string, error: WalletError): void {
    const payload = { code: error.code, message: error.message };
    this.seal(new SessionCrypto(), clientId, { event: "connect_error", id: 1, payload });
  }

  private forget(session: Session): void {
    this.stops.get(session.id)?.();
    this.stops.delete(session.id);
    this.book.removeSession(session.id);
    this.emit(session.person, { event: "disconnected", id: session.id });
  }

  private emit(person: number, event: WalletEvent): void {
    for (const listener of this.listeners) listener(person, event);
  }
}
