import { sql } from "drizzle-orm";
import type { Ctx } from "../../platform/context.ts";
import { Problem } from "../../platform/errors.ts";
import { transact } from "../../platform/verb.ts";
import { expireHold } from "./holds.ts";

const AT_ONCE = 500;

/**
 * Lets go of every hold whose time is over, each in a transaction of its own, so that one account's queue holds up no other.
 * Twice at the same moment is harmless. Answers how many were let go now.
 */
export async function expireDueHolds(ctx: Ctx): Promise<number> {
  let expired = 0;
  for (;;) {
    const { rows } = await ctx.db.execute<{ key: string }>(sql`
      select t.key from ledger.holds h join ledger.transfers t on t.id = h.transfer_id
      where h.ended_by is null and h.expires_at <= platform.now() order by h.expires_at limit ${AT_ONCE}`);
    for (const { key } of rows) if (await expireOne(ctx, key)) expired += 1;
    if (rows.length < AT_ONCE) return expired;
  }
}

async function expireOne(ctx: Ctx, key: string): Promise<boolean> {
  try {
    return !(await transact(ctx, (tx) => expireHold(tx, { hold: key }), "ledger.expire-hold")).isReplay;
  } catch (error) {
    // Somebody was quicker.
    if (error instanceof Problem && error.code === "ledger.hold_ended") return false;
    throw error;
  }
}
