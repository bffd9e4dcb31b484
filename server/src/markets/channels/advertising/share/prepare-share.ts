import type { z } from "zod";
import { TelegramFailure } from "../../../../gateways/telegram/port.ts";
import { languageOf } from "../../../../kernel/identity/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import { verb } from "../../../../platform/verb.ts";
import { channelErrors } from "../../errors.ts";
import { userOf } from "../profiles/cards.ts";
import { sharing as input } from "../shapes.ts";
import { shareOf } from "./cards.ts";

/** Leaves a card with Telegram, for the Mini App to share under the answered id, within a day. */
export const prepareShare = verb("channels.prepare_share", {
  input,
  allow: ["user"],
  keep: "nothing",
  look: async (ctx: Ctx, what: z.output<typeof input>): Promise<{ preparedId: string }> => {
    const { userId, telegramId } = userOf(ctx);
    const card = await shareOf(ctx, what, await languageOf(ctx.db, userId));
    try {
      return { preparedId: await ctx.gateways.telegram.share.prepare(telegramId, card) };
    } catch (error) {
      if (error instanceof GatewayDown || error instanceof TelegramFailure)
        throw channelErrors.telegram_silent();
      throw error;
    }
  },
  run: async (_tx, _what, seen) => seen,
});
