/**
 * The call and its record. The Bot API knows no idempotency key: a claim without a record means that a process died in between, and is
 * made once more, because an important notice twice is better than never; after a second such death it is given up.
 */
import { sql } from "drizzle-orm";
import { TelegramFailure } from "../../../gateways/telegram/port.ts";
import type { Ctx, Tx } from "../../../platform/context.ts";
import { errorFields } from "../../../platform/log.ts";
import { transact } from "../../../platform/verb.ts";
import { retryAfterSeconds } from "../rules.ts";
import type { Claimed } from "./claim.ts";
import { isSayable, messageOf, type Told, toldIn } from "./words.ts";

type Outcome =
  | { state: "sent"; messageId: number }
  | { state: "blocked" | "refused" }
  /** Telegram wants silence for so many seconds. */
  | { state: "paused"; seconds: number }
  | { state: "unanswered" };

export async function deliver(ctx: Ctx, claimed: Claimed): Promise<void> {
  const told = await toldIn(ctx, claimed.messageIds);
  const sayable = told.filter((one) => isSayable(ctx, one, claimed.recipient.language));
  if (sayable.length < told.length) await giveUp(ctx, told, sayable);
  if (sayable.length === 0) return;
  const outcome = await send(ctx, claimed.recipient, sayable);
  await transact(ctx, (tx) => record(tx, claimed, outcome), "notifications.record");
}

/** What there are no words for would fail again and again, and with it the rest of its digest. */
async function giveUp(ctx: Ctx, told: readonly Told[], sayable: readonly Told[]): Promise<void> {
  const mute = told.filter((one) => !sayable.includes(one));
  ctx.log.error({ kinds: [...new Set(mute.map(({ kind }) => kind))] }, "messages without words");
  await ctx.db.execute(sql`
    update notifications.messages set state = 'failed', leased_until = null, updated_at = platform.now()
    where id = any(${sql.param(mute.map(({ messageId }) => messageId))}::uuid[]) and state = 'sending'`);
}

async function send(ctx: Ctx, recipient: Claimed["recipient"], told: readonly Told[]): Promise<Outcome> {
  try {
    const sent = await ctx.gateways.telegram.send({
      chatId: recipient.telegramId,
      ...messageOf(ctx, told, recipient.language),
      isPaced: true,
    });
    return sent ? { state: "sent", messageId: sent.messageId } : { state: "blocked" };
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.retryAfterSeconds > 0) return { state: "paused", seconds: error.retryAfterSeconds };
    if (error.reason === "unknown") return { state: "unanswered" };
    ctx.log.warn(errorFields(error), "message refused");
    return { state: error.reason === "gone" ? "blocked" : "refused" };
  }
}

async function record(tx: Tx, { messageIds, recipient }: Claimed, outcome: Outcome): Promise<void> {
  const now = tx.now.toISOString();
  const set = (change: ReturnType<typeof sql>) =>
    tx.db.execute(sql`
      update notifications.messages set ${change}, leased_until = null, updated_at = ${now}
      where id = any(${sql.param(messageIds)}::uuid[]) and state = 'sending'`);
  if (outcome.state === "unanswered") return later(tx, messageIds);
  if (outcome.state === "paused") {
    await set(sql`state = 'waiting'`);
    await tx.db.execute(sql`
      update notifications.pace
      set paused_until = greatest(paused_until, clock_timestamp() + ${outcome.seconds} * interval '1 second')`);
    return;
  }
  const messageId = outcome.state === "sent" ? outcome.messageId : null;
  await set(sql`state = ${outcome.state}, message_id = ${messageId}`);
  if (outcome.state !== "refused")
    await tx.db.execute(sql`
      update notifications.chats set blocked_at = ${outcome.state === "blocked" ? now : null}::timestamptz
      where user_id = ${recipient.userId} and (blocked_at is null) = ${outcome.state === "blocked"}`);
}

/** Each on its own: in a digest one may be at its last try. */
async function later(tx: Tx, messageIds: readonly string[]): Promise<void> {
  const { rows } = await tx.db.execute<{ id: string; failures: number }>(sql`
    update notifications.messages set failures = failures + 1
    where id = any(${sql.param([...messageIds])}::uuid[]) and state = 'sending' returning id, failures`);
  for (const [failures, group] of Map.groupBy(rows, (row) => row.failures)) {
    const seconds = retryAfterSeconds(failures);
    const dueAt = new Date(tx.now.getTime() + (seconds ?? 0) * 1_000).toISOString();
    await tx.db.execute(sql`
      update notifications.messages set state = ${seconds === null ? "failed" : "waiting"}, due_at = ${dueAt},
        leased_until = null, updated_at = ${tx.now.toISOString()}
      where id = any(${sql.param(group.map(({ id }) => id))}::uuid[])`);
  }
}
