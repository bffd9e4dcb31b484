/**
 * "At most ten orders an hour": limits of what people do, not of how often they call. Counted in the transaction of the action itself, in
 * PostgreSQL, over a window that slides: what was refused or rolled back does not count, and no two instances can let one too many
 * through, because the person's row is locked until the commit.
 */
import { sql } from "drizzle-orm";
import type { Tx } from "./context.ts";
import { platformErrors } from "./errors.ts";

export type ActionLimit = { times: number; seconds: number };

/**
 * Counts one action of the acting person; throws `platform.limited` with `retryAfterSeconds` beyond `times` within any `seconds`. Work of
 * our own is not limited. RATE_LIMIT_FACTOR multiplies it like every limit.
 */
export async function countAction(tx: Tx, action: string, { times, seconds }: ActionLimit): Promise<void> {
  if (tx.actor.kind !== "user") return;
  const { userId } = tx.actor;
  const most = Math.ceil(times * tx.settings.env.RATE_LIMIT_FACTOR);
  const now = sql`${tx.now.toISOString()}::timestamptz`;
  const since = sql`${new Date(tx.now.getTime() - seconds * 1_000).toISOString()}::timestamptz`;
  const counted = await tx.db.execute(sql`
    insert into platform.action_limits as l (action, user_id, times, expires_at)
    values (${action}, ${userId}, array[${now}], ${now} + ${seconds} * interval '1 second')
    on conflict (action, user_id) do update
      set times = array(select t from unnest(l.times) t where t > ${since}) || ${now},
          expires_at = greatest(l.expires_at, excluded.expires_at)
      where (select count(*) from unnest(l.times) t where t > ${since}) < ${most}
    returning 1`);
  if (counted.rows.length > 0) return;
  // The oldest that must leave the window before there is room for one more.
  const { rows } = await tx.db.execute<{ at: Date }>(sql`
    select t as at from platform.action_limits, unnest(times) t
    where action = ${action} and user_id = ${userId} order by t desc offset ${most - 1} limit 1`);
  const freeAt = new Date(rows[0]?.at ?? tx.now).getTime() + seconds * 1_000;
  throw platformErrors.limited({
    retryAfterSeconds: Math.max(1, Math.ceil((freeAt - tx.now.getTime()) / 1_000)),
  });
}
