/** Processes that a killed launcher left behind: remembered while they run, ended by the next start. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify, isSame, type ProcessIdentity } from "../server/src/platform/postgres/pid-lock.ts";
import { killGroup } from "./child.ts";
import type { Home } from "./home.ts";

const pathOf = (home: Home): string => join(home.path, "children.json");

export function rememberChildren(home: Home, pids: readonly number[]): void {
  writeFileSync(pathOf(home), JSON.stringify(pids.map(identify)), { mode: 0o600 });
}

export function forgetChildren(home: Home): void {
  rmSync(pathOf(home), { force: true });
}

/** Ends what is left, asking first. Returns how many there were. Only for the holder of the launcher's lock. */
export async function endLeftovers(home: Home): Promise<number> {
  const left = readChildren(home).filter(isSame);
  for (const { pid } of left) signal(pid, "SIGTERM");
  const until = Date.now() + 3_000;
  while (left.some(isSame) && Date.now() < until) await Bun.sleep(20);
  for (const one of left.filter(isSame)) killGroup(one.pid);
  forgetChildren(home);
  return left.length;
}

function readChildren(home: Home): ProcessIdentity[] {
  try {
    return JSON.parse(readFileSync(pathOf(home), "utf8")) as ProcessIdentity[];
  } catch {
    return [];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone between looking and asking.
  }
}
