/** Builds the page when it is missing or older than its sources. `bun local/telegram/page/build.ts` does the same by hand. */
import { existsSync, globSync, mkdirSync, rmSync, statSync } from "node:fs";
import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";

const HERE = import.meta.dir;
const DIST = join(HERE, "dist");
const ROOT = join(HERE, "../../..");
const VITE = join(ROOT, "node_modules/vite/bin/vite.js");

function isFresh(): boolean {
  const built = join(DIST, "index.html");
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  const sources = ["index.html", "vite.config.ts", ...globSync("src/**/*.*", { cwd: HERE })];
  return sources.every((path) => statSync(join(HERE, path)).mtimeMs <= builtAt);
}

/**
 * Resolves when `dist` holds the page of these sources. It is built aside and put in place by a rename, so that a server
 * that serves from it never finds half a page. Rejects with the builder's own words.
 */
export async function ensurePage(): Promise<void> {
  if (isFresh()) return;
  const aside = join(ROOT, `.souk/build/page-${process.pid}`);
  mkdirSync(dirname(aside), { recursive: true });
  const command = [
    process.execPath,
    VITE,
    "build",
    "--config",
    join(HERE, "vite.config.ts"),
    "--outDir",
    aside,
  ];
  const build = Bun.spawn(command, { stdout: "ignore", stderr: "pipe", cwd: HERE });
  const words = await new Response(build.stderr).text();
  if ((await build.exited) !== 0) throw new Error(`the page of the Local Telegram was not built: ${words}`);
  rmSync(DIST, { recursive: true, force: true });
  try {
    await rename(aside, DIST);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    // Somebody else was quicker with the same sources.
    if (!isFresh()) throw error;
  }
}

if (import.meta.main) await ensurePage();
