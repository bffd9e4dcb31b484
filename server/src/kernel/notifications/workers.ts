import { eq } from "drizzle-orm";
import { TelegramFailure } from "../../gateways/telegram/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { worker } from "../../platform/jobs.ts";
import { botRecipient } from "../identity/index.ts";
import { sendToBot } from "./jobs.ts";
import { recordDelivery } from "./record-delivery.ts";
import { deliveries, inbox } from "./tables.ts";

/**
 * The Bot API knows no idempotency key. A delivery still marked `sending` when the job runs again means that we died
 * between the call and its record: it is sent once more, because an important notice twice is better than never. A
 * second such death gives up on the chat; the inbox has it in any case. A call that failed is `waiting` for the next try.
 */
export const deliverToBot = worker(sendToBot, async (ctx, { notificationId }) => {
  const found = (await ctx.db.select().from(inbox).where(eq(inbox.id, notificationId)))[0];
  if (!found) return;
  const before = (
    await ctx.db.select().from(deliveries).where(eq(deliveries.notificationId, notificationId))
  )[0];
  if (before && hasEnded(before)) return;
  const recipient = await botRecipient(ctx.db, found.userId);
  if (!recipient) return;
  if (found.topic !== "security" && recipient.botSettings[found.topic] === false) return;
  // One job records several outcomes: its key must not make the second look like a repetition of the first.
  const { requestKey: _key, ...fresh } = ctx;
  await recordDelivery(fresh, { notificationId, state: "sending" });
  try {
    const sent = await ctx.gateways.telegram.send({
      chatId: recipient.telegramId,
      html: messageOf(ctx, found, recipient.language),
      buttons: [[{ kind: "app", text: buttonOf(ctx, found, recipient.language), path: found.link }]],
    });
    await recordDelivery(fresh, {
      notificationId,
      state: sent ? "sent" : "blocked",
      messageId: sent?.messageId ?? null,
    });
  } catch (error) {
    if (!(error instanceof TelegramFailure) || error.reason === "unknown") {
      await recordDelivery(fresh, { notificationId, state: "waiting" });
      throw error;
    }
    await recordDelivery(fresh, { notificationId, state: error.reason === "gone" ? "blocked" : "refused" });
  }
});

/** Still `sending` after two deaths in the middle of the call: a third message would be worse than none. */
const hasEnded = ({ state, attempts }: typeof deliveries.$inferSelect): boolean =>
  state === "sending" ? attempts >= 2 : state !== "waiting";

type Row = typeof inbox.$inferSelect;
const path = (row: Row): string => row.kind.replace(".", ":notices.");

function messageOf(ctx: Ctx, row: Row, language: "ru" | "en"): string {
  const title = ctx.words.say(language, `${path(row)}.title`, row.params);
  const body = ctx.words.say(language, `${path(row)}.body`, row.params);
  return `<b>${Bun.escapeHTML(title)}</b>\n${Bun.escapeHTML(body)}`;
}

function buttonOf(ctx: Ctx, row: Row, language: "ru" | "en"): string {
  const own = `${path(row)}.button`;
  return ctx.words.say(language, ctx.words.has(language, own) ? own : "notifications:open", row.params);
}
