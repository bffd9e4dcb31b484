/**
 * Urgent services: the list against its own SQL in pgbench and against bare Hono, a take against a fixed list of statements that write
 * the same, and five hundred users at once. A server of its own with the product's settings, fsync on; medians of alternating runs.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { startEmbeddedPostgres } from "../server/src/platform/postgres/embedded.ts";
import { drive, httpRequest, percentile } from "./lib/load.ts";
import { requestsPerSecond } from "./lib/measure.ts";
import { listScript, signIns } from "./lib/order-requests.ts";
import { seedOrders } from "./lib/order-rows.ts";
import { fixedTake, takeOf } from "./lib/order-takes.ts";
import { findPgbench, runPgbench } from "./lib/pgbench.ts";
import { alternate, createReport, perSecond, type Side } from "./lib/report.ts";
import { type Server, serve } from "./lib/serve.ts";
import { createSurroundings } from "./lib/surroundings.ts";

const SECONDS = 2;
const CLIENTS = 16;
const PEOPLE = 400;
const USERS = 500;
const MIX_SECONDS = 10;
const limits = { listToPgbench: 0.35, listToBare: 0.6, takeToPgbench: 0.8 };
/** What the stack did that this market was first described on: lists and takes a second. */
const before = { lists: 436, takes: 560 };

const directory = mkdtempSync(join(tmpdir(), "souk-bench-"));
const postgres = await startEmbeddedPostgres({ home: directory, port: 0 });
process.env.SOUK_TEST_DATABASE_URL = postgres.adminUrl;

const { report, reportRatio, end } = createReport();
const pgbenchProgram = findPgbench();
const pgbench = (url: string, script: string): Promise<number> =>
  runPgbench({ program: pgbenchProgram ?? "", url, directory, script, clients: CLIENTS, seconds: SECONDS });

async function list(product: Server, bare: Server, ownerUrl: string, bearers: string[]): Promise<void> {
  // Strangers share the reads that they ask for at once; who signed in is answered by a read of their own.
  const signedIn: Side = async () => {
    let asked = 0;
    const load = await drive(product.port, CLIENTS, SECONDS, () => {
      asked += 1;
      return {
        kind: "list",
        request: httpRequest(product.port, "GET", "/api/orders", bearers[asked % PEOPLE]),
      };
    });
    if (load.faults.size > 0) throw new Error(`lists: ${JSON.stringify([...load.faults])}`);
    return load.perSecond;
  };
  const sides: Side[] = [
    signedIn,
    () => requestsPerSecond(product.port, "/api/orders", SECONDS, CLIENTS),
    () => requestsPerSecond(bare.port, "/api/orders", SECONDS, CLIENTS),
    ...(pgbenchProgram ? [() => pgbench(ownerUrl, listScript)] : []),
  ];
  const [own = 0, ours = 0, hono = 1, sql] = await alternate(sides);
  report("lists through the product, signed in", perSecond(own));
  report("lists through the product", perSecond(ours), `${before.lists} once, aim 20 times`);
  report("lists through bare Hono", perSecond(hono));
  reportRatio("the list to bare Hono", ours / hono, limits.listToBare);
  if (sql === undefined) return report("the list to pgbench", "not run: no pgbench here");
  report("the same SQL by pgbench", perSecond(sql));
  reportRatio("the list to pgbench", ours / sql, limits.listToPgbench);
}

async function takes(product: Server, ownerUrl: string, besideUrl: string, bearers: string[]): Promise<void> {
  const orders = await idsOf(ownerUrl);
  let taken = 0;
  const ours: Side = async () => {
    const load = await drive(product.port, CLIENTS, SECONDS, () => {
      const { order, person } = takeOf(taken, PEOPLE);
      taken += 1;
      const path = `/api/orders/${orders[order - 1]}/take`;
      return { kind: "take", request: httpRequest(product.port, "POST", path, bearers[person - 1]) };
    });
    if (load.faults.size > 0) throw new Error(`takes: ${JSON.stringify([...load.faults])}`);
    return load.perSecond;
  };
  const sides = pgbenchProgram ? [ours, () => pgbench(besideUrl, fixedTake(PEOPLE))] : [ours];
  const [http = 0, sql] = await alternate(sides);
  report("takes through the product", perSecond(http), `${before.takes} once, aim 5 times`);
  if (sql === undefined) return report("the take to pgbench", "not run: no pgbench here");
  report("a fixed list of statements by pgbench", perSecond(sql));
  reportRatio("the take to pgbench", http / sql, limits.takeToPgbench);
}

/** 80 % lists, 15 % views, 5 % takes and creations. */
async function mixture(product: Server, ownerUrl: string, bearers: string[]): Promise<void> {
  const orders = (await idsOf(ownerUrl)).reverse();
  let takenAt = 0;
  let made = 0;
  const any = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T;
  const ask = (kind: string, method: string, path: string, who?: string, body?: unknown) => ({
    kind,
    request: httpRequest(product.port, method, path, who, body),
  });
  const load = await drive(product.port, USERS, MIX_SECONDS, () => {
    const dice = Math.random();
    if (dice < 0.8)
      return ask(
        "list",
        "GET",
        any(["/api/orders", "/api/orders?city=%D0%9E%D0%BC%D1%81%D0%BA"]),
        any(bearers),
      );
    if (dice < 0.95) return ask("view", "GET", `/api/orders/${any(orders)}`, any(bearers));
    if (dice < 0.975) {
      takenAt += 1;
      return ask("take", "POST", `/api/orders/${orders[takenAt]}/take`, any(bearers.slice(PEOPLE / 2)));
    }
    made += 1;
    return ask("create", "POST", "/api/orders", any(bearers.slice(0, PEOPLE / 2)), {
      category: "courier",
      description: "A parcel has to go across the town right now",
      city: "Омск",
      contact: `+7900${String(made).padStart(7, "0")}`,
    });
  });
  const kinds = ["list", "view", "take", "create"].map((kind) => {
    const all = load.latencies.get(kind) ?? [];
    const at = (share: number): string => percentile(all, share).toFixed(0);
    return `${kind} ${at(0.5)}/${at(0.95)}/${at(0.99)}`;
  });
  report(`${USERS} users at once`, perSecond(load.perSecond));
  report("milliseconds, p50/p95/p99", kinds.join(", "));
  const faults = [...load.faults].map(([fault, n]) => `${n} × ${fault}`).join(", ");
  report("errors among them", faults || "none", "at most none", load.faults.size === 0);
}

async function idsOf(ownerUrl: string): Promise<string[]> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const { rows: found } = await owner.query<{ id: string }>("select id from public.bench_orders order by n");
  await owner.end();
  return found.map(({ id }) => id);
}

const around = await createSurroundings();
const beside = await createSurroundings();
for (const one of [around, beside])
  await seedOrders(one.database.ownerUrl, {
    people: PEOPLE,
    past: 0,
    open: 60_000,
    dataKey: Buffer.from(one.environment.DATA_KEY ?? "", "hex"),
  });
const product = await serve("product", "server/src/main.ts", around.environment);
const bare = await serve("bare", "bench/lib/bare-hono.ts", around.environment);
const bearers = signIns(PEOPLE, around.environment.TELEGRAM_BOT_TOKEN ?? "");
await list(product, bare, around.database.ownerUrl, bearers);
await takes(product, around.database.ownerUrl, beside.database.ownerUrl, bearers);
await mixture(product, around.database.ownerUrl, bearers);
await Promise.all([product.stop(), bare.stop()]);
await around.close();
await beside.close();
await postgres.stop();
rmSync(directory, { recursive: true, force: true });
end();
