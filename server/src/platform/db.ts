/** The one file that knows the database driver. */
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { NodePgSession, NodePgTransaction } from "drizzle-orm/node-postgres/session";
import { customType, type PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import { errorFields, type Log, sqlState } from "./log.ts";

export type Db = NodePgDatabase<Record<string, never>>;
/** A transaction's database: the same builder, plus the branding that keeps it from being mistaken for the pool. */
export type TxDb = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** For reads that work inside and outside a transaction. */
export type ReadDb = Db | TxDb;
export type Pool = pg.Pool;
/** One connection, for what must see one snapshot or hold a session. Give it back with `release()`. */
export type PoolClient = pg.PoolClient;

/** bigint columns come back as bigint: money never passes through a double. */
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => BigInt(value));

export type Database = { db: Db; pool: Pool; close(): Promise<void> };

export function connectDatabase(
  url: string,
  options: { log: Log; name: string; poolSize: number },
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize,
    application_name: options.name,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  // An idle connection that the server closes raises here; without a listener it would end the process.
  pool.on("error", (error) => options.log.warn(errorFields(error), "database connection lost"));
  return { db: drizzle(pool), pool, close: () => pool.end() };
}

/** A session of its own for LISTEN; the caller reconnects on `end`. */
export function listenClient(url: string, name: string): pg.Client {
  return new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
}

/** Serialization failure, deadlock: the transaction did nothing and can run again. */
export const isRetryable = (error: unknown): boolean => ["40001", "40P01"].includes(sqlState(error) ?? "");
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === "23505";

const begin = "begin; select platform.now() as now";

/** A transaction that knows its time: as the query builder's own, but begun and dated in one round trip. */
export async function inTransaction<T>(db: Db, work: (tx: TxDb, now: Date) => Promise<T>): Promise<T> {
  const { $client, dialect } = db as unknown as { $client: Pool; dialect: PgDialect };
  const client = await $client.connect();
  let broken: Error | undefined;
  try {
    const [, dated] = (await client.query(begin)) as unknown as [unknown, pg.QueryResult<{ now: Date }>];
    const [row] = dated.rows;
    if (!row) throw new Error("the database has no time");
    const done = await work(
      new NodePgTransaction(dialect, new NodePgSession(client, dialect, undefined), undefined) as TxDb,
      row.now,
    );
    await client.query("commit");
    return done;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * One statement on the connection of a transaction, past the query builder, prepared under `name` once per connection: for what is run
 * thousands of times a second. Positional parameters; arrays are arrays.
 */
export async function runPrepared<T extends object>(
  db: TxDb,
  statement: { name: string; text: string },
  values: unknown[],
): Promise<T[]> {
  const { client } = (db as unknown as { session: { client: pg.PoolClient } }).session;
  return (await client.query<T>({ ...statement, values })).rows;
}

/** The same outside a transaction, on whichever connection is free. */
export async function readPrepared<T extends object>(
  db: Db,
  statement: { name: string; text: string },
  values: unknown[],
): Promise<T[]> {
  const { $client } = db as Db & { $client: Pool };
  return (await $client.query<T>({ ...statement, values })).rows;
}

/** `timestamptz` as Date with milliseconds; `bytea` as Buffer; `numeric` not offered: money is `bigint` minor units. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** PostgreSQL's `point` as a place on the globe: x is the longitude. */
export const geoPoint = customType<{
  data: { latitude: number; longitude: number };
  driverData: string | { x: number; y: number };
}>({
  dataType: () => "point",
  toDriver: ({ latitude, longitude }) => `(${longitude},${latitude})`,
  // The driver parses points by itself.
  fromDriver: (value) => {
    if (typeof value !== "string") return { latitude: value.y, longitude: value.x };
    const [longitude = 0, latitude = 0] = value.slice(1, -1).split(",").map(Number);
    return { latitude, longitude };
  },
});

type Place = { latitude: number; longitude: number };
/** PostgreSQL's `box` between two corners on the globe. Written, and read by the database alone. */
export const geoBox = customType<{ data: { from: Place; to: Place }; driverData: string }>({
  dataType: () => "box",
  toDriver: ({ from, to }) => `((${from.longitude},${from.latitude}),(${to.longitude},${to.latitude}))`,
});
