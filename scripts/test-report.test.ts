import { afterAll, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addTotals, flawedFiles, judge, summaryLine, type Totals } from "./test-report.ts";

const root = mkdtempSync(join(tmpdir(), "souk-report-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs real `bun test` over real files, so that a change of its report format is noticed here. */
function run(files: Record<string, string>): Totals {
  const directory = mkdtempSync(join(root, "run-"));
  for (const [name, body] of Object.entries(files)) {
    writeFileSync(join(directory, name), `import { describe, expect, test } from "bun:test";\n${body}\n`);
  }
  const report = join(directory, "report.xml");
  const paths = Object.keys(files).map((name) => `./${name}`);
  const options = ["--parallel=2", "--reporter=junit", `--reporter-outfile=${report}`];
  const done = spawnSync(process.execPath, ["test", ...options, ...paths], {
    cwd: directory,
    stdio: "ignore",
  });
  return judge(
    Object.keys(files),
    existsSync(report) ? readFileSync(report, "utf8") : undefined,
    done.status,
  );
}

test("passed, failed and skipped tests are counted, inside of describe too", () => {
  const totals = run({
    "a.test.ts": `test("one", () => {}); describe("group", () => { test("two", () => {}); test("bad", () => { expect(1).toBe(2); }); });`,
    "b.story.ts": `test("three", () => {}); test.skipIf(true)("draws <a page> (no browser here)", () => {});`,
  });
  expect(totals).toEqual({
    passed: 3,
    failed: 1,
    skipped: ["b.story.ts: draws <a page> (no browser here)"],
    troubles: [],
  });
  expect(summaryLine(totals)).toBe("3 passed, 1 failed, 1 skipped");
});

test("a file that cannot be loaded is a failure", () => {
  const totals = run({
    "good.test.ts": `test("one", () => {});`,
    "bad.test.ts": `import "./missing.ts"; test("two", () => {});`,
  });
  expect(totals.passed).toBe(1);
  expect(totals.failed).toBe(1);
  expect(totals.troubles[0]).toContain("bad.test.ts");
});

test("a file without a test is a failure", () => {
  const totals = run({ "good.test.ts": `test("one", () => {});`, "none.test.ts": "" });
  expect(summaryLine(totals)).toBe("1 passed, 1 failed");
});

test("a test process that dies, or ends itself with success, is a failure", () => {
  for (const end of ["process.kill(process.pid, 'SIGKILL')", "process.exit(0)"]) {
    const totals = run({
      "good.test.ts": `test("one", () => {});`,
      "dies.test.ts": `test("two", () => { ${end}; });`,
    });
    expect(totals.passed).toBe(1);
    expect(totals.failed).toBeGreaterThan(0);
  }
});

test("no report, no files and a bad exit code without a failed test are failures", () => {
  expect(judge(["a.test.ts"], undefined, null).failed).toBe(1);
  expect(judge([], undefined, 0).failed).toBe(1);
  const passing = `<testsuites><testsuite name="a" file="a.test.ts"><testcase name="x" /></testsuite></testsuites>`;
  expect(judge(["a.test.ts"], passing, 0).failed).toBe(0);
  expect(judge(["a.test.ts"], passing, 1).failed).toBe(1);
});

test("totals of several runs add up", () => {
  const one: Totals = { passed: 2, failed: 1, skipped: ["a"], troubles: ["b"] };
  expect(addTotals([one, one])).toEqual({ passed: 4, failed: 2, skipped: ["a", "a"], troubles: ["b", "b"] });
  expect(summaryLine({ passed: 7, failed: 0, skipped: [], troubles: [] })).toBe("7 passed, 0 failed");
});

test("what failed, and what was not heard of, is flawed; what passed is not", () => {
  const xml = [
    '<testsuites><testsuite name="a" file="a.test.ts"><testcase name="good"/></testsuite>',
    '<testsuite name="b" file="b.test.ts"><testcase name="bad"><failure/></testcase></testsuite></testsuites>',
  ].join("");
  expect(flawedFiles(["a.test.ts", "b.test.ts", "c.test.ts"], xml)).toEqual(["b.test.ts", "c.test.ts"]);
  expect(flawedFiles(["a.test.ts"], undefined)).toEqual(["a.test.ts"]);
});
