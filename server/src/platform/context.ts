import type { FilesPort } from "../gateways/files/port.ts";
import type { PaymentProviders } from "../gateways/payments/port.ts";
import type { PublicPagePort } from "../gateways/public-page/port.ts";
import type { PushPort } from "../gateways/push/port.ts";
import type { RatesPort } from "../gateways/rates/port.ts";
import type { TelegramPort } from "../gateways/telegram/port.ts";
import type { ChainPort } from "../gateways/ton/port.ts";
import type { Clock } from "./clock.ts";
import type { Db, TxDb } from "./db.ts";
import type { Log } from "./log.ts";
import type { Settings } from "./settings.ts";
import type { Words } from "./words.ts";

/** Who acts. Nothing runs as nobody: jobs, the watcher and the bot's own work are `system` with their name. */
export type Actor =
  | { kind: "user"; userId: string; telegramId: string; staffRoles: readonly string[]; sessionId?: string }
  | { kind: "system"; name: string }
  | { kind: "anonymous" };
export type ActorKind = Actor["kind"];

export const system = (name: string): Actor => ({ kind: "system", name });

/** A job asked for in a transaction, before it is written (jobs.ts). `at` delays it. */
export type PlannedJob = { name: string; id: string; payload: unknown; key: string; at?: Date };

/** One verb that ran, as the log keeps it; `input` and `result` are JSON. */
export type LoggedAction = {
  id: string;
  title: string;
  key: string | undefined;
  hash: Buffer;
  input: string;
  result: string | null;
};

/** The systems that we do not own. */
export type Gateways = {
  telegram: TelegramPort;
  publicPage: PublicPagePort;
  ton: ChainPort;
  rates: RatesPort;
  push: PushPort;
  payments: PaymentProviders;
  files: FilesPort;
};

/**
 * What an edge or a worker works with. It can reach the outside and open a transaction, but cannot move anything itself:
 * that takes a `Tx`, which in turn cannot reach the outside. The types forbid the network inside a transaction.
 */
export type Ctx = {
  readonly actor: Actor;
  readonly clock: Clock;
  readonly log: Log;
  readonly gateways: Gateways;
  readonly settings: Settings;
  readonly words: Words;
  /** For queries outside a transaction. */
  readonly db: Db;
  readonly requestId: string;
  /** The caller's idempotency key: a client's header, the bot's update id, a worker's job key. */
  readonly requestKey?: string;
  readonly enqueueIn: (tx: TxDb, jobs: PlannedJob[]) => Promise<void>;
};

/** What a verb's `run` works with. No gateways here, on purpose. */
export type Tx = {
  readonly actor: Actor;
  readonly log: Log;
  readonly settings: Settings;
  readonly db: TxDb;
  /** `platform.now()` at the start of the transaction: the same for all of its rows. */
  readonly now: Date;
  readonly requestId: string;
  /** Jobs asked for; sent with the commit, or never. Use `enqueue`. */
  readonly jobs: PlannedJob[];
  /** What was done, for the log; written just before the commit. */
  readonly actions: LoggedAction[];
  /** Live events by user; written in sorted order just before the commit. Use `publish`. */
  readonly live: { userId: string; topic: string; id: string }[];
  /** News for everybody who looks at a public list. Use `publishToAll`. */
  readonly publicNews: { topic: string; id: string }[];
};

/** The same context, acting as somebody else or under another key. */
export const as = (ctx: Ctx, actor: Actor, requestKey?: string): Ctx => {
  const { requestKey: _old, ...rest } = ctx;
  return { ...rest, actor, ...(requestKey === undefined ? {} : { requestKey }) };
};
