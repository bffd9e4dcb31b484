/** What a run of `bun test` says in its JUnit file, and what it fails to say: a file that vanished is a failure. */

export type FileReport = {
  readonly tests: number;
  readonly failed: number;
  readonly skipped: readonly string[];
};
export type Totals = {
  readonly passed: number;
  readonly failed: number;
  /** `file: name` of each; the name gives the reason. */
  readonly skipped: readonly string[];
  /** What no single test reports: a file that could not be loaded or holds no test, a run that crashed. */
  readonly troubles: readonly string[];
};

/** Reads the part of JUnit's XML that `bun test --reporter=junit` writes, by file. */
export function readJUnit(xml: string): Map<string, FileReport> {
  const reports = new Map<string, FileReport>();
  for (const suite of xml.split(/(?=<testsuite )/).slice(1)) {
    const head = /^<testsuite ([^>]*)>/.exec(suite)?.[1] ?? "";
    const file = attribute(head, "file");
    if (!file) continue;
    const cases = suite.split(/(?=<testcase )/).slice(1);
    const own = {
      tests: cases.length,
      failed: cases.filter((text) => text.includes("<failure") || text.includes("<error")).length,
      skipped: cases.filter((text) => text.includes("<skipped")).map((text) => attribute(text, "name")),
    };
    // A `describe` is a suite inside the file's suite.
    const before = reports.get(file) ?? { tests: 0, failed: 0, skipped: [] };
    reports.set(file, {
      tests: before.tests + own.tests,
      failed: before.failed + own.failed,
      skipped: [...before.skipped, ...own.skipped],
    });
  }
  return reports;
}

/**
 * Adds up a run. `files` are those that were asked for, `exitCode` is bun's (null when a signal ended it), `xml` is undefined
 * when no report was written.
 */
export function judge(files: readonly string[], xml: string | undefined, exitCode: number | null): Totals {
  const reports = xml === undefined ? new Map<string, FileReport>() : readJUnit(xml);
  const troubles: string[] = [];
  let passed = 0;
  let failed = 0;
  const skipped: string[] = [];
  for (const file of files) {
    const report = reports.get(file);
    if (!report || report.tests === 0) {
      troubles.push(`${file}: ran no test; it could not be loaded, or holds none`);
      continue;
    }
    failed += report.failed;
    passed += report.tests - report.failed - report.skipped.length;
    skipped.push(...report.skipped.map((name) => `${file}: ${name}`));
  }
  if (files.length === 0) troubles.push("there is no test file to run");
  if (exitCode !== 0 && failed === 0 && troubles.length === 0) {
    troubles.push(`the test process ended with ${exitCode ?? "a signal"} although no test failed`);
  }
  return { passed, failed: failed + troubles.length, skipped, troubles };
}

/** Files with a test that failed, and files of which nothing was heard. */
export function flawedFiles(files: readonly string[], xml: string | undefined): string[] {
  const reports = xml === undefined ? new Map<string, FileReport>() : readJUnit(xml);
  return files.filter((file) => {
    const report = reports.get(file);
    return !report || report.tests === 0 || report.failed > 0;
  });
}

export function addTotals(all: readonly Totals[]): Totals {
  return {
    passed: all.reduce((sum, one) => sum + one.passed, 0),
    failed: all.reduce((sum, one) => sum + one.failed, 0),
    skipped: all.flatMap((one) => one.skipped),
    troubles: all.flatMap((one) => one.troubles),
  };
}

/** The last line of every run: `12 passed, 0 failed`, and how many were skipped if any. */
export function summaryLine(totals: Totals): string {
  const skipped = totals.skipped.length > 0 ? `, ${totals.skipped.length} skipped` : "";
  return `${totals.passed} passed, ${totals.failed} failed${skipped}`;
}

function attribute(text: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? "";
  return value
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
