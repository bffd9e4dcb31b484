/**
 * A verb is one use case: who may, with what input, what happens. Edges and workers call it with a `Ctx`; other verbs call
 * `.within(tx, …)` inside their own transaction. Audit and idempotency cannot be forgotten, because they live here.
 */
import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type ActionLimit, countAction } from "./action-limits.ts";
import type { Actor, Ctx, Tx } from "./context.ts";
import { inTransaction, isRetryable } from "./db.ts";
import { platformErrors } from "./errors.ts";
import { faultPoint } from "./fault-points.ts";
import { canonicalJson, newId } from "./ids.ts";
import { actorId, writeLast } from "./last-writes.ts";
import { secret, secrets } from "./shapes.ts";

/** `user` is anybody signed in; `staff:<role>` a user with that role (`owner` has every role); `system` our own jobs. */
export type Allow = "anonymous" | "user" | "system" | `staff:${string}`;

type Spec<I extends z.ZodType, S, O> = {
  input: I;
  allow: readonly Allow[];
  /** Reads outside, before the transaction: the network, slow work. */
  look?: (ctx: Ctx, input: z.output<I>) => Promise<S>;
  run: (tx: Tx, input: z.output<I>, seen: S) => Promise<O>;
  /**
   * `result` (default): a repeated request key answers with the stored result. `nothing`: the result holds a secret, so it is
   * neither stored nor replayed, and the verb must be safe to repeat by itself.
   */
  keep?: "result" | "nothing";
  /** How often one person may do this; counted with what was done, exactly, over all instances (action-limits.ts). */
  limit?: ActionLimit;
};

export type Verb<I extends z.ZodType, S, O> = {
  (ctx: Ctx, input: z.input<I>): Promise<O>;
  /** Joins the caller's transaction; the caller has authorised it. `seen` is what `look` would have found. */
  within(tx: Tx, input: z.input<I>, ...seen: S extends undefined ? [] : [S]): Promise<O>;
  readonly title: string;
};

export function verb<I extends z.ZodType, O, S = undefined>(
  title: string,
  spec: Spec<I, S, O>,
): Verb<I, S, O> {
  const act = async (ctx: Ctx, raw: z.input<I>): Promise<O> => {
    assertAllowedFor(ctx.actor, spec.allow);
    const input = parseInput(spec.input, raw);
    const seen = (spec.look ? await spec.look(ctx, input) : undefined) as S;
    return transact(
      ctx,
      (tx) => remembered(tx, title, spec, input, ctx.requestKey, () => counted(tx, title, spec, input, seen)),
      title,
    );
  };
  const within = async (tx: Tx, raw: z.input<I>, ...seen: unknown[]): Promise<O> => {
    const input = parseInput(spec.input, raw);
    const result = await counted(tx, title, spec, input, seen[0] as S);
    record(tx, {
      title,
      input: forLog(spec.input, input, tx.settings.dataKey),
      hash: hashOf(input, tx.settings.dataKey),
      result: kept(spec, result),
    });
    return result;
  };
  return Object.assign(act, { within, title }) as Verb<I, S, O>;
}

/** A repetition is answered before it comes here, and so is not counted. */
async function counted<I extends z.ZodType, S, O>(
  tx: Tx,
  title: string,
  spec: Spec<I, S, O>,
  input: z.output<I>,
  seen: S,
): Promise<O> {
  if (spec.limit) await countAction(tx, title, spec.limit);
  return spec.run(tx, input, seen);
}

/**
 * Opens a transaction, runs `work`, writes its jobs, its log and live events, commits. Repeats it after a deadlock or a
 * serialization failure, when nothing of it has happened. For verbs; a watcher that records many things at once uses it too.
 */
export async function transact<O>(
  ctx: Ctx,
  work: (tx: Tx) => Promise<O>,
  title = actorId(ctx.actor),
): Promise<O> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const done = await inTransaction(ctx.db, async (db, now) => {
        const tx: Tx = {
          actor: ctx.actor,
          log: ctx.log,
          settings: ctx.settings,
          db,
          now,
          requestId: ctx.requestId,
          jobs: [],
          actions: [],
          live: [],
          publicNews: [],
        };
        const result = await work(tx);
        if (tx.jobs.length > 0) await ctx.enqueueIn(db, tx.jobs);
        await writeLast(tx);
        faultPoint(`before-commit.${title}`);
        return result;
      });
      faultPoint(`after-commit.${title}`);
      return done;
    } catch (error) {
      if (attempt >= 4 || !isRetryable(error)) throw error;
      await Bun.sleep(5 * 2 ** attempt + Math.random() * 20);
    }
  }
}

