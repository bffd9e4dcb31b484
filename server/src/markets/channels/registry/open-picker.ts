import { and, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { TelegramFailure } from "../../../gateways/telegram/port.ts";
import { as, type Ctx } from "../../../platform/context.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { GatewayDown } from "../../../platform/gateway.ts";
import { verb } from "../../../platform/verb.ts";
import { channelErrors } from "../errors.ts";
import { pickers } from "../tables.ts";
import { addChannel } from "./add-channel.ts";

/** Numbers one question to Telegram's picker and remembers who was asked. */
export const openPicker = verb("channels.open_picker", {
  input: z.strictObject({}),
  allow: ["user"],
  keep: "nothing",
  run: async (tx) => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const rows = await tx.db
      .insert(pickers)
      .values({ userId: tx.actor.userId, askedAt: tx.now })
      .returning({ requestId: pickers.requestId });
    return { requestId: rows[0]?.requestId ?? 0 };
  },
});

/** Prepares Telegram's own picker of one's channels; the Mini App opens it by the answered id. */
export async function preparePicker(ctx: Ctx): Promise<{ preparedId: string }> {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  const { requestId } = await openPicker(ctx, {});
  try {
    return { preparedId: await ctx.gateways.telegram.prepareChannelPicker(ctx.actor.telegramId, requestId) };
  } catch (error) {
    if (error instanceof TelegramFailure || error instanceof GatewayDown)
      throw channelErrors.telegram_silent();
    throw error;
  }
}

/** The picker's answer, as it arrives in the chat with the bot: only for the person who was asked, within the hour. */
export async function takePicked(ctx: Ctx, requestId: number, chatId: string): Promise<void> {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  const asked = await ctx.db
    .select({ requestId: pickers.requestId })
    .from(pickers)
    .where(
      and(
        eq(pickers.requestId, requestId),
        eq(pickers.userId, ctx.actor.userId),
        gt(pickers.askedAt, sql`platform.now() - interval '1 hour'`),
      ),
    );
  if (asked.length === 0) throw channelErrors.picker_unknown();
  await addChannel(as(ctx, ctx.actor, `picked:${requestId}:${chatId}`), { chat: chatId });
}
