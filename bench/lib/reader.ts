/** The product's own reads over one connection, with every statement that goes out of them. */
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Actor, Ctx } from "../../server/src/platform/context.ts";
import { createLog } from "../../server/src/platform/log.ts";
import { readSettings } from "../../server/src/platform/settings.ts";
import { testEnvironment } from "../../server/test/context.ts";
import { type Explained, explain, type Query } from "./explain.ts";

type Sent = string | { text: string; values?: unknown[] };

export function openReader(appUrl: string) {
  const pool = new pg.Pool({ connectionString: appUrl, max: 1 });
  const send = pool.query.bind(pool) as (sent: Sent, values?: unknown[]) => Promise<{ rows: unknown[] }>;
  let caught: Query[] = [];
  // Everything that goes out, whether the builder or a prepared statement sends it.
  Object.assign(pool, {
    query: (sent: Sent, values?: unknown[]) => {
      const { text, values: own = [] } = typeof sent === "string" ? { text: sent } : sent;
      caught.push({ sql: text, params: values ?? own });
      return send(sent, values);
    },
  });
  const db = drizzle(pool);
  const settings = readSettings(testEnvironment(appUrl));
  const clock = { now: () => Date.now(), date: () => new Date(), refresh: () => Promise.resolve() };
  const gateways = { telegram: { botUsername: () => Promise.resolve("souk_local_bot") } };
  const outside = { gateways, log: createLog("silent"), enqueueIn: () => Promise.resolve() };
  const acting = (actor: Actor): Ctx => ({ actor, db, settings, clock, ...outside }) as unknown as Ctx;
  return {
    db,
    anonymous: acting({ kind: "anonymous" }),
    person: (userId: string): Ctx => acting({ kind: "user", userId, telegramId: "1", staffRoles: [] }),
    system: acting({ kind: "system", name: "bench" }),
    /** What was asked so far is not part of the question. */
    forget: (): void => {
      caught = [];
    },
    /** The statements of one question. */
    caughtBy: async (ask: () => Promise<unknown>): Promise<Query[]> => {
      caught = [];
      await ask();
      return caught;
    },
    explain: async (queries: readonly Query[]): Promise<Explained[]> => {
      const explained: Explained[] = [];
      for (const query of queries) explained.push(await explain(send, query));
      return explained;
    },
    close: () => pool.end(),
  };
}
