/** What the first screen costs. The app is built anew, so that the figure is of this source and not of an old build. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const FIRST_LOAD_MAX = 200_000;
const vite = join(import.meta.dir, "../../node_modules/vite/bin/vite.js");

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

let dir = "";
let manifest: Record<string, Chunk> = {};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "souk-miniapp-"));
  const build = Bun.spawn(
    [process.execPath, vite, "build", import.meta.dir, "--outDir", dir, "--logLevel", "error"],
    {
      stdout: "inherit",
      stderr: "inherit",
    },
  );
  expect(await build.exited).toBe(0);
  manifest = JSON.parse(await readFile(join(dir, ".vite/manifest.json"), "utf8"));
}, 120_000);

afterAll(() => rm(dir, { recursive: true, force: true }));

/** A chunk and all that it loads at once. */
function closure(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const one of manifest[key]?.imports ?? []) closure(one, seen);
  return seen;
}

const find = (test: (chunk: Chunk, key: string) => boolean): string => {
  const key = Object.keys(manifest).find((one) => test(manifest[one] as Chunk, one));
  if (!key) throw new Error("the build has no such part");
  return key;
};

const sourceOf = (key: string): Promise<Buffer> => readFile(join(dir, manifest[key]?.file ?? ""));

/** The entry with the words of one language: what has to arrive before anything is shown. */
function firstLoad(language: "en" | "ru"): Set<string> {
  const entry = find((chunk) => chunk.isEntry === true);
  return closure(
    find((chunk) => chunk.src?.endsWith(`language.${language}.ts`) ?? false),
    closure(entry),
  );
}

for (const language of ["en", "ru"] as const)
  test(`the first load in ${language} is at most 200 kB of script, gzipped`, async () => {
    let bytes = 0;
    for (const key of firstLoad(language)) bytes += gzipSync(await sourceOf(key), { level: 9 }).length;
    console.log(`first load (${language}): ${(bytes / 1000).toFixed(1)} kB gzipped`);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_MAX);
  });

test("wallet, chain and validation are not in the first load", async () => {
  const marks = ["tc-widget-root", "storeStateInit", "ZodError"];
  const later = new Set(Object.keys(manifest).filter((key) => manifest[key]?.file.endsWith(".js")));
  for (const key of firstLoad("ru")) {
    later.delete(key);
    const source = (await sourceOf(key)).toString();
    for (const mark of marks) expect(source.includes(mark)).toBe(false);
  }
  const rest = (await Promise.all([...later].map(sourceOf))).join("");
  expect(rest.includes("tc-widget-root")).toBe(true);
});

test("only one language is loaded", () => {
  const files = [...firstLoad("ru")].map((key) => manifest[key]?.src ?? "");
  expect(files.some((file) => file.endsWith("language.en.ts"))).toBe(false);
});

test("text files have compressed twins beside them, and the page no inline script", async () => {
  const entry = manifest[find((chunk) => chunk.isEntry === true)]?.file ?? "";
  for (const suffix of [".br", ".gz"]) expect(await Bun.file(join(dir, entry + suffix)).exists()).toBe(true);
  const page = await readFile(join(dir, "index.html"), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(page).not.toMatch(/(src|href)="https?:/);
});
