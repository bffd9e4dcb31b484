/**
 * An anonymous GET through the product's full chain, with logging, against bare Hono: the price of request ids, limits, metrics, headers and
 * logs. Both are processes of their own; five runs of each, alternating; the ratio of the medians must be at least 0.6.
 */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, requestsPerSecond, table } from "./lib/measure.ts";

const RATIO_MIN = 0.6;
const RUNS = 5;
const SECONDS = 2;
const PATH = "/api/config";

const directory = mkdtempSync(join(tmpdir(), "souk-bench-"));

async function serve(
  name: string,
  environment: Record<string, string> = {},
): Promise<{ port: number; stop(): Promise<void> }> {
  const path = join(directory, `${name}.log`);
  // Logs go to a file, as they do in earnest.
  const log = openSync(path, "w");
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "lib", `${name}.ts`)], {
    stdout: log,
    stderr: log,
    env: { ...process.env, ...environment },
  });
  closeSync(log);
  for (;;) {
    const said = readFileSync(path, "utf8");
    const line = said.split("\n").find((text) => text.includes('"ready":true') && text.endsWith("}"));
    if (line) {
      const { port } = JSON.parse(line) as { port: number };
      const stop = async (): Promise<void> => {
        child.kill("SIGTERM");
        await child.exited;
      };
      return { port, stop };
    }
    if (child.exitCode !== null) throw new Error(`${name} ended: ${said}`);
    await Bun.sleep(50);
  }
}

const product = await serve("product");
const body = await (await fetch(`http://localhost:${product.port}${PATH}`)).text();
const servers = { bare: await serve("bare-hono", { BENCH_BODY: body }), product };
const results: Record<keyof typeof servers, number[]> = { bare: [], product: [] };
for (const { port } of Object.values(servers)) await requestsPerSecond(port, PATH, 1);
for (let run = 0; run < RUNS; run += 1) {
  for (const name of ["bare", "product"] as const) {
    results[name].push(await requestsPerSecond(servers[name].port, PATH, SECONDS));
  }
}
await Promise.all(Object.values(servers).map((server) => server.stop()));
rmSync(directory, { recursive: true, force: true });

const rounded = (values: readonly number[]): string =>
  values.map((value) => String(Math.round(value))).join(" ");
const ratio = median(results.product) / median(results.bare);
table([
  [`GET ${PATH}, requests/s`, "median", "runs"],
  ["bare Hono", String(Math.round(median(results.bare))), rounded(results.bare)],
  ["Souk, full chain, logging", String(Math.round(median(results.product))), rounded(results.product)],
]);
console.log(`ratio ${ratio.toFixed(2)} (at least ${RATIO_MIN})`);
process.exit(ratio >= RATIO_MIN ? 0 : 1);
