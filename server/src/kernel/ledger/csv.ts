/** A statement as CSV (RFC 4180) that a spreadsheet shows and does not run. */
import { type Asset, assets } from "../../platform/shapes.ts";
import type { Statement } from "./shapes.ts";

/** Text that begins like a formula gets an apostrophe before it (owasp.org, CSV Injection); then the quoting of RFC 4180. */
export function textCell(value: string): string {
  const safe = /^[\s]*[=+\-@\t\r|%]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Minor units as a plain decimal number, `-12.5`. A number is no formula, so that sums can be made over the column. */
export function numberCell(minor: string, asset: Asset): string {
  const { scale } = assets[asset];
  const isNegative = minor.startsWith("-");
  const digits = (isNegative ? minor.slice(1) : minor).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? "" : digits.slice(-scale).replace(/0+$/, "");
  return `${isNegative ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}`;
}

const columns = [
  "time",
  "asset",
  "kind",
  "cause",
  "cause id",
  "amount",
  "held change",
  "balance",
  "held",
  "id",
];

export function statementCsv(statement: Statement): string {
  const lines = [columns.join(",")];
  for (const { asset, opening, closing, movements } of statement.assets) {
    const edge = (at: string, name: string, balance: string) =>
      lines.push([at, asset, name, "", "", "", "", numberCell(balance, asset), "", ""].join(","));
    edge(statement.from, "opening balance", opening);
    for (const one of movements)
      lines.push(
        [
          one.at,
          asset,
          one.kind,
          textCell(one.cause.kind),
          textCell(one.cause.id),
          numberCell(one.amount, asset),
          numberCell(one.heldChange, asset),
          numberCell(one.balanceAfter, asset),
          numberCell(one.heldAfter, asset),
          one.id,
        ].join(","),
      );
    edge(statement.to, "closing balance", closing);
  }
  // The mark makes spreadsheets read UTF-8.
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
