/**
 * A million orders of which ten thousand are open: every list is served by an index over what is open, and a far page costs what the first
 * one does. The product's own statements, caught as they go out, explained and timed.
 */
import { endDueOrders } from "../server/src/markets/services/orders/end-order.ts";
import { getOrder } from "../server/src/markets/services/orders/get-order.ts";
import { listOrders } from "../server/src/markets/services/orders/list-orders.ts";
import { orderQuery } from "../server/src/markets/services/shapes.ts";
import { readSettings } from "../server/src/platform/settings.ts";
import { testEnvironment } from "../server/test/context.ts";
import { createTestDatabase } from "../server/test/database.ts";
import { readingOf } from "./lib/explain.ts";
import { asOwner } from "./lib/market.ts";
import { median, table } from "./lib/measure.ts";
import { seedOrders } from "./lib/order-rows.ts";
import { openReader } from "./lib/reader.ts";

const PAST = 990_000;
const OPEN = 10_000;
const LARGE = 10_000;
const PAGES = 1_000;
const RUNS = 300;
const ratioMax = 1.5;

const database = await createTestDatabase();
const { dataKey } = readSettings(testEnvironment(database.appUrl));
await seedOrders(database.ownerUrl, { people: 2_000, past: PAST, open: OPEN, dataKey });
const reader = openReader(database.appUrl);
const { anonymous } = reader;
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
const customer = reader.person(first);
const executor = reader.person(executorId);

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
  "what is due": () => endDueOrders(reader.system),
};

const lines: string[][] = [["question", "queries", "ms", "rows read", "indexes"]];
const faults: string[] = [];
for (const [question, ask] of Object.entries(questions)) {
  const queries = await reader.caughtBy(ask);
  const explained = await reader.explain(queries);
  const { indexes, read, scanned } = readingOf(explained, LARGE);
  for (const name of scanned) faults.push(`${question}: reads all of ${name}`);
  lines.push([
    question,
    String(queries.length),
    explained.reduce((sum, one) => sum + one["Execution Time"], 0).toFixed(1),
    String(read),
    indexes.join(", "),
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
await reader.close();
await database.drop();

table(lines);
console.log(
  `page 1: ${median(near).toFixed(2)} ms, page ${PAGES}: ${median(far).toFixed(2)} ms, ratio ${ratio.toFixed(2)}, at most ${ratioMax}`,
);
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
