/** PostgreSQL's own load generator, where the machine has it: Debian's `postgresql-contrib` brings it. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Path of the program, or undefined. */
export function findPgbench(): string | undefined {
  const found = Bun.which("pgbench");
  if (found) return found;
  const base = "/usr/lib/postgresql";
  const versions = existsSync(base) ? readdirSync(base).sort().reverse() : [];
  return versions.map((version) => join(base, version, "bin", "pgbench")).find((path) => existsSync(path));
}

/** Transactions a second of one script, with prepared statements. Throws with what pgbench said. */
export async function runPgbench(options: {
  program: string;
  url: string;
  directory: string;
  script: string;
  clients: number;
  seconds: number;
}): Promise<number> {
  const file = join(options.directory, "script.sql");
  writeFileSync(file, options.script);
  const child = Bun.spawn(
    [
      options.program,
      ...["-n", "-M", "prepared", "-f", file],
      ...["-c", String(options.clients), "-j", "1", "-T", String(options.seconds), options.url],
    ],
    { stdout: "pipe", stderr: "pipe" },
  );
  const [said, faults] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  const perSecond = /^tps = ([\d.]+)/m.exec(said)?.[1];
  if (perSecond === undefined || !/number of failed transactions: 0 |^(?!.*failed)/m.test(said))
    throw new Error(`pgbench: ${faults || said}`);
  return Number(perSecond);
}
