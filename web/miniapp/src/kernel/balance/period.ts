/** Periods of a statement. Days are the reader's own; the API takes instants, the end not included. Pure. */

export interface Period {
  from: string;
  to: string;
}

export const periodKinds = ["month", "lastMonth", "days90", "own"] as const;
export type PeriodKind = (typeof periodKinds)[number];

const DAYS_MAX = 400;
const DAY_MS = 86_400_000;

const startOf = (year: number, month: number, day: number): Date => new Date(year, month, day);
const between = (from: Date, to: Date): Period => ({ from: from.toISOString(), to: to.toISOString() });

/** `nowMs`: the server's clock. Ends at the end of today, so that the same period is asked for all day long. */
export function periodOf(kind: Exclude<PeriodKind, "own">, nowMs: number): Period {
  const now = new Date(nowMs);
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const tomorrow = startOf(year, month, day + 1);
  if (kind === "month") return between(startOf(year, month, 1), tomorrow);
  if (kind === "lastMonth") return between(startOf(year, month - 1, 1), startOf(year, month, 1));
  return between(startOf(year, month, day - 89), tomorrow);
}

/** From the first day to the end of the last, as date fields give them (`2026-11-20`); null when it is no such period. */
export function periodBetween(first: string, last: string): Period | null {
  const [from, end] = [new Date(`${first}T00:00:00`), new Date(`${last}T00:00:00`)];
  if (Number.isNaN(from.getTime()) || Number.isNaN(end.getTime())) return null;
  const to = startOf(end.getFullYear(), end.getMonth(), end.getDate() + 1);
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  return days > 0 && days <= DAYS_MAX ? between(from, to) : null;
}

/** A day as a date field takes it. */
export function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
