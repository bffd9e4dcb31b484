import { sql } from "drizzle-orm";
import type { Ctx } from "../../platform/context.ts";

/**
 * Deletes what nobody will ask for again. An ended session is kept for a week: a stolen token that comes back until then is
 * still recognised. Updates are kept longer than Telegram repeats them (24 hours), so that a repetition is still known.
 */
export async function sweepIdentity(ctx: Ctx): Promise<void> {
  await ctx.db.execute(sql`
    delete from identity.sessions
    where least(expires_at, revoked_at) < platform.now() - interval '7 days'`);
  await ctx.db.execute(sql`delete from identity.sign_in_codes where expires_at < platform.now()`);
  await ctx.db.execute(
    sql`delete from identity.proof_payloads where expires_at < platform.now() - interval '1 day'`,
  );
  await ctx.db.execute(
    sql`delete from identity.updates where handled_at is not null and received_at < platform.now() - interval '3 days'`,
  );
}
