import { type Endpoint, get } from "../../platform/endpoint.ts";
import { statementCsv } from "./csv.ts";
import { balances, historyPage, historyQuery, statement, statementQuery } from "./shapes.ts";
import { myBalances, myHistory, myStatement } from "./statement.ts";

export const routes: Endpoint[] = [
  get(
    "/api/balance",
    {
      who: "user",
      summary: "What I have, per asset",
      answer: balances,
      examples: { answer: { balances: [{ asset: "RUB", available: "9800", held: "200" }] } },
    },
    (ctx) => myBalances(ctx),
  ),
  get(
    "/api/balance/history",
    {
      who: "user",
      summary: "What changed my balances, newest first",
      query: historyQuery,
      answer: historyPage,
    },
    (ctx, { query }) => myHistory(ctx, query),
  ),
  get(
    "/api/balance/statement",
    {
      who: "user",
      summary: "A period's movements with the balances at its ends, as JSON or CSV",
      query: statementQuery,
      answer: statement,
      perMinute: 20,
    },
    async (ctx, { query }) => {
      const found = await myStatement(ctx, query);
      return query.format === "csv" ? asFile(statementCsv(found), query) : found;
    },
  ),
];

/** The answer in another form than JSON: the platform passes a Response on as it is. */
const asFile = (csv: string, period: { from: string; to: string }): Response =>
  new Response(csv, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="souk-${period.from.slice(0, 10)}-${period.to.slice(0, 10)}.csv"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
