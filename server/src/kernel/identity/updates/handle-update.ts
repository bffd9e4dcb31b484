/**
 * The worker of the inbox. It takes its lane's oldest waiting update under a lease, hands it to the bot's handlers, and goes
 * on until the lane is empty; a second worker in the lane finds the lease and leaves, to be called again when it is over. So
 * updates of one chat are worked in order, once each unless a process dies in between (then once more: handlers act under the
 * update's id as request key).
 */
import { sql } from "drizzle-orm";
import type { Update } from "grammy/types";
import type { Ctx } from "../../../platform/context.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { errorFields } from "../../../platform/log.ts";
import { transact } from "../../../platform/verb.ts";
import { handleUpdate } from "../jobs.ts";
import { actFor } from "./sender-context.ts";

/** Longer than any handler may take. */
const leaseSeconds = 60;
/** An update that failed so often is put aside, or it would hold up its chat for ever. */
const attemptsMax = 5;

type Leased = { update_id: bigint; body: Update; attempts: number };

/** Empties a lane. Throws when a handler failed, so that the job comes again. */
export async function workLane(ctx: Ctx, lane: string): Promise<void> {
  for (let leased = await lease(ctx, lane); leased; leased = await lease(ctx, lane)) {
    try {
      actFor(ctx, leased.body);
      await ctx.gateways.telegram.updates.dispatch(leased.body);
      await finish(ctx, leased, false);
    } catch (error) {
      if (leased.attempts < attemptsMax) {
        await release(ctx, leased);
        throw error;
      }
      ctx.log.error({ ...errorFields(error), updateId: String(leased.update_id) }, "update put aside");
      await finish(ctx, leased, true);
    }
  }
  await comeBack(ctx, lane);
}

/**
 * Somebody else holds the head of the lane. They will go on to its end, unless they died: then the job that brought us here was
 * the last one that knew of these updates. One job more looks again when the lease is over.
 */
async function comeBack(ctx: Ctx, lane: string): Promise<void> {
  const { rows } = await ctx.db.execute<{ update_id: bigint; leased_until: string | null }>(sql`
    select update_id, leased_until from identity.updates where lane = ${lane} and handled_at is null
    order by update_id limit 1`);
  const held = rows[0];
  if (!held) return;
  const at = new Date(held.leased_until ?? ctx.clock.now());
  const payload = { updateId: String(held.update_id), lane };
  await transact(ctx, async (tx) =>
    enqueue(tx, handleUpdate.with(payload), { key: `${held.update_id}:${at.toISOString()}`, at }),
  );
}

/** The head of the lane, unless somebody works on it. Two at once cannot both have it: the row is locked and looked at again. */
async function lease(ctx: Ctx, lane: string): Promise<Leased | undefined> {
  const { rows } = await ctx.db.execute<Leased>(sql`
    update identity.updates set leased_until = platform.now() + ${leaseSeconds} * interval '1 second', attempts = attempts + 1
    where update_id = (
      select update_id from identity.updates where lane = ${lane} and handled_at is null order by update_id limit 1)
      and handled_at is null and (leased_until is null or leased_until < platform.now())
    returning update_id, body, attempts`);
  return rows[0];
}

/** What people wrote is not kept longer than it takes to work it. */
async function finish(ctx: Ctx, { update_id }: Leased, hasFailed: boolean): Promise<void> {
  await ctx.db.execute(sql`
    update identity.updates set handled_at = platform.now(), leased_until = null, body = null, has_failed = ${hasFailed}
    where update_id = ${update_id}`);
}

async function release(ctx: Ctx, { update_id }: Leased): Promise<void> {
  await ctx.db.execute(sql`update identity.updates set leased_until = null where update_id = ${update_id}`);
}
