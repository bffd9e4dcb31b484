/** Builds the pages with Vite, each only when something that goes into it has changed. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitForPidLock } from "../server/src/platform/postgres/pid-lock.ts";
import { ROOT } from "./home.ts";

export type Page = {
  readonly name: string;
  /** Holds vite.config.ts; the result is in its `dist`. */
  readonly directory: string;
  /** Globs below the root of everything that the result depends on. */
  readonly sources: readonly string[];
};

const COMMON = ["package.json", "bun.lock", "tsconfig.json"];

export const MINI_APP: Page = {
  name: "mini-app",
  directory: "web/miniapp",
  sources: [
    "web/**/*",
    "chain/{wrappers,contracts}/**/*",
    "server/src/**/{shapes,rules,errors,copy.*,words.*}.ts",
    ...COMMON,
  ],
};

export const LOCAL_TELEGRAM: Page = {
  name: "local-telegram",
  directory: "local/telegram/page",
  sources: ["local/telegram/page/**/*", "local/telegram/*.ts", ...COMMON],
};

/** Builds what is out of date, side by side. Returns the names of the pages built. Rejects with Vite's words. */
export async function buildPages(pages: readonly Page[], signal?: AbortSignal): Promise<string[]> {
  const stale = pages.filter((page) => !isFresh(page));
  await Promise.all(stale.map((page) => buildPage(page, signal)));
  return stale.map((page) => page.name);
}

/** In the checkout, not in SOUK_HOME: `dist` is the checkout's, whichever home it is started with. */
const STAMPS = join(ROOT, ".souk/build");
const stampOf = (page: Page): string => join(STAMPS, `${page.name}.sha256`);

function isFresh(page: Page): boolean {
  const stamp = stampOf(page);
  if (!existsSync(stamp) || !existsSync(join(ROOT, page.directory, "dist/index.html"))) return false;
  return readFileSync(stamp, "utf8") === sourcesHash(page);
}

export function sourcesHash(page: Page, root = ROOT): string {
  const paths = page.sources.flatMap((source) => [...new Bun.Glob(source).scanSync({ cwd: root })]);
  const hash = createHash("sha256").update(root);
  for (const path of [...new Set(paths)].sort()) {
    if (/(^|\/)(node_modules|dist)\//.test(path)) continue;
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

/** One at a time per page: a second start, or a test, that wants the same page waits for it instead of building it again. */
async function buildPage(page: Page, signal?: AbortSignal): Promise<void> {
  const lock = await waitForPidLock(join(STAMPS, `${page.name}.lock`), 180_000);
  try {
    if (!isFresh(page)) await runVite(page, signal);
  } finally {
    lock.release();
  }
}

async function runVite(page: Page, signal?: AbortSignal): Promise<void> {
  // Before, not after: a file that changes while Vite runs must make the next start build again.
  const hash = sourcesHash(page);
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const child = spawn(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: join(ROOT, page.directory),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }) },
  });
  let said = "";
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const end = (): void => void child.kill("SIGKILL");
  signal?.addEventListener("abort", end);
  const code = await new Promise<number | null>((done) => child.once("close", done));
  signal?.removeEventListener("abort", end);
  if (code !== 0) throw new Error(`Building ${page.directory} failed:\n${said.trim()}`);
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stampOf(page), hash);
}
