/**
 * An anonymous GET through the product's full chain, with logging, against bare Hono with the same query: the price of request ids,
 * limits, checked input, headers, metrics and logs. Both are processes of their own; five runs of each, alternating; the ratio is the
 * median of the five ratios of neighbours.
 * Processor time per request is that of the server's process alone, so it hardly depends on what else the machine does.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedOffers } from "./lib/market.ts";
import { median, processorSeconds, requestsPerSecond, table } from "./lib/measure.ts";
import { type Server, serve } from "./lib/serve.ts";
import { createSurroundings } from "./lib/surroundings.ts";

const RUNS = 5;
const SECONDS = 2;
const OFFERS = 250;
/**
 * The list is what people ask for, and is held to its ratio. The configuration is next to no work: its ratio shows the chain and nothing
 * else, against a constant, and 0.5 is an aim.
 */
const paths = [
  { path: "/api/listings", ratioMin: 0.6, isHeld: true },
  { path: "/api/config", ratioMin: 0.5, isHeld: false },
];

const directory = mkdtempSync(join(tmpdir(), "souk-bench-"));

type Run = { perSecond: number; microseconds: number };

async function run({ pid, port }: Server, path: string, seconds: number): Promise<Run> {
  const before = processorSeconds(pid);
  const perSecond = await requestsPerSecond(port, path, seconds);
  return { perSecond, microseconds: ((processorSeconds(pid) - before) / (perSecond * seconds)) * 1e6 };
}

type Side = "bare" | "product";

async function compare(servers: Record<Side, Server>, path: string): Promise<Record<Side, Run[]>> {
  const runs: Record<Side, Run[]> = { bare: [], product: [] };
  for (const side of ["bare", "product"] as const) await run(servers[side], path, 1);
  for (let count = 0; count < RUNS; count += 1) {
    for (const side of ["bare", "product"] as const) runs[side].push(await run(servers[side], path, SECONDS));
  }
  return runs;
}

/** Prints the runs on one path; says whether the ratio is good. */
function report(path: string, ratioMin: number, runs: Record<Side, Run[]>): boolean {
  const middle = (side: Side, value: keyof Run): number => median(runs[side].map((one) => one[value]));
  const row = (title: string, side: Side): string[] => [
    title,
    middle(side, "perSecond").toFixed(0),
    middle(side, "microseconds").toFixed(0),
    runs[side].map(({ perSecond }) => perSecond.toFixed(0)).join(" "),
  ];
  table([
    [`GET ${path}`, "requests/s", "processor µs each", "runs"],
    row("bare Hono", "bare"),
    row("Souk, full chain, logging", "product"),
  ]);
  // Of each run and the one beside it: what else the machine does then slows both alike.
  const ratios = runs.product.map(({ perSecond }, at) => perSecond / (runs.bare[at]?.perSecond ?? 0));
  const ratio = median(ratios);
  const work = middle("bare", "microseconds") / middle("product", "microseconds");
  console.log(
    `GET ${path}: ratio ${ratio.toFixed(2)} (${ratio < ratioMin ? "missed: " : ""}at least ${ratioMin}), by processor time ${work.toFixed(2)}\n`,
  );
  return ratio >= ratioMin;
}

const around = await createSurroundings();
await seedOffers(around.database.ownerUrl, OFFERS);
const product = await serve("product", "server/src/main.ts", around.environment, directory);
const config = await (await fetch(`http://localhost:${product.port}/api/config`)).text();
const bare = await serve(
  "bare",
  "bench/lib/bare-hono.ts",
  { ...around.environment, BENCH_CONFIG: config },
  directory,
);
let isGood = true;
for (const { path, ratioMin, isHeld } of paths) {
  const runs = await compare({ bare, product }, path);
  const isReached = report(path, ratioMin, runs);
  isGood &&= isReached || !isHeld;
}
await Promise.all([bare.stop(), product.stop()]);
await around.close();
rmSync(directory, { recursive: true, force: true });
process.exit(isGood ? 0 : 1);