export function isAllowed(actor: Actor, allow: readonly Allow[]): boolean {
  if (actor.kind !== "user") return allow.includes(actor.kind);
  if (allow.includes("user") || allow.includes("anonymous")) return true;
  return actor.staffRoles.some(
    (role) =>
      allow.includes(`staff:${role}`) || (role === "owner" && allow.some((one) => one.startsWith("staff:"))),
  );
}

/** Throws `unauthenticated` for nobody, `forbidden` for the wrong somebody. */
export function assertAllowedFor(actor: Actor, allow: readonly Allow[]): void {
  if (isAllowed(actor, allow)) return;
  throw actor.kind === "anonymous" ? platformErrors.unauthenticated() : platformErrors.forbidden();
}

/** Parses or throws `platform.invalid` with the paths and codes of what is wrong, never the values. */
export function parseInput<I extends z.ZodType>(schema: I, raw: unknown): z.output<I> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join("."), code: issue.code, message: issue.message }));
  throw platformErrors.invalid({ issues });
}

/** Keyed: whoever reads the log could otherwise try telephone numbers until one fits. */
const hashOf = (input: unknown, key: Buffer): Buffer =>
  createHmac("sha256", key).update(canonicalJson(input)).digest();

async function remembered<I extends z.ZodType, S, O>(
  tx: Tx,
  title: string,
  spec: Spec<I, S, O>,
  input: z.output<I>,
  requestKey: string | undefined,
  run: () => Promise<O>,
): Promise<O> {
  const key = spec.keep === "nothing" ? undefined : requestKey;
  const hash = hashOf(input, tx.settings.dataKey);
  if (key !== undefined) {
    const before = await replay(tx, title, key, hash);
    if (before !== undefined) return before.result as O;
  }
  const result = await run();
  record(tx, {
    title,
    input: forLog(spec.input, input, tx.settings.dataKey),
    hash,
    result: kept(spec, result),
    ...(key === undefined ? {} : { key }),
  });
  return result;
}

/** The same key at the same moment waits for the first to commit, then replays it; with other input it is a conflict. */
async function replay(
  tx: Tx,
  title: string,
  key: string,
  hash: Buffer,
): Promise<{ result: unknown } | undefined> {
  const id = actorId(tx.actor);
  await tx.db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.actor.kind}\n${id}\n${title}\n${key}`}, 0))`,
  );
  const { rows } = await tx.db.execute<{ input_hash: Buffer; result: unknown }>(sql`
    select input_hash, result from platform.actions
    where actor_kind = ${tx.actor.kind} and actor_id = ${id} and verb = ${title} and request_key = ${key}`);
  const row = rows[0];
  if (!row) return undefined;
  if (!hash.equals(row.input_hash)) throw platformErrors.key_reused();
  return { result: row.result ?? undefined };
}

type Entry = { title: string; input: unknown; hash: Buffer; result: unknown; key?: string };

function record(tx: Tx, { title, input, hash, result, key }: Entry): void {
  tx.actions.push({
    id: newId(tx.now.getTime()),
    title,
    key,
    hash,
    input: canonicalJson(input),
    result: result === undefined ? null : canonicalJson(result),
  });
}

const kept = <I extends z.ZodType, S, O>(spec: Spec<I, S, O>, result: O): unknown =>
  spec.keep === "nothing" ? undefined : result;

const unreadable = secret(z.unknown());

/** Replaces the fields marked `secret` by their HMAC, so that the log proves what was sent without holding it. */
export function forLog(schema: z.ZodType, value: unknown, key: Buffer): unknown {
  if (value === undefined || value === null) return value;
  if (secrets.has(schema))
    return { hmac: createHmac("sha256", key).update(canonicalJson(value)).digest("hex") };
  if (schema instanceof z.ZodObject && typeof value === "object") {
    const shape = schema.shape as Record<string, z.ZodType>;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        shape[name] ? forLog(shape[name], inner, key) : inner,
      ]),
    );
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return forLog(schema.unwrap() as z.ZodType, value, key);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((inner) => forLog(schema.element as z.ZodType, inner, key));
  if (schema instanceof z.ZodUnion) {
    const taken = (schema.options as z.ZodType[]).find((one) => one.safeParse(value).success);
    return forLog(taken ?? unreadable, value, key);
  }
  return value;
}
