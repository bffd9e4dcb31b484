/** Runs dependency-cruiser over a tree and returns what it found, with the number of modules that it saw. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dir, "..");
export const BOUNDARIES = join(ROOT, ".dependency-cruiser.cjs");
const AREAS = ["server", "web", "chain", "local", "bench", "scripts", "launcher", "souk.ts", "test.ts"];

export type Violation = { readonly rule: string; readonly from: string; readonly to: string };
export type Cruise = { readonly modules: number; readonly violations: readonly Violation[] };

type Output = {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
};

/** Rejects when dependency-cruiser itself fails. Runs under Bun: see the note on TypeScript in scripts/README.md. */
export async function cruise(root = ROOT): Promise<Cruise> {
  const areas = AREAS.filter((area) => existsSync(join(root, area)));
  const program = join(ROOT, "node_modules/.bin/depcruise");
  const child = spawn(
    process.execPath,
    ["--bun", program, "--config", BOUNDARIES, "--output-type", "json", "--progress", "none", ...areas],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await new Promise((done) => child.once("close", done));
  try {
    const { summary } = JSON.parse(out) as Output;
    const violations = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
    return { modules: summary.totalCruised, violations };
  } catch {
    throw new Error(`dependency-cruiser failed: ${errors || out.slice(0, 2_000)}`);
  }
}
