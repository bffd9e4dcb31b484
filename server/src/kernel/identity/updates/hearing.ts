/**
 * Whether we have heard everything that Telegram had to tell. "No update came" says something only when none waits at Telegram, none waits
 * here to be worked, and none can have been forgotten: Telegram keeps one for 24 hours.
 */
import { sql } from "drizzle-orm";
import { TelegramFailure } from "../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../platform/context.ts";
import { GatewayDown } from "../../../platform/gateway.ts";

/** A little less than Telegram keeps an update. */
const keptHours = 23;

/** Notes that nothing waits at Telegram, if that is so; after longer than it keeps updates, that some may be lost. Answers whether it is. */
export async function noteHearing(ctx: Ctx): Promise<boolean> {
  const before = ctx.clock.date();
  try {
    if ((await ctx.gateways.telegram.updates.backlog()) > 0) return false;
  } catch (error) {
    if (error instanceof TelegramFailure || error instanceof GatewayDown) return false;
    throw error;
  }
  const heard = sql`${before.toISOString()}::timestamptz`;
  const kept = sql.raw(`interval '${keptHours} hours'`);
  // Telegram's day is a real one: the offset of a local world is taken off.
  const real = sql`${heard} - (select offset_ms from platform.clock) * interval '1 millisecond'`;
  await ctx.db.execute(sql`
    update identity.hearing set
      whole_since = case when ${real} - heard_real > ${kept} then greatest(whole_since, ${heard} - ${kept}) else whole_since end,
      heard_until = ${heard}, heard_real = ${real}
    where heard_until < ${heard}`);
  return true;
}

/**
 * Whether everything that Telegram told of this chat between the two moments has come and was worked. False when that is not known, or when
 * `until` is still ahead.
 */
export async function hasHeard(ctx: Ctx, chatId: string, from: Date, until: Date): Promise<boolean> {
  if (ctx.clock.date() <= until || !(await noteHearing(ctx))) return false;
  const { rows } = await ctx.db.execute<{ ok: boolean }>(sql`
    select heard_until >= ${until.toISOString()}::timestamptz and whole_since <= ${from.toISOString()}::timestamptz
      and not exists (
        select 1 from identity.updates where lane = ${chatId}::bigint and handled_at is null)
      and not exists (
        select 1 from identity.updates where lane = ${chatId}::bigint and has_failed and received_at >= ${from.toISOString()}::timestamptz)
      as ok
    from identity.hearing`);
  return rows[0]?.ok === true;
}
