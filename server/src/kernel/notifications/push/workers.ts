/**
 * One browser, one message. A browser whose session has ended, lost or lent as it may be, is told nothing more. Repeated by the queue it cannot be seen twice: the push service keeps the last of a topic, and the browser replaces what it
 * shows under the same tag.
 */
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { PushFailure, type PushSubscription } from "../../../gateways/push/port.ts";
import type { Ctx } from "../../../platform/context.ts";
import { decrypt } from "../../../platform/encryption.ts";
import { worker } from "../../../platform/jobs.ts";
import { errorFields } from "../../../platform/log.ts";
import { botRecipients, livingSessions } from "../../identity/index.ts";
import { isSayable, pushTextOf, toldIn } from "../post/words.ts";
import { forgetPush } from "./forget.ts";
import { sendPush } from "./jobs.ts";
import { purpose } from "./subscribe.ts";

/** An order lives an hour; what is older than that is better read in the app. */
const ttlSeconds = 3_600;

export const pushWorker = worker(sendPush, async (ctx, { subscriptionId, messageIds }) => {
  const found = await subscriptionOf(ctx, subscriptionId);
  if (
    found &&
    found.sessionId !== null &&
    !(await livingSessions(ctx.db, [found.sessionId])).has(found.sessionId)
  ) {
    await forgetPush(ctx, { subscriptionId });
    return;
  }
  const recipient = found && (await botRecipients(ctx.db, [found.userId])).get(found.userId);
  if (!recipient) return;
  const all = await toldIn(ctx, messageIds);
  const told = all.filter((one) => isSayable(ctx, one, recipient.language));
  if (told.length === 0) return;
  const tag = createHash("sha256").update(messageIds.join()).digest("base64url").slice(0, 32);
  const text = JSON.stringify({ ...pushTextOf(ctx, told, recipient.language), tag });
  try {
    const outcome = await ctx.gateways.push.send({ to: found.to, text, ttlSeconds, topic: tag });
    if (outcome === "gone") await forgetPush(ctx, { subscriptionId });
  } catch (error) {
    if (!(error instanceof PushFailure) || error.reason === "unknown") throw error;
    ctx.log.warn(errorFields(error), "push refused");
  }
});

async function subscriptionOf(
  ctx: Ctx,
  id: string,
): Promise<{ userId: string; sessionId: string | null; to: PushSubscription } | undefined> {
  const { rows } = await ctx.db.execute<{ user_id: string; session_id: string | null; sealed: Buffer }>(
    sql`select user_id, session_id, sealed from notifications.subscriptions where id = ${id}`,
  );
  const row = rows[0];
  if (!row) return undefined;
  const to = JSON.parse(decrypt(ctx.settings.dataKey, purpose, id, row.sealed)) as PushSubscription;
  return { userId: row.user_id, sessionId: row.session_id, to };
}
