/**
 * Keeps the shared test server running while anybody uses it, and stops it when nobody has for two minutes.
 * Prints the superuser's URL as its only line.
 */
import { Client } from "pg";
import { startEmbeddedPostgres } from "../src/platform/postgres/embedded.ts";
import { takePidLock } from "../src/platform/postgres/pid-lock.ts";

const IDLE_LIMIT_MS = 120_000;

const home = process.argv[2];
if (!home) throw new Error("Usage: database-keeper.ts <home>");
const server = await startEmbeddedPostgres({ home, unsafeForTests: true });
const taken = takePidLock(`${home}/keeper.lock`);

const watch = new Client({ connectionString: server.adminUrl, application_name: "souk test keeper" });
watch.on("error", () => process.exit(1));
await watch.connect();
process.stdout.write(`${server.adminUrl}\n`);
// Two test processes that start together make two keepers; the first one keeps.
if ("holder" in taken) process.exit(0);
process.stdout.end();

let usedAt = Date.now();
setInterval(async () => {
  const others = await watch.query(
    "select 1 from pg_stat_activity where backend_type = 'client backend' and application_name <> 'souk test keeper'",
  );
  if (others.rowCount) usedAt = Date.now();
  if (Date.now() - usedAt < IDLE_LIMIT_MS) return;
  await watch.end();
  await server.stop();
  taken.lock.release();
  process.exit(0);
}, 2_000);
