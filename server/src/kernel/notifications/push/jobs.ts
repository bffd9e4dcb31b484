import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../../platform/context.ts";
import { enqueue, job } from "../../../platform/jobs.ts";

/** Tells one browser of what the bot tells, in the same moment and in the same words. */
export const sendPush = job(
  "notifications.send-push",
  z.object({ subscriptionId: z.uuid(), messageIds: z.array(z.uuid()) }),
  { retryLimit: 6, retryDelay: 2, retryDelayMax: 600 },
);

/** Asked for when the bot's message is claimed, so that settings, digests and quiet hours hold for browsers as well. */
export async function pushAsWell(tx: Tx, userId: string, messageIds: string[]): Promise<void> {
  const { rows } = await tx.db.execute<{ id: string }>(
    sql`select id from notifications.subscriptions where user_id = ${userId}`,
  );
  for (const { id } of rows)
    enqueue(tx, sendPush.with({ subscriptionId: id, messageIds }), { key: `${messageIds[0]}:${id}` });
}
