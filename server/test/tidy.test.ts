import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { rules } from "../../scripts/tidy/index.ts";
import { readTree } from "../../scripts/tidy/tree.ts";

const root = resolve(import.meta.dir, "../..");
const lines = (count: number): string => "work();\n".repeat(count);
const deals = "server/src/kernel/deals";

/** A tree with one fault, and the same without it: a rule must tell them apart. */
const planted: Record<keyof typeof rules, [bad: Record<string, string>, good: Record<string, string>]> = {
  filesAreShort: [{ "web/kit/long.ts": lines(321) }, { "web/kit/long.ts": lines(320) }],
  functionsAreShort: [
    { "web/kit/long.tsx": `export const long = () => {\n${lines(69)}};\n` },
    { "web/kit/long.tsx": `export const long = () => {\n${lines(68)}};\n` },
  ],
  namesAreKebabCase: [{ "web/kit/dealView.ts": "" }, { "web/kit/deal-view.test.ts": "" }],
  modulesHaveReadmes: [
    { [`${deals}/rules.ts`]: "" },
    { [`${deals}/rules.ts`]: "", [`${deals}/README.md`]: "# Deals" },
  ],
  codesAreInBothLanguages: [
    {
      [`${deals}/errors.ts`]: `export const e = errors("deals", { is_over: "closed" });`,
      [`${deals}/copy.ru.ts`]: `export const ru = { errors: { is_over: "Сделка завершена" } };`,
      [`${deals}/copy.en.ts`]: `export const en = { states: { is_over: "Over" }, errors: { other: "Other" } };`,
    },
    {
      [`${deals}/errors.ts`]: `export const e = errors("deals", { is_over: "closed" });`,
      [`${deals}/copy.ru.ts`]: `export const ru = { errors: { is_over: "Сделка завершена" } };`,
      [`${deals}/copy.en.ts`]: `export const en = { errors: { other: "{{x}}", is_over: "Over" } };`,
    },
  ],
  kindsAreInBothLanguages: [
    {
      "server/src/platform/errors.ts": "export const kinds = { closed: 409 } as const;",
      "web/kit/copy.ru.ts": `export const ru = { problem: { closed: "Поздно" } };`,
      "web/kit/copy.en.ts": `export const en = { problem: {} };`,
    },
    {
      "server/src/platform/errors.ts": "export const kinds = { closed: 409 } as const;",
      "web/kit/copy.ru.ts": `export const ru = { problem: { closed: "Поздно" } };`,
      "web/kit/copy.en.ts": `export const en = { problem: { closed: "Too late" } };`,
    },
  ],
  jobsHaveWorkers: [
    { [`${deals}/jobs.ts`]: `export const settle = job("deals.settle", shape);` },
    {
      [`${deals}/jobs.ts`]: `export const settle = job("deals.settle", shape);`,
      [`${deals}/workers.ts`]: "export const workers = [worker(settle, async () => {})];",
    },
  ],
  mutationsAreVerbs: [
    {
      [`${deals}/join.ts`]: `export const joinDeal = verb("deals.join", {});`,
      [`${deals}/routes.ts`]: `[get("/api/deals", {}, () => joinDeal()), post("/api/deals", {}, () => insertRow())]`,
    },
    {
      [`${deals}/join.ts`]: `export const joinDeal = verb("deals.join", {});`,
      [`${deals}/routes.ts`]: `[get("/api/deals", {}, () => list()), post("/api/deals", {}, () => joinDeal())]`,
    },
  ],
  verbsHaveTests: [
    {
      [`${deals}/join.ts`]: `export const joinDeal = verb("deals.join", {});`,
      [`${deals}/join.test.ts`]: "",
    },
    {
      [`${deals}/join.ts`]: `export const joinDeal = verb("deals.join", {});`,
      [`${deals}/join.test.ts`]: "await joinDeal(ctx, {});",
    },
  ],
  nothingIsUnfinished: [{ "docs/a.md": `a ${"TO"}DO` }, { "docs/a.md": "todos los dias" }],
  noMachinePaths: [
    { "docs/a.md": `see /${"root"}/souk` },
    { "docs/a.md": `see ./${"root"}/souk, /${"root"} and a/${"work"}/b` },
  ],
  noRegistryHosts: [{ "a.json": `${"registry"}.example.com/x` }, { "a.json": "the registry of a company" }],
  lockNamesNoHost: [{ "bun.lock": `"https://${"example"}.com/a.tgz"` }, { "bun.lock": `"a@1.0.0", "", {}` }],
  testsRun: [
    { "web/a.test.ts": `test.${"skip"}("x", () => { expect(1).toBe(1); });` },
    { "web/a.test.ts": `test.skipIf(!x)("x (no browser)", () => { expect(1).toBe(1); });` },
  ],
  domainUsesTheClock: [
    { [`${deals}/a.ts`]: "const at = Date.now();" },
    { [`${deals}/a.ts`]: "const at = tx.now;" },
  ],
};

for (const [name, rule] of Object.entries(rules)) {
  test(`the rule ${name} finds its planted fault and leaves the mended tree alone`, () => {
    const [bad, good] = planted[name as keyof typeof rules];
    expect(rule(new Map(Object.entries(bad)))).toHaveLength(1);
    expect(rule(new Map(Object.entries(good)))).toEqual([]);
  });
}

test("a test that expects nothing is found", () => {
  expect(rules.testsRun(new Map([["web/a.test.ts", `test("x", () => {});`]]))).toHaveLength(1);
});

test("a verb counts as tested by a request to the endpoint that reaches it, and by no other", () => {
  const files = {
    [`${deals}/join.ts`]: `export const joinDeal = verb("deals.join", {});`,
    [`${deals}/ask.ts`]: "export async function askAndJoin(ctx) { return joinDeal(ctx); }",
    [`${deals}/routes.ts`]: `[post("/api/deals/:id/join", {}, (ctx) => askAndJoin(ctx)), post("/api/deals", {}, () => 1)]`,
  };
  const faults = (test: string): string[] =>
    rules.verbsHaveTests(new Map(Object.entries({ ...files, [`${deals}/join.test.ts`]: test })));
  const path = "`/api/deals/$" + "{id}/join`";
  expect(faults(`await http.post(${path}, {})`)).toEqual([]);
  expect(faults(`await http.post("/api/deals", {})`)).toHaveLength(1);
  expect(faults(`await http.get(${path})`)).toHaveLength(1);
});

test("domain SQL that asks the machine for the time is found", () => {
  const ask = (text: string): string[] =>
    rules.domainUsesTheClock(new Map([["server/migrations/0001-a.sql", text]]));
  expect(ask("create table a (at timestamptz default now());")).toHaveLength(1);
  expect(ask("create table a (at timestamptz default platform.now());")).toEqual([]);
});

test("the checkout is tidy", () => {
  const tree = readTree(root);
  expect(tree.size).toBeGreaterThan(100);
  expect(Object.values(rules).flatMap((rule) => rule(tree))).toEqual([]);
});
