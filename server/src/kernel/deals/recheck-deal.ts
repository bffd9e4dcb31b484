import { z } from "zod";
import { as, type Ctx, system } from "../../platform/context.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { lockOwnDeal } from "./lock-deal.ts";
import type { OwnMessage } from "./own-message.ts";
import { findOwnDeal } from "./queries.ts";
import { readDeal } from "./read-deal.ts";
import { enqueueThen } from "./then.ts";

/** "I have paid", "I have transferred": the chain is read at once, and the market is asked to look as well. */
export const recheckDeal = verb("deals.recheck", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["user"],
  look: async (ctx: Ctx, { dealId }: { dealId: string }) => {
    await findOwnDeal(ctx.db, ctx.actor, dealId);
    // An endpoint that is down is no reason to refuse the question: the watcher goes on by itself.
    await readDeal(as(ctx, system("deals.recheck")), dealId, true).catch(() => {
      ctx.log.warn({ dealId }, "the chain could not be read on demand");
    });
    return undefined;
  },
  run: async (tx, { dealId }): Promise<OwnMessage> => {
    const { deal } = await lockOwnDeal(tx, dealId);
    // One look of the market per half minute is enough, however often it is asked for.
    if (!deal.isFinal) enqueueThen(tx, deal, "recheck", String(Math.floor(tx.now.getTime() / 30_000)));
    return { message: null };
  },
});
