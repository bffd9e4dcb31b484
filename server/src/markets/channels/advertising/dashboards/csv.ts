import { numberCell, textCell } from "../../../../kernel/ledger/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { Party } from "../shapes.ts";
import { listHistory, type PlacementHistory } from "./dashboard.ts";

const pageRows = 100;
/** A spreadsheet of more is read by nobody; the list itself has no end. */
const rowsMax = 5_000;
const columns = [
  "ended",
  "posted",
  "channel",
  "campaign",
  "format",
  "outcome",
  "price TON",
  "money TON",
  "views",
  "cost per 1000 TON",
  "deal",
];

type Row = PlacementHistory["items"][number];

const line = (row: Row): string =>
  [
    row.endedAt,
    row.postAt,
    textCell(row.channel.title),
    textCell(row.campaign?.title ?? ""),
    textCell(row.format.key === "custom" ? `${row.format.topHours}/${row.format.feedHours}` : row.format.key),
    row.outcome,
    numberCell(row.price.amount, "TON"),
    numberCell(row.money.amount, "TON"),
    row.views === null ? "" : String(row.views),
    row.costPerThousand === null ? "" : numberCell(row.costPerThousand.amount, "TON"),
    row.dealId,
  ].join(",");

/** One's ended placements as CSV (RFC 4180) that a spreadsheet shows and does not run, the newest first. */
export async function historyCsv(ctx: Ctx, role: Party): Promise<Response> {
  const lines = [columns.join(",")];
  for (let cursor: string | null | undefined; cursor !== null && lines.length <= rowsMax; ) {
    const page: PlacementHistory = await listHistory(ctx, { role, cursor, limit: pageRows });
    lines.push(...page.items.map(line));
    cursor = page.next;
  }
  // The mark makes spreadsheets read UTF-8.
  return new Response(`\ufeff${lines.join("\r\n")}\r\n`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="souk-${role}-placements.csv"`,
    },
  });
}
