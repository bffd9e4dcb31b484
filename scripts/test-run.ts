/** Runs test files with `bun test` against one PostgreSQL server that belongs to this run alone. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type EmbeddedPostgres,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from "../server/src/platform/postgres/embedded.ts";
import { isAlive } from "../server/src/platform/postgres/pid-lock.ts";
import { addTotals, flawedFiles, judge, type Totals } from "./test-report.ts";

const ROOT = resolve(import.meta.dir, "..");
const TEST_HOME = join(ROOT, ".souk/test");
/** Each test has a database of its own, and a file system in memory makes its thousand files in a third of the time. */
const MEMORY = "/dev/shm";
const MEMORY_HOME = join(MEMORY, `souk-test-${createHash("sha256").update(ROOT).digest("hex").slice(0, 12)}`);
const memoryNeeded = 4 * 1024 ** 3;
const AREAS = ["server", "chain", "local", "web", "bench", "scripts", "launcher"];

/** Files of the checkout whose name ends in `suffix`, sorted, as paths below the root. */
export function findTests(suffix: string, filters: readonly string[] = []): string[] {
  const glob = new Bun.Glob(`{${AREAS.join(",")}}/**/*${suffix}{,x}`);
  return [...glob.scanSync({ cwd: ROOT })]
    .filter((path) => !path.includes("node_modules/"))
    .filter(
      (path) => filters.length === 0 || filters.some((filter) => path.includes(filter.replace(/^\.\//, ""))),
    )
    .sort();
}

/** Starts the server, hands its URL to the tests by the environment, and removes everything afterwards. */
export async function withTestServer<T>(
  work: (environment: Record<string, string>) => Promise<T>,
): Promise<T> {
  await removeAbandonedHomes();
  const home = join(roomyHome(), `run-${process.pid}`);
  const server = await startEmbeddedPostgres({ home, unsafeForTests: true });
  const clean = async (): Promise<void> => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  const interrupted = (): void => void clean().finally(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    return await work({ SOUK_TEST_DATABASE_URL: server.adminUrl });
  } finally {
    await clean();
  }
}

/** Below the checkout, or in memory where there is enough of it; one folder for each checkout. */
function roomyHome(): string {
  if (!existsSync(MEMORY)) return TEST_HOME;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= memoryNeeded ? MEMORY_HOME : TEST_HOME;
}

type RunOptions = { environment: Record<string, string>; workers?: number; timeoutMs: number };

/** More files than these failing at once is no accident of a busy machine. */
const secondTriesMax = 4;

/**
 * Runs the files side by side. The few that fail are run once more by themselves, said aloud: real processes, browsers and clocks on a busy
 * machine can miss a time limit that says nothing about the product. What fails twice has failed.
 */
export async function runTests(files: readonly string[], options: RunOptions): Promise<Totals> {
  if (files.length === 0) return judge(files, undefined, 0);
  const first = await runOnce(files, options);
  const again = flawedFiles(files, first.xml);
  if (again.length === 0 || again.length > secondTriesMax) return judge(files, first.xml, first.exitCode);
  console.log(`\nonce more, by themselves: ${again.join(", ")}`);
  const second = await runOnce(again, { ...options, workers: 1 });
  const rest = files.filter((file) => !again.includes(file));
  const others = rest.length > 0 ? [judge(rest, first.xml, 0)] : [];
  return addTotals([...others, judge(again, second.xml, second.exitCode)]);
}

/** One `bun test` over `files`. `workers` of 1 runs them one after the other in one process each. */
async function runOnce(
  files: readonly string[],
  options: RunOptions,
): Promise<{ xml: string | undefined; exitCode: number | null }> {
  mkdirSync(TEST_HOME, { recursive: true });
  const report = join(TEST_HOME, `report-${process.pid}-${Date.now()}.xml`);
  const timings = join(TEST_HOME, "timings.json");
  const child = spawn(
    process.execPath,
    [
      "test",
      options.workers ? `--parallel=${options.workers}` : "--parallel",
      "--no-isolate",
      "--only-failures",
      `--timeout=${options.timeoutMs}`,
      "--reporter=junit",
      `--reporter-outfile=${report}`,
      ...(existsSync(timings) ? [`--timings=${timings}`] : []),
      ...files.map((file) => `./${file}`),
    ],
    { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...options.environment } },
  );
  const exitCode = await new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  const xml = existsSync(report) ? readFileSync(report, "utf8") : undefined;
  rmSync(report, { force: true });
  return { xml, exitCode };
}

/** A killed run leaves its server and its files behind. */
async function removeAbandonedHomes(): Promise<void> {
  for (const folder of [TEST_HOME, MEMORY_HOME].filter((one) => existsSync(one))) {
    for (const name of readdirSync(folder)) {
      const pid = Number(/^run-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
      if (Number.isNaN(pid) || isAlive(pid)) continue;
      const home = join(folder, name);
      const left: EmbeddedPostgres | undefined = await findEmbeddedPostgres(home).catch(() => undefined);
      await left?.stop();
      rmSync(home, { recursive: true, force: true });
    }
  }
}
