/** What wallets remember: connections with sites and requests that wait for a person. Kept in one file over restarts. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { KeyPair } from "@tonconnect/protocol";
import type { App } from "./manifest.ts";
import type { TransactionRequest } from "./requests.ts";
import type { SignDataPayload } from "./signing.ts";

export type Session = {
  /** The wallet's public key of this connection, hex: its address on the bridge. */
  id: string;
  /** The site's. */
  clientId: string;
  person: number;
  keyPair: KeyPair;
  app: App;
  /** Milliseconds of this machine's clock. */
  since: number;
  /** Number of the last event that the wallet told the site of its own accord. */
  lastEvent: number;
  /** Requests already taken, so that one that is sent twice is asked once. */
  seen: string[];
};

export type Pending = {
  id: string;
  person: number;
  app: App;
  /** Milliseconds of this machine's clock. */
  since: number;
} & (
  | { kind: "connect"; clientId: string; proofPayload: string | null; unknownItems: string[] }
  | { kind: "transaction"; session: string; rpc: string; request: TransactionRequest }
  | { kind: "signData"; session: string; rpc: string; payload: SignDataPayload }
);

type Content = { sessions: Session[]; pending: Pending[] };

const KEPT_SEEN = 100;

export class Book {
  private readonly content: Content;
  private readonly path: string | null;

  /** `path` is the file, or null to keep nothing. */
  constructor(path: string | null) {
    this.path = path;
    this.content =
      path !== null && existsSync(path)
        ? (JSON.parse(readFileSync(path, "utf8")) as Content)
        : { sessions: [], pending: [] };
  }

  sessions(person?: number): Session[] {
    return this.content.sessions.filter((session) => person === undefined || session.person === person);
  }

  session(id: string): Session | undefined {
    return this.content.sessions.find((session) => session.id === id);
  }

  addSession(session: Session): void {
    this.content.sessions.push(session);
    this.save();
  }

  /** Also forgets what the site had asked. */
  removeSession(id: string): void {
    this.content.sessions = this.content.sessions.filter((session) => session.id !== id);
    this.content.pending = this.content.pending.filter(
      (each) => each.kind === "connect" || each.session !== id,
    );
    this.save();
  }

  /** False if the request was taken before. */
  takeOnce(session: Session, rpc: string): boolean {
    if (session.seen.includes(rpc)) return false;
    session.seen = [...session.seen, rpc].slice(-KEPT_SEEN);
    this.save();
    return true;
  }

  /** The number of the session's next event. */
  nextEvent(session: Session): number {
    session.lastEvent += 1;
    this.save();
    return session.lastEvent;
  }

  pending(person: number): Pending[] {
    return this.content.pending.filter((each) => each.person === person);
  }

  addPending(pending: Pending): void {
    this.content.pending.push(pending);
    this.save();
  }

  removePending(id: string): void {
    this.content.pending = this.content.pending.filter((each) => each.id !== id);
    this.save();
  }

  private save(): void {
    if (this.path === null) return;
    writeFileSync(`${this.path}.new`, JSON.stringify(this.content), { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
  }
}
