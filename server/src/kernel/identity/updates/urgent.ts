/**
 * Updates that are worth nothing in ten seconds: Telegram asks whether a payment may go on, and calls it off without an answer.
 * They pass the inbox by: a lane may have other work before them, and to answer late or twice helps nobody. One that is lost
 * costs the person a second try and no money.
 */
import type { Update } from "grammy/types";
import type { Ctx } from "../../../platform/context.ts";
import { errorFields } from "../../../platform/log.ts";
import { actFor } from "./sender-context.ts";

export const isUrgent = (update: Update): boolean => update.pre_checkout_query !== undefined;

/** Hands it to the bot's handlers at once. Never throws: there is nobody to try again. */
export async function answerUrgent(ctx: Ctx, update: Update): Promise<void> {
  try {
    actFor(ctx, update);
    await ctx.gateways.telegram.updates.dispatch(update);
  } catch (error) {
    ctx.log.warn({ ...errorFields(error), updateId: String(update.update_id) }, "an urgent update failed");
  }
}
