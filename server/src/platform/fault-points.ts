/**
 * Places where a process may die at the worst moment: around each commit and each outside call. Nothing happens there,
 * except in crash tests of the local world, which name a directory in SOUK_FAULT_DIR: the point is noted in `seen`, and if
 * `die/<point>` exists it is removed and the process is killed as by `kill -9`.
 */
import { appendFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";

const directory = process.env.SOUK_WORLD === "local" ? process.env.SOUK_FAULT_DIR : undefined;
const seen = new Set<string>();

export function faultPoint(name: string): void {
  if (directory !== undefined) meet(directory, name);
}

function meet(at: string, point: string): void {
  // A point's name becomes a file's.
  const name = point.replaceAll("/", "_");
  if (!seen.has(name)) {
    seen.add(name);
    appendFileSync(join(at, "seen"), `${name}\n`);
  }
  const order = join(at, "die", name);
  if (!existsSync(order)) return;
  rmSync(order);
  process.kill(process.pid, "SIGKILL");
}
