/**
 * A million orders of which ten thousand are open: every list is served by an index over what is open, and a far page costs what the first
 * one does. The product's own statements, caught as they go out, explained and timed.
 */
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { endDueOrders } from "../server/src/markets/services/orders/end-order.ts";
import { getOrder } from "../server/src/markets/services/orders/get-order.ts";
import { listOrders } from "../server/src/markets/services/orders/list-orders.ts";
import { orderQuery } from "../server/src/markets/services/shapes.ts";
import type { Actor, Ctx } from "../server/src/platform/context.ts";
import { createLog } from "../server/src/platform/log.ts";
import { readSettings } from "../server/src/platform/settings.ts";
import { testEnvironment } from "../server/test/context.ts";
import { createTestDatabase } from "../server/test/database.ts";
import { asOwner } from "./lib/market.ts";
import { median, table } from "./lib/measure.ts";
import { seedOrders } from "./lib/order-rows.ts";

const PAST = 990_000;
const OPEN = 10_000;
const LARGE = 10_000;
const PAGES = 1_000;
const RUNS = 300;
const ratioMax = 1.5;

type Plan = {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};
type Explained = { Plan: Plan; "Execution Time": number; "Planning Time": number };

const database = await createTestDatabase();
const pool = new pg.Pool({ connectionString: database.appUrl, max: 1 });

/** Everything that goes out, whether the builder or a prepared statement sends it. */
let caught: { text: string; values: unknown[] }[] = [];
type Sent = string | { text: string; values?: unknown[] };
const send = pool.query.bind(pool) as (sent: Sent, values?: unknown[]) => Promise<unknown>;
Object.assign(pool, {
  query: (sent: Sent, values?: unknown[]) => {
    const text = typeof sent === "string" ? sent : sent.text;
    caught.push({ text, values: values ?? (typeof sent === "string" ? [] : (sent.values ?? [])) });
    return send(sent, values);
  },
});
const db = drizzle(pool);
const settings = readSettings(testEnvironment(database.appUrl));
await seedOrders(database.ownerUrl, { people: 2_000, past: PAST, open: OPEN, dataKey: settings.dataKey });
const clock = { now: () => Date.now(), date: () => new Date(), refresh: () => Promise.resolve() };
const acting = (actor: Actor): Ctx =>
  ({
    actor,
    db,
    settings,
    clock,
    log: createLog("silent"),
    enqueueIn: () => Promise.resolve(),
  }) as unknown as Ctx;
const anonymous = acting({ kind: "anonymous" });
const [first, executorId, farCursor] = await asOwner(database.ownerUrl, async (owner) => {
  const people = await owner.query<{ id: string }>("select id from public.bench_people order by n limit 1");
  const far = await owner.query<{ id: string }>(
    `select id from services.orders where status = 'active' order by id desc offset ${PAGES * 10 - 11} limit 1`,
  );
  const last = await owner.query<{ id: string }>(
    "select id from public.bench_people order by n desc limit 1",
  );
  return [people.rows[0]?.id ?? "", last.rows[0]?.id ?? "", far.rows[0]?.id ?? ""];
});
const customer = acting({ kind: "user", userId: first, telegramId: "3000001", staffRoles: [] });
const executor = acting({ kind: "user", userId: executorId, telegramId: "3002000", staffRoles: [] });

const list = (query: Record<string, string>, ctx = anonymous) => listOrders(ctx, orderQuery.parse(query));
const newest = (await list({ limit: "1" })).orders[0]?.id ?? "";
const questions: Record<string, () => Promise<unknown>> = {
  "the list": () => list({}),
  "the list, signed in": () => list({}, executor),
  "page 1000": () => list({ cursor: farCursor, limit: "10" }),
  "a category": () => list({ category: "pets" }),
  "a city": () => list({ city: "Омск" }),
  "a city's category": () => list({ city: "Омск", category: "pets" }),
  "around a place": () => list({ near: "55.7,38.1", radiusKm: "5" }),
  "around a place, far and wide": () => list({ near: "55.7,38.1", radiusKm: "300" }),
  "a word that few have": () => list({ q: "задача 555" }),
  "a word that all have": () => list({ q: "мастер" }),
  "one's own orders": () => list({ scope: "mine" }, customer),
  "what one took": () => list({ scope: "taken" }, executor),
  "one order": () => getOrder(anonymous, newest),
  "what is due": () => endDueOrders(acting({ kind: "system", name: "bench" })),
};

async function explain({ text, values }: { text: string; values: unknown[] }): Promise<Explained> {
  const { rows } = (await send(`explain (analyze, format json) ${text}`, values)) as {
    rows: { "QUERY PLAN": Explained[] }[];
  };
  return rows[0]?.["QUERY PLAN"][0] as Explained;
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
const rowsRead = (plan: Plan): number =>
  (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)) * plan["Actual Loops"];

const lines: string[][] = [["question", "queries", "ms", "rows read", "indexes"]];
const faults: string[] = [];
for (const [question, ask] of Object.entries(questions)) {
  caught = [];
  await ask();
  const explained: Explained[] = [];
  for (const query of caught) explained.push(await explain(query));
  const all = explained.flatMap(({ Plan }) => nodes(Plan));
  for (const node of all)
    if (node["Node Type"].endsWith("Seq Scan") && rowsRead(node) > LARGE)
      faults.push(`${question}: reads all of ${node["Relation Name"]}`);
  const read = all.filter((node) => node["Relation Name"] !== undefined).map(rowsRead);
  lines.push([
    question,
    String(caught.length),
    explained.reduce((sum, one) => sum + one["Execution Time"], 0).toFixed(1),
    String(Math.round(read.reduce((sum, rows) => sum + rows, 0))),
    [...new Set(all.flatMap((node) => node["Index Name"] ?? []))].join(", "),
  ]);
}

const timed = async (query: Record<string, string>): Promise<number> => {
  const begun = performance.now();
  await list(query);
  return performance.now() - begun;
};
const near: number[] = [];
const far: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  near.push(await timed({ limit: "10" }));
  far.push(await timed({ limit: "10", cursor: farCursor }));
}
const ratio = median(far) / median(near);
if (ratio > ratioMax) faults.push(`page ${PAGES} costs ${ratio.toFixed(2)} times the first one`);
await pool.end();
await database.drop();

table(lines);
console.log(
  `page 1: ${median(near).toFixed(2)} ms, page ${PAGES}: ${median(far).toFixed(2)} ms, ratio ${ratio.toFixed(2)}, at most ${ratioMax}`,
);
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
