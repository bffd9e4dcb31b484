import type { Context } from "grammy";
import type { Update } from "grammy/types";
import { as, type Ctx, system } from "../../../platform/context.ts";
import { assert } from "../../../platform/errors.ts";
import { ensureUser } from "../users/ensure-user.ts";

/** Whose work an update is part of: handlers are given once to the bot, contexts come with each update. */
const contexts = new WeakMap<Update, Ctx>();

/** Says in which context this update is about to be dispatched. */
export const actFor = (ctx: Ctx, update: Update): void => {
  contexts.set(update, ctx);
};

/**
 * What the modules' handlers act with: as the person who wrote to the bot or pressed its button (registered at first sight),
 * under the update's id as request key. What happens in channels is the system's to notice: who acted there never came to us.
 */
export async function senderContext({ update, from, chat }: Context): Promise<Ctx> {
  const base = contexts.get(update);
  assert(base, "an update is dispatched within a context");
  const key = `telegram:${update.update_id}`;
  const isPersonal = from && !from.is_bot && (chat === undefined || chat.type === "private");
  return as(base, isPersonal ? await ensureUser(base, from) : system("telegram"), key);
}
