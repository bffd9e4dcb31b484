/** Figures with their limits, and medians of sides that run in turn. */
import { median, table } from "./measure.ts";

const RUNS = 5;

export type Side = () => Promise<number>;

/** Medians of five alternating runs, after one of each that does not count. */
export async function alternate(sides: readonly Side[]): Promise<number[]> {
  const runs: number[][] = sides.map(() => []);
  for (const side of sides) await side();
  for (let run = 0; run < RUNS; run += 1)
    for (const [index, side] of sides.entries()) runs[index]?.push(await side());
  return runs.map(median);
}

export const perSecond = (value: number): string => `${Math.round(value)}/s`;

/** A figure out of its limit makes `end` exit with 1. */
export function createReport() {
  const rows: string[][] = [["what", "measured", "limit", ""]];
  let failed = 0;
  const report = (what: string, measured: string, limit = "", isGood = true): void => {
    if (!isGood) failed += 1;
    rows.push([what, measured, limit, isGood ? "" : "out of its limit"]);
  };
  return {
    report,
    reportRatio: (what: string, ratio: number, least: number): void =>
      report(what, ratio.toFixed(2), `at least ${least}`, ratio >= least),
    end: (): never => {
      table(rows);
      process.exit(failed === 0 ? 0 : 1);
    },
  };
}
