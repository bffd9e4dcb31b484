import { sql } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { type Cause, type Posted, type PostedRow, posted } from "./transfer.ts";

/**
 * Posts the exact mirror of the transfer with the key `of`, once: a second reversal under another key is `already_reversed`.
 * A reversal itself, and the placing or voiding of a hold, are `not_reversible`. Takes from whoever got the money, so it can
 * be `insufficient_funds`.
 */
export async function reverse(
  tx: Tx,
  input: { key: string; of: string; cause?: Cause; note?: string },
): Promise<Posted> {
  const { rows } = await tx.db.execute<PostedRow>(sql`
    select * from ledger.reverse(${input.key}, ${input.of}, ${input.cause?.kind ?? null}, ${input.cause?.id ?? null}, ${input.note ?? null})`);
  return posted(rows[0], input.key);
}
