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

type Options = {
  program: string;
  url: string;
  directory: string;
  script: string;
  clients: number;
  seconds: number;
};

/**
 * Transactions a second of one script, with prepared statements. Throws with what pgbench said. On a machine so busy that none has come
 * through in that time, it is given more.
 */
export async function runPgbench(options: Options): Promise<number> {
  for (let seconds = options.seconds; ; seconds *= 3) {
    const said = await run(options, seconds);
    const perSecond = /^tps = ([\d.]+)/m.exec(said)?.[1];
    if (perSecond !== undefined) return Number(perSecond);
    if (seconds >= 60) throw new Error(`pgbench: ${said}`);
  }
}

async function run(options: Options, seconds: number): Promise<string> {
  const file = join(options.directory, "script.sql");
  writeFileSync(file, options.script);
  const child = Bun.spawn(
    [
      options.program,
      ...["-n", "-M", "prepared", "-f", file],
      ...["-c", String(options.clients), "-j", "1", "-T", String(seconds), options.url],
    ],
    { stdout: "pipe", stderr: "pipe" },
  );
  const [said, faults, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  // A client that met an error ends, and the others go on: the figure would be of fewer clients.
  if (code !== 0 || !/number of failed transactions: 0 |^(?!.*failed)/m.test(said))
    throw new Error(`pgbench: ${faults || said}`);
  return said;
}
