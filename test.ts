/**
 * The test runner behind `npm test`. Its last line is always `N passed, N failed`, with `, N skipped` when there are any.
 *
 *   bun test.ts            every *.test.ts, then one browser story
 *   bun test.ts deep       every *.deep.ts: minutes of random sequences
 *   bun test.ts stories    every *.story.ts, in real Chromium
 *
 * Further arguments keep only the files whose path holds one of them.
 */
import { addTotals, summaryLine, type Totals } from "./scripts/test-report.ts";
import { findTests, runTests, withTestServer } from "./scripts/test-run.ts";

/** The one browser story that is quick enough to run every time. */
const SMOKE_STORY = "server/test/stories/channel-sale.story.ts";

/** Two more than two cores: most tests wait for a database, a chain or a clock half of their time. */
const quickWorkers = 4;

const [first = "", ...others] = process.argv.slice(2);
const suites = ["deep", "stories"];
const suite = suites.includes(first) ? first : "quick";
const filters = suites.includes(first) ? others : process.argv.slice(2);
const started = Date.now();

const totals = await withTestServer(async (environment) => {
  if (suite === "deep")
    return runTests(findTests(".deep.ts", filters), { environment, timeoutMs: 1_200_000 });
  if (suite === "stories") {
    return runTests(findTests(".story.ts", filters), { environment, workers: 1, timeoutMs: 240_000 });
  }
  const runs: Totals[] = [];
  const story = findTests(".story.ts", filters).filter((file) => file === SMOKE_STORY);
  const files = findTests(".test.ts", filters);
  if (files.length > 0 || story.length === 0)
    runs.push(await runTests(files, { environment, workers: quickWorkers, timeoutMs: 60_000 }));
  // By itself: a browser beside two busy test processes would measure the machine's patience.
  if (story.length > 0) runs.push(await runTests(story, { environment, workers: 1, timeoutMs: 240_000 }));
  return addTotals(runs);
});

console.log("");
for (const name of totals.skipped) console.log(`skipped  ${name}`);
for (const trouble of totals.troubles) console.log(`failed   ${trouble}`);
console.log(`${suite} tests, ${((Date.now() - started) / 1000).toFixed(1)} s`);
console.log(summaryLine(totals));
process.exit(totals.failed === 0 ? 0 : 1);
