import { sql } from "drizzle-orm";
import type { Tx } from "../../../platform/context.ts";
import type { Asset } from "../../../platform/shapes.ts";
import { ledgerErrors } from "../errors.ts";
import { type Cause, type Posted, type PostedRow, posted } from "../transfer.ts";

/**
 * Exchanges at a quote: `from` gives what is to be paid, `to` gets the price; the platform's position takes the other side of
 * both as legs of its own, with the rate. A quote is used once: the same call again is a replay, another one `quote_used`.
 * `at` is when the payer paid, where that is known; a quote is honoured for whoever paid in time, else `quote_expired`.
 */
export async function convert(
  tx: Tx,
  input: { quoteId: string; from: string; to: string; cause: Cause; at?: Date },
): Promise<Posted> {
  const { rows: found } = await tx.db.execute<{
    price_asset: Asset;
    pay_asset: Asset;
    price_amount: bigint;
    pay_amount: bigint;
    rate: string;
    created_at: Date;
    expires_at: Date;
  }>(sql`select * from ledger.quotes where id = ${input.quoteId}`);
  const quote = found[0];
  if (!quote) throw ledgerErrors.quote_not_found();
  const paidAt = (input.at ?? tx.now).getTime();
  const isReplay = await wasUsed(tx, input.quoteId);
  if (!isReplay && paidAt > new Date(quote.expires_at).getTime()) throw ledgerErrors.quote_expired();
  const { rows } = await tx.db.execute<PostedRow>(sql`
    select * from ledger.convert(${input.quoteId}::uuid, ${input.cause.kind}, ${input.cause.id}, ${input.from}, ${input.to})`);
  if (rows[0]?.outcome === "key_reused") throw ledgerErrors.quote_used();
  return posted(rows[0], `quote:${input.quoteId}`);
}

async function wasUsed(tx: Tx, quoteId: string): Promise<boolean> {
  const { rows } = await tx.db.execute(sql`select 1 from ledger.transfers where key = ${`quote:${quoteId}`}`);
  return rows.length > 0;
}
