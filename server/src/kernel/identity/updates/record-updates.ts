import { sql } from "drizzle-orm";
import type { Update } from "grammy/types";
import type { Ctx } from "../../../platform/context.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { transact } from "../../../platform/verb.ts";
import { handleUpdate } from "../jobs.ts";
import { isUrgent } from "./urgent.ts";

/**
 * Keeps updates in the inbox, each with a job, in one transaction: only after it may Telegram be told that they arrived.
 * An update that came before is left alone, and so are urgent ones. Returns how many were new.
 */
export function recordUpdates(ctx: Ctx, given: readonly Update[]): Promise<number> {
  const updates = given.filter((one) => !isUrgent(one));
  if (updates.length === 0) return Promise.resolve(0);
  return transact(ctx, async (tx) => {
    const ids = sql.param(updates.map((one) => String(one.update_id)));
    const lanes = sql.param(updates.map(laneOf));
    // PostgreSQL's JSON cannot hold NUL nor half a surrogate pair; a person can send either.
    const bodies = sql.param(updates.map((one) => JSON.stringify(one, storable)));
    const { rows } = await tx.db.execute<{ update_id: bigint; lane: bigint }>(sql`
      insert into identity.updates (update_id, lane, body, received_at)
      select id, lane, body::jsonb, ${tx.now.toISOString()}::timestamptz
      from rows from (unnest(${ids}::bigint[]), unnest(${lanes}::bigint[]), unnest(${bodies}::text[])) as g(id, lane, body)
      on conflict (update_id) do nothing returning update_id, lane`);
    for (const row of rows) {
      const updateId = String(row.update_id);
      enqueue(tx, handleUpdate.with({ updateId, lane: String(row.lane) }), { key: updateId });
    }
    return rows.length;
  });
}

const storable = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;

/**
 * What must be worked in order: updates of one chat. In a private chat the chat's id is the person's, so presses of buttons
 * fall in with the messages.
 */
export function laneOf(update: Update): string {
  const { update_id: _, ...parts } = update;
  const part = Object.values(parts)[0] as Part | undefined;
  return String(part?.chat?.id ?? part?.message?.chat?.id ?? part?.from?.id ?? part?.user?.id ?? 0);
}
type Id = { id: number };
type Part = { chat?: Id; from?: Id; user?: Id; message?: { chat?: Id } };
