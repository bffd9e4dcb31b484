import { afterAll, beforeAll, expect, test } from "bun:test";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { BOUNDARIES, type Cruise, cruise } from "../../../scripts/boundaries.ts";
import { allowed, forbidden, type Import } from "./planted.ts";

const root = mkdtempSync(join(tmpdir(), "souk-boundaries-"));
let found: Cruise;

function plant({ from, to, isTypeOnly }: Import): void {
  for (const file of [from, to]) mkdirSync(dirname(join(root, file)), { recursive: true });
  const way = relative(dirname(from), to);
  const path = way.startsWith(".") ? way : `./${way}`;
  const line = isTypeOnly
    ? `import type { mark as imported } from "${path}"; export type Imported = typeof imported;\n`
    : `import { mark as imported } from "${path}"; console.log(imported);\n`;
  appendFileSync(join(root, from), line);
  appendFileSync(join(root, to), "");
}

beforeAll(async () => {
  for (const one of [...Object.values(forbidden), ...allowed]) plant(one);
  plant({ from: `${forbidden["no-cycles"]?.to}`, to: `${forbidden["no-cycles"]?.from}` });
  for (const path of new Bun.Glob("**/*.ts").scanSync({ cwd: root })) {
    appendFileSync(join(root, path), "export const mark = 1;\n");
  }
  found = await cruise(root);
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const isFound = (rule: string, { from, to }: Import): boolean =>
  found.violations.some((one) => one.rule === rule && one.from === from && one.to === to);

test("every rule has a planted violation, and every one of them is found", async () => {
  const { default: config } = await import(BOUNDARIES);
  const rules: string[] = config.forbidden.map((rule: { name: string }) => rule.name);
  expect(Object.keys(forbidden).sort()).toEqual([...rules].sort());
  const missed = Object.entries(forbidden).filter(([rule, planted]) => !isFound(rule, planted));
  expect(missed).toEqual([]);
});

test("the imports that the design allows are not reported", () => {
  const wronged = allowed.filter(({ from, to }) =>
    found.violations.some((one) => one.from === from && one.to === to),
  );
  expect(wronged).toEqual([]);
});

test("the cruiser saw every planted module", () => {
  const files = new Set([...Object.values(forbidden), ...allowed].flatMap(({ from, to }) => [from, to]));
  expect(found.modules).toBe(files.size);
});
