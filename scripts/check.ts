/** `npm run check`: formatting, lint, types, boundaries, dead code and tidiness, side by side, in seconds. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { cruise } from "./boundaries.ts";
import { findFaults } from "./tidy/index.ts";
import { readTree } from "./tidy/tree.ts";

const ROOT = resolve(import.meta.dir, "..");
const BIN = join(ROOT, "node_modules/.bin");
/** Fewer than this, and the cruiser has not understood the code rather than found it in order. */
const MODULES_MIN = 100;

type Outcome = { readonly isGood: boolean; readonly said: string };

function run(...command: readonly string[]): Promise<Outcome> {
  const [program = "", ...args] = command;
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", (error) => done({ isGood: false, said: error.message }));
    child.once("close", (code) => done({ isGood: code === 0, said }));
  });
}

async function boundaries(): Promise<Outcome> {
  const found = await cruise();
  const faults = found.violations.map(({ rule, from, to }) => `${from} → ${to}  (${rule})`);
  if (found.modules < MODULES_MIN)
    faults.push(`only ${found.modules} modules seen: the cruiser does not read TypeScript`);
  return { isGood: faults.length === 0, said: faults.join("\n") };
}

async function tidiness(): Promise<Outcome> {
  const faults = findFaults(readTree(ROOT));
  return { isGood: faults.length === 0, said: faults.join("\n") };
}

/** What was found before is kept, and only what changed since, with all that leans on it, is looked at again. */
const types = (): Promise<Outcome> =>
  run(
    "node",
    ...["node_modules/typescript7/bin/tsc", "--noEmit", "--pretty", "false", "-p", "."],
    ...["--incremental", "--tsBuildInfoFile", ".souk/types.tsbuildinfo"],
  );

const bun = process.execPath;
const checks: Record<string, () => Promise<Outcome>> = {
  "format and lint": () =>
    run(join(BIN, "biome"), "check", "--diagnostic-level=warn", "--max-diagnostics=50"),
  types,
  boundaries,
  "planted violations": () => run(bun, "test", "./server/test/boundaries/boundaries.test.ts"),
  "dead code": () => run(bun, "--bun", join(BIN, "knip"), "--no-progress", "--no-config-hints"),
  tidiness,
};

const started = Date.now();
const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1);
const results = await Promise.all(
  Object.entries(checks).map(async ([name, check]) => {
    const begun = Date.now();
    const { isGood, said } = await check().catch(
      (error: Error): Outcome => ({ isGood: false, said: error.message }),
    );
    console.log(`${isGood ? "ok    " : "FAILED"}  ${name}, ${seconds(begun)} s`);
    return { name, isGood, said };
  }),
);
const failed = results.filter(({ isGood }) => !isGood);
for (const { name, said } of failed) console.log(`\n── ${name}\n${said.trim()}`);
console.log(`\n${results.length - failed.length} passed, ${failed.length} failed (${seconds(started)} s)`);
process.exit(failed.length === 0 ? 0 : 1);
