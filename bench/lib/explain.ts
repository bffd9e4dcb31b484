/** What PostgreSQL does for a query, as it says itself. */
type Plan = {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};
export type Explained = { Plan: Plan; "Execution Time": number; "Planning Time": number };
export type Query = { sql: string; params: unknown[] };

type Send = (sql: string, params: unknown[]) => Promise<{ rows: unknown[] }>;

export async function explain(send: Send, { sql, params }: Query): Promise<Explained> {
  const { rows } = await send(`explain (analyze, format json) ${sql}`, params);
  return (rows[0] as { "QUERY PLAN": Explained[] })["QUERY PLAN"][0] as Explained;
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
const rowsRead = (plan: Plan): number =>
  (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)) * plan["Actual Loops"];

/** The indexes used, the rows read, and the tables of which more than `large` rows were read from end to end. */
export function readingOf(
  explained: readonly Explained[],
  large: number,
): { indexes: string[]; read: number; scanned: string[] } {
  const all = explained.flatMap(({ Plan }) => nodes(Plan));
  return {
    indexes: [...new Set(all.flatMap((node) => node["Index Name"] ?? []))],
    read: Math.round(
      all
        .filter((node) => node["Relation Name"] !== undefined)
        .reduce((sum, node) => sum + rowsRead(node), 0),
    ),
    scanned: all
      .filter((node) => node["Node Type"].endsWith("Seq Scan") && rowsRead(node) > large)
      .map((node) => node["Relation Name"] ?? ""),
  };
}
