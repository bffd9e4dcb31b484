import { eq } from "drizzle-orm";
import { publicUsers, userByTelegramId } from "../../../kernel/identity/index.ts";
import { ratingOf } from "../../../kernel/reviews/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { assert, platformErrors } from "../../../platform/errors.ts";
import { serviceErrors } from "../errors.ts";
import type { Executor, OwnExecutor } from "../shapes.ts";
import { executorFigures } from "../tables.ts";
import { executorTarget, ratingView } from "./rating.ts";
import { preferencesOf } from "./set-preferences.ts";

/** How others see who takes orders. Who never took one is nobody here: their name is not for whoever tries numbers. */
export async function getExecutor(ctx: Ctx, telegramId: string): Promise<Executor> {
  const userId = await userByTelegramId(ctx.db, telegramId);
  if (userId === undefined) throw serviceErrors.executor_not_found();
  const figures = await figuresOf(ctx, userId);
  if (figures.takes === 0) throw serviceErrors.executor_not_found();
  return atAGlance(ctx, userId, figures);
}

/** One's own figures: what is set aside, paid and came back. */
export async function ownFigures(ctx: Ctx): Promise<OwnExecutor> {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  const { userId } = ctx.actor;
  const figures = await figuresOf(ctx, userId);
  const rub = (kopecks: bigint) => ({ amount: kopecks.toString(), asset: "RUB" as const });
  return {
    ...(await atAGlance(ctx, userId, figures)),
    held: rub(figures.held),
    paid: rub(figures.paid),
    refunded: rub(figures.refunded),
    preferences: await preferencesOf(ctx.db, userId),
  };
}

type Figures = { takes: number; chosen: number; held: bigint; paid: bigint; refunded: bigint };

/** Kept by a trigger of the takes. */
async function figuresOf(ctx: Ctx, userId: string): Promise<Figures> {
  const [row] = await ctx.db.select().from(executorFigures).where(eq(executorFigures.executorId, userId));
  return row ?? { takes: 0, chosen: 0, held: 0n, paid: 0n, refunded: 0n };
}

async function atAGlance(ctx: Ctx, userId: string, figures: Figures): Promise<Executor> {
  const user = (await publicUsers(ctx.db, [userId])).get(userId);
  assert(user, "an id of ours names a user");
  const rating = ratingView(await ratingOf(ctx.db, executorTarget(userId)));
  return { user, rating, takes: figures.takes, chosen: figures.chosen };
}
