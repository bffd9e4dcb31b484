/** What a phone downloads before the Mini App shows anything: at most 200 kB of script, gzipped. And what comes later, by part. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { buildPages, MINI_APP } from "../launcher/build.ts";
import { table } from "./lib/measure.ts";

const FIRST_LOAD_MAX_KB = 200;

type Chunk = {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly isEntry?: boolean;
};

await buildPages([MINI_APP]);
const dist = resolve(import.meta.dir, "..", MINI_APP.directory, "dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Record<string, Chunk>;
const kilobytes = (file: string): number =>
  gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1_000;

/** The entry and everything that it imports before it can run. */
function firstLoad(): Set<string> {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key);
  return seen;
}

const first = firstLoad();
/** One language comes with the first load too; the larger one counts. */
const isLanguage = (key: string): boolean => /language\.(ru|en)\.ts$/.test(key);
const scripts = Object.entries(manifest).filter(([, { file }]) => file.endsWith(".js"));
const sizes = scripts.map(([key, { file }]) => ({ key, size: kilobytes(file), isFirst: first.has(key) }));
const words = Math.max(0, ...sizes.filter(({ key }) => isLanguage(key)).map(({ size }) => size));
const total = words + sizes.filter(({ isFirst }) => isFirst).reduce((sum, { size }) => sum + size, 0);
table([
  ["part", "kB gzipped", "when"],
  ...sizes
    .sort((a, b) => Number(b.isFirst) - Number(a.isFirst) || b.size - a.size)
    .map(({ key, size, isFirst }) => [
      key,
      size.toFixed(1),
      isFirst ? "first load" : isLanguage(key) ? "first load, one of them" : "when needed",
    ]),
]);
console.log(`first load ${total.toFixed(1)} kB of script, gzipped (at most ${FIRST_LOAD_MAX_KB})`);
process.exit(first.size > 0 && total <= FIRST_LOAD_MAX_KB ? 0 : 1);
