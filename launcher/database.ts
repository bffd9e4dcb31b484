/** The database of this start: embedded unless DATABASE_URL names a server; migrated when the owner's URL is known. */
import { Client } from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../server/src/platform/postgres/embedded.ts";
import { prepareDatabase } from "../server/src/platform/postgres/prepare.ts";
import type { Home } from "./home.ts";

export type Database = {
  readonly appUrl: string;
  /** Undefined when DATABASE_OWNER_URL is not set: then somebody else migrates. */
  readonly ownerUrl: string | undefined;
  readonly embedded: EmbeddedPostgres | undefined;
  /** Names of the migrations applied now. */
  readonly applied: readonly string[];
};

export async function openDatabase(
  home: Home,
  environment: Record<string, string | undefined>,
  port: number,
): Promise<Database> {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = environment;
  if (!appUrl && ownerUrl)
    throw new Error("DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither.");
  if (!appUrl) {
    const embedded = await startEmbeddedPostgres({ home: home.path, port });
    const applied = await prepare(embedded.ownerUrl, embedded.appUrl);
    return { appUrl: embedded.appUrl, ownerUrl: embedded.ownerUrl, embedded, applied };
  }
  const applied = ownerUrl ? await prepare(ownerUrl, appUrl) : [];
  return { appUrl, ownerUrl: ownerUrl || undefined, embedded: undefined, applied };
}

export function prepare(ownerUrl: string, appUrl: string): Promise<string[]> {
  return prepareDatabase({ ownerUrl, appRole: decodeURIComponent(new URL(appUrl).username) });
}

/** One statement as whoever the URL names. */
export async function query<T extends object>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new Client({ connectionString: url, application_name: "souk launcher" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as T[];
  } finally {
    await client.end();
  }
}

/** For the terminal: where it is, and what was done to it. */
export function describeDatabase({ embedded, applied }: Database): string {
  const where = embedded
    ? `PostgreSQL 18 on port ${embedded.port}${embedded.adopted ? ", was running still" : ""}`
    : "the configured server";
  return applied.length > 0 ? `${where}, ${applied.length} migrations applied` : where;
}
