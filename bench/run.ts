/**
 * `npm run bench [name…]`: every bench of this directory, one after the other, because they measure the same machine. A bench is a
 * program that prints its table and ends with 1 when a figure is out of its limit.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

const wanted = process.argv.slice(2);
const names = readdirSync(import.meta.dir)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "run.ts")
  .map((name) => name.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();

/** Lines that hold a figure against its limit or aim. */
const isResult = (line: string): boolean =>
  /\bat most\b|\bat least\b|^first, after|^second, median/.test(line);

const summary: string[] = [];
let failed = 0;
for (const name of names) {
  console.log(`\n── ${name}`);
  const begun = performance.now();
  const child = Bun.spawn([process.execPath, join(import.meta.dir, `${name}.ts`)], {
    stdout: "pipe",
    stderr: "inherit",
  });
  const said = await new Response(child.stdout).text();
  process.stdout.write(said);
  const isGood = (await child.exited) === 0;
  if (!isGood) failed += 1;
  const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
  summary.push(`${name.padEnd(8)} ${isGood ? "good" : "OUT OF ITS LIMITS"}, ${seconds} s`);
  for (const line of said.split("\n").filter(isResult)) summary.push(`  ${line.trimEnd()}`);
}
console.log(`\n── summary\n${summary.join("\n")}`);
console.log(`\n${names.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && names.length > 0 ? 0 : 1);
