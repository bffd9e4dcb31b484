/** Lists as YooKassa gives them: newest first, filtered, by pages of at most a hundred with a cursor. */
import { invalid } from "./objects.ts";

type Row = { id: string; created_at: string; captured_at?: string; status: string; payment_id?: string };
export type ListAnswer<T> = { type: "list"; items: T[]; next_cursor?: string };

const TIMES = ["created_at", "captured_at"] as const;
const BOUNDS: Record<string, (at: number, bound: number) => boolean> = {
  gte: (at, bound) => at >= bound,
  gt: (at, bound) => at > bound,
  lte: (at, bound) => at <= bound,
  lt: (at, bound) => at < bound,
};

/** @throws Refusal for a filter that is not known or cannot be read */
export function listOf<T extends Row>(
  rows: Iterable<T>,
  query: URLSearchParams,
  methodOf: (row: T) => string | undefined,
): ListAnswer<T> {
  const tests: ((row: T) => boolean)[] = [];
  let limit = 10;
  let after: string | null = null;
  for (const [name, value] of query) {
    const [field = "", bound = ""] = name.split(".");
    const compare = BOUNDS[bound];
    if (name === "limit") limit = Number(value);
    else if (name === "cursor") after = value;
    else if (name === "status") tests.push((row) => row.status === value);
    else if (name === "payment_id") tests.push((row) => row.payment_id === value);
    else if (name === "payment_method") tests.push((row) => methodOf(row) === value);
    else if ((TIMES as readonly string[]).includes(field) && compare) {
      const moment = Date.parse(value);
      if (Number.isNaN(moment)) throw invalid(`Incorrect value of ${name}`, name);
      tests.push((row) => {
        const at = row[field as (typeof TIMES)[number]];
        return at !== undefined && compare(Date.parse(at), moment);
      });
    } else throw invalid(`Unknown parameter ${name}`, name);
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalid("Incorrect value of limit", "limit");
  const found = [...rows].filter((row) => tests.every((passes) => passes(row)));
  found.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at) || (a.id < b.id ? 1 : -1));
  const from = after === null ? 0 : found.findIndex(({ id }) => id === after);
  if (from < 0) throw invalid("Incorrect cursor", "cursor");
  const items = found.slice(from, from + limit);
  const next = found[from + limit];
  return { type: "list", items, ...(next ? { next_cursor: next.id } : {}) };
}
