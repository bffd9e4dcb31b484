/** From the command to the address, on a new home with the pages to build and again on the same one; memory of each process at rest. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median, residentMegabytes, table } from "./lib/measure.ts";

const FIRST_START_AIM_S = 20;
const SECOND_START_AIM_S = 3;
const REST_MS = 10_000;
const SECOND_STARTS = 3;

const root = resolve(import.meta.dir, "..");
const home = mkdtempSync(join(tmpdir(), "souk-bench-"));

type Running = { seconds: number; launcher: number; stop(): Promise<void> };

async function start(): Promise<Running> {
  const begun = performance.now();
  const child = Bun.spawn([process.execPath, "souk.ts", "start"], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, SOUK_HOME: home, SOUK_PORT: "18100" },
    stdout: "pipe",
    stderr: "inherit",
  });
  let said = "";
  for await (const chunk of child.stdout) {
    said += Buffer.from(chunk).toString();
    if (said.includes("Souk is ready")) break;
  }
  const seconds = (performance.now() - begun) / 1_000;
  if (!said.includes("Souk is ready")) throw new Error(`The start failed:\n${said}`);
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await child.exited;
  };
  return { seconds, launcher: child.pid, stop };
}

/** Every process below the launcher, and the server of the database with its own, by what they are. */
async function memory(launcher: number): Promise<Map<string, number>> {
  const postgres = Number(readFileSync(join(home, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
  const sums = new Map<string, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const pid = Number(name);
    const label = pid === launcher ? "launcher" : labelOf(pid, launcher, postgres);
    const megabytes = label === undefined ? undefined : await residentMegabytes(pid);
    if (label !== undefined && megabytes !== undefined) sums.set(label, (sums.get(label) ?? 0) + megabytes);
  }
  return sums;
}

function labelOf(pid: number, launcher: number, postgres: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (pid === postgres || parent === postgres) return "PostgreSQL (shared pages counted in each process)";
    if (parent !== launcher) return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return /(local\/\w+|server)\/(?:src\/)?main\.ts/.exec(command)?.[1]?.replace("server", "product");
  } catch {
    return undefined;
  }
}

rmSync(join(root, ".souk/build"), { recursive: true, force: true });
const first = await start();
await first.stop();
const seconds: number[] = [];
let rest = new Map<string, number>();
for (let run = 1; run <= SECOND_STARTS; run += 1) {
  const running = await start();
  seconds.push(running.seconds);
  if (run === SECOND_STARTS) {
    await Bun.sleep(REST_MS);
    rest = await memory(running.launcher);
  }
  await running.stop();
}
rmSync(home, { recursive: true, force: true });

table([
  ["start", "seconds", "aim"],
  ["first, after installation", first.seconds.toFixed(1), `${FIRST_START_AIM_S}`],
  ["second, median of three", median(seconds).toFixed(1), `${SECOND_START_AIM_S}`],
]);
console.log();
table([
  ["process at rest", "MB resident"],
  ...[...rest]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, megabytes]) => [name, megabytes.toFixed(0)]),
]);
process.exit(first.seconds <= FIRST_START_AIM_S && median(seconds) <= SECOND_START_AIM_S ? 0 : 1);
