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

let failed = 0;
for (const name of names) {
  console.log(`\n── ${name}`);
  const child = Bun.spawn([process.execPath, join(import.meta.dir, `${name}.ts`)], {
    stdout: "inherit",
    stderr: "inherit",
  });
  if ((await child.exited) !== 0) {
    failed += 1;
    console.log(`${name} is out of its limits`);
  }
}
console.log(`\n${names.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && names.length > 0 ? 0 : 1);
