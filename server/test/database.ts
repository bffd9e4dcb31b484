/**
 * A PostgreSQL database per test file, cloned in a fraction of a second from a template that holds the migrations.
 *
 * `npm test` starts one server for all and names it in SOUK_TEST_DATABASE_URL. A test file run alone starts a server of its
 * own, or finds the one that an earlier run started; that one goes away by itself when nobody has used it for a while.
 */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { createJobQueue } from "../src/platform/jobs.ts";
import { createLog } from "../src/platform/log.ts";
import { createMetrics } from "../src/platform/metrics.ts";
import { findEmbeddedPostgres } from "../src/platform/postgres/embedded.ts";
import { migrationsChecksum } from "../src/platform/postgres/migrate.ts";
import { prepareDatabase } from "../src/platform/postgres/prepare.ts";

export type TestDatabase = {
  /** Owns the database: for what a test must see or spoil behind the application's back. */
  readonly ownerUrl: string;
  /** What the product gets. */
  readonly appUrl: string;
  drop(): Promise<void>;
};

const OWNER = "souk_test_owner";
const APP = "souk_test_app";
/** The server listens on loopback and lives for minutes; one known password lets every test process in. */
const PASSWORD = "test";
const TEMPLATE_LOCK = 1_936_684_652;

/** A migrated, empty database of the caller's own. Takes about 0.1 s once the template is there. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await testServerUrl();
  const name = `test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await asAdmin(serverUrl, async (admin) => {
    const template = await ensureTemplate(admin, serverUrl);
    await admin.query(`create database ${name} template ${template} owner ${OWNER}`);
  });
  return {
    ownerUrl: urlFor(serverUrl, OWNER, name),
    appUrl: urlFor(serverUrl, APP, name),
    drop: () => asAdmin(serverUrl, (admin) => dropDatabase(admin, name)),
  };
}

/** The superuser's URL of the server for tests; starts the shared one when the caller was not given any. */
export async function testServerUrl(): Promise<string> {
  const given = process.env.SOUK_TEST_DATABASE_URL;
  if (given) return given;
  const home = resolve(import.meta.dir, "../../.souk/test/shared");
  const found = await findEmbeddedPostgres(home);
  if (found && (await isKept(found.adminUrl))) return found.adminUrl;
  return startKeeper(home);
}

/**
 * The template is named after the migrations, so changed files make a new one. Whoever comes first makes it, under a lock
 * and under another name, so that a half-made template is never cloned.
 */
async function ensureTemplate(admin: Client, serverUrl: string): Promise<string> {
  const template = `template_${schemaKey()}`;
  if (await databaseExists(admin, template)) return template;
  await admin.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
  try {
    if (await databaseExists(admin, template)) return template;
    await createRole(admin, OWNER);
    await createRole(admin, APP);
    const draft = `${template}_draft`;
    await dropDatabase(admin, draft);
    await admin.query(`create database ${draft} owner ${OWNER}`);
    await prepareDatabase({ ownerUrl: urlFor(serverUrl, OWNER, draft), appRole: APP });
    await makeQueues(urlFor(serverUrl, APP, draft));
    await admin.query(`alter database ${draft} rename to ${template}`);
    return template;
  } finally {
    await admin.query("select pg_advisory_unlock($1)", [TEMPLATE_LOCK]);
  }
}

/** The product's queues, which it would make at its first start: half of what a test's own start costs. Missing or changed ones it makes itself. */
async function makeQueues(appUrl: string): Promise<void> {
  const { modules } = await import("../src/modules.ts");
  const queue = await createJobQueue({
    url: appUrl,
    log: createLog("silent"),
    workers: modules.flatMap((one) => one.workers ?? []),
    schedules: [],
    isWorking: false,
    metrics: createMetrics(),
  });
  await queue.stop();
}

/** Changes with the migrations, with the job queue's release and with how it is installed. */
function schemaKey(): string {
  const hash = createHash("sha256").update(migrationsChecksum());
  hash.update(readFileSync(resolve(import.meta.dir, "../src/platform/postgres/prepare.ts")));
  hash.update(readFileSync(import.meta.path));
  hash.update(readFileSync(Bun.resolveSync("pg-boss/package.json", import.meta.dir)));
  return hash.digest("hex").slice(0, 16);
}

async function databaseExists(admin: Client, name: string): Promise<boolean> {
  const found = await admin.query("select 1 from pg_database where datname = $1", [name]);
  return found.rowCount === 1;
}

async function createRole(admin: Client, role: string): Promise<void> {
  const found = await admin.query("select 1 from pg_roles where rolname = $1", [role]);
  if (found.rowCount) return;
  // A known password needs no stretching, and every connection of every test would pay for it.
  await admin.query("set scram_iterations = 1");
  await admin.query(`create role ${escapeIdentifier(role)} login password ${escapeLiteral(PASSWORD)}`);
}

async function dropDatabase(admin: Client, name: string): Promise<void> {
  await admin.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
}

function urlFor(serverUrl: string, role: string, database: string): string {
  const url = new URL(serverUrl);
  url.username = role;
  url.password = PASSWORD;
  url.pathname = `/${database}`;
  return url.toString();
}

async function asAdmin<T>(serverUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** True while a keeper watches the server: one without would stay for ever, one whose keeper leaves is about to stop. */
async function isKept(adminUrl: string): Promise<boolean> {
  try {
    return await asAdmin(adminUrl, async (admin) => {
      const keeper = await admin.query(
        "select 1 from pg_stat_activity where application_name = 'souk test keeper'",
      );
      return keeper.rowCount !== 0;
    });
  } catch {
    return false;
  }
}

/** The keeper is a process of its own, because the server must outlive the test process that happened to need it first. */
function startKeeper(home: string): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dir, "database-keeper.ts"), home], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((done, fail) => {
    let said = "";
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`The keeper of the test database ended with ${code}.`)));
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes("\n")) return;
      child.unref();
      child.stdout.destroy();
      done(said.trim());
    });
  });
}
