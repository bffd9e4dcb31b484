/**
 * From the command to the address, on a new home with the pages to build and again on the same one; memory of each process at rest.
 * The seconds are of this machine with whatever else it does, so they are aims; processor seconds say how much work a start is.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Memory, median, memoryOf, processorSeconds, table } from "./lib/measure.ts";

const FIRST_START_AIM_S = 20;
const SECOND_START_AIM_S = 3;
const REST_MS = 10_000;
const SECOND_STARTS = 3;

const root = resolve(import.meta.dir, "..");
const home = mkdtempSync(join(tmpdir(), "souk-bench-"));

type Running = { seconds: number; processor: number; launcher: number; stop(): Promise<void> };

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
  const processor = processesOf(child.pid).reduce((sum, { pid }) => sum + processorSeconds(pid), 0);
  return { seconds, processor, launcher: child.pid, stop };
}

type Process = { pid: number; label: string };

/** Every process below the launcher, and the server of the database with its own, by what they are. */
function processesOf(launcher: number): Process[] {
  const postgres = Number(readFileSync(join(home, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      const pid = Number(entry);
      const label = pid === launcher ? "launcher" : labelOf(pid, launcher, postgres);
      return label === undefined ? [] : [{ pid, label }];
    });
}

function memoryAtRest(launcher: number): Map<string, Memory> {
  const sums = new Map<string, Memory>();
  for (const { pid, label } of processesOf(launcher)) {
    const { resident, share } = memoryOf(pid);
    const before = sums.get(label) ?? { resident: 0, share: 0 };
    sums.set(label, { resident: before.resident + resident, share: before.share + share });
  }
  return sums;
}

function labelOf(pid: number, launcher: number, postgres: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (pid === postgres || parent === postgres) return "PostgreSQL";
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
const again: Running[] = [];
let rest = new Map<string, Memory>();
for (let run = 1; run <= SECOND_STARTS; run += 1) {
  const running = await start();
  again.push(running);
  if (run === SECOND_STARTS) {
    await Bun.sleep(REST_MS);
    rest = memoryAtRest(running.launcher);
  }
  await running.stop();
}
rmSync(home, { recursive: true, force: true });

const second = median(again.map(({ seconds }) => seconds));
const line = (title: string, seconds: number, processor: number, aim: number): string[] => [
  title,
  seconds.toFixed(1),
  `${aim}${seconds <= aim ? "" : ", missed"}`,
  processor.toFixed(1),
];
table([
  ["start", "seconds", "aim", "processor seconds"],
  line("first, after installation", first.seconds, first.processor, FIRST_START_AIM_S),
  line(
    "second, median of three",
    second,
    median(again.map(({ processor }) => processor)),
    SECOND_START_AIM_S,
  ),
]);
console.log();
table([
  ["process at rest", "MB resident", "MB with shared pages divided"],
  ...[...rest]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, { resident, share }]) => [name, resident.toFixed(0), share.toFixed(0)]),
]);
