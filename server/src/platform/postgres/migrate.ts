/**
 * Numbered SQL files, applied once each, forward only. A file that was applied never changes: its checksum is kept and
 * compared. Whoever comes second, in another process, waits and then finds nothing to do.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Client, escapeIdentifier } from "pg";

export type MigrateOptions = {
  /** Connection of the role that owns the database (DATABASE_OWNER_URL). */
  readonly ownerUrl: string;
  /** The role that the application connects as. Stands in the files as `:app_role`. */
  readonly appRole: string;
  /** Directory of `0001-name.sql` files; the product's own by default. */
  readonly directory?: string;
};

export type MigrationFile = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256, hex, of the file with Unix line ends. */
  readonly checksum: string;
};

type AppliedMigration = { readonly number: number; readonly name: string; readonly checksum: string };

/** A migration that cannot be applied: the message tells the file and what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

export const MIGRATIONS_DIRECTORY = resolve(import.meta.dir, "../../../migrations");

/** "souk migrate", in decimal ASCII of its first letters: any constant will do, as long as nobody else takes it. */
const ADVISORY_LOCK = 1_936_684_651;

/**
 * Applies what is missing, each file in a transaction of its own, and returns the names of the files applied.
 * Throws MigrationError when a file changed after it was applied, is missing, comes out of order, or fails.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const files = readMigrations(options.directory);
  const client = new Client({ connectionString: options.ownerUrl, application_name: "souk migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [ADVISORY_LOCK]);
    await prepare(client, options.appRole);
    const pending = compare(files, await readApplied(client));
    for (const file of pending) await apply(client, file, options.appRole);
    return pending.map((file) => file.name);
  } finally {
    // The advisory lock belongs to the session and goes with it.
    await client.end();
  }
}

/** The files in order. Throws MigrationError for a name that does not fit and for a repeated number. */
export function readMigrations(directory = MIGRATIONS_DIRECTORY): MigrationFile[] {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  let last = 0;
  return names.map((name) => {
    const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]);
    if (Number.isNaN(number)) throw new MigrationError(`${name}: a migration is called 0001-name.sql.`);
    if (number <= last) throw new MigrationError(`${name}: the number ${number} is taken by another file.`);
    last = number;
    const sql = readFileSync(join(directory, name), "utf8").replaceAll("\r\n", "\n");
    return { number, name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/** One checksum over all files: two checkouts with the same one have the same schema. */
export function migrationsChecksum(directory = MIGRATIONS_DIRECTORY): string {
  const hash = createHash("sha256");
  for (const file of readMigrations(directory)) hash.update(`${file.name} ${file.checksum}\n`);
  return hash.digest("hex");
}

async function prepare(client: Client, appRole: string): Promise<void> {
  const roles = await client.query<{ owner: string; app: string | null; isTooStrong: boolean | null }>(
    `select current_user as owner, app.rolname as app,
            app.rolsuper or pg_has_role(app.oid, current_user, 'member') as "isTooStrong"
       from (select 1) as one left join pg_roles app on app.rolname = $1`,
    [appRole],
  );
  const row = roles.rows[0];
  if (!row?.app) {
    throw new MigrationError(
      `The application's role ${appRole} does not exist. Create it: CREATE ROLE ${escapeIdentifier(appRole)} LOGIN PASSWORD '…'.`,
    );
  }
  if (row.isTooStrong) {
    throw new MigrationError(
      `The application's role ${appRole} is a superuser or the owner itself, so nothing would keep it from rewriting the books. ` +
        "Give the application a role of its own.",
    );
  }
  await client.query(`
    create schema if not exists migrations;
    create table if not exists migrations.applied (
      number integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default clock_timestamp()
    );
    grant usage on schema migrations to ${escapeIdentifier(appRole)};
    grant select on migrations.applied to ${escapeIdentifier(appRole)};
  `);
}

async function readApplied(client: Client): Promise<AppliedMigration[]> {
  const result = await client.query<AppliedMigration>(
    "select number, name, checksum from migrations.applied order by number",
  );
  return result.rows;
}

/** What is still to be applied, after making sure that what was applied is what the files say. */
function compare(files: readonly MigrationFile[], applied: readonly AppliedMigration[]): MigrationFile[] {
  const byNumber = new Map(files.map((file) => [file.number, file]));
  for (const done of applied) {
    const file = byNumber.get(done.number);
    if (!file) {
      throw new MigrationError(
        `The database has migration ${done.name}, which this version does not know: it is older than the database. Start the newer version.`,
      );
    }
    if (file.name !== done.name || file.checksum !== done.checksum) {
      throw new MigrationError(
        `${file.name} is not what was applied as ${done.name}. An applied migration never changes: restore the file and write a new one.`,
      );
    }
  }
  const newest = applied.at(-1)?.number ?? 0;
  const known = new Set(applied.map((done) => done.number));
  const pending = files.filter((file) => !known.has(file.number));
  const late = pending.find((file) => file.number < newest);
  if (late) {
    throw new MigrationError(
      `${late.name} comes before ${applied.at(-1)?.name}, which is applied already. Give it the next number.`,
    );
  }
  return pending;
}

async function apply(client: Client, file: MigrationFile, appRole: string): Promise<void> {
  // `::app_role` would be a cast, not the placeholder.
  const sql = file.sql.replace(/(?<!:):app_role\b/g, () => escapeIdentifier(appRole));
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query("insert into migrations.applied (number, name, checksum) values ($1, $2, $3)", [
      file.number,
      file.name,
      file.checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new MigrationError(`${file.name} failed and was rolled back: ${describe(error, sql)}`, {
      cause: error,
    });
  }
}

/** The message and the line, which PostgreSQL gives as a position in characters. */
function describe(error: unknown, sql: string): string {
  const { message, position } = error as Error & { position?: string };
  return position ? `${message} (line ${sql.slice(0, Number(position)).split("\n").length})` : message;
}
