import { eq } from "drizzle-orm";
import { publicUsers } from "../../../kernel/identity/index.ts";
import { ratingsOf, targetKey } from "../../../kernel/reviews/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { assert } from "../../../platform/errors.ts";
import { serviceErrors } from "../errors.ts";
import { executorTarget, ratingView } from "../executors/rating.ts";
import type { OrderDetails, OwnTake, Taker } from "../shapes.ts";
import { orders, type TakeRow } from "../tables.ts";
import { takesOf } from "./lock-order.ts";
import { orderView } from "./order-views.ts";
import { openPrivate } from "./private-data.ts";

/** One order. A deleted one is found by its owner alone. */
export async function getOrder(ctx: Ctx, orderId: string): Promise<OrderDetails> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const [row] = await ctx.db.select().from(orders).where(eq(orders.id, orderId));
  if (!row || (row.status === "deleted" && row.customerId !== userId)) throw serviceErrors.order_not_found();
  const all = userId === null ? [] : await takesOf(ctx.db, orderId);
  const own = all.find((one) => one.executorId === userId);
  const isMine = row.customerId === userId;
  const now = ctx.clock.date();
  return {
    ...orderView(row, own !== undefined, { settings: ctx.settings, userId, now }),
    serverTime: now.toISOString(),
    location: own || isMine ? openPrivate(ctx.settings.dataKey, row.id, row.sealed).location : null,
    takers: isMine ? await takersOf(ctx, all) : null,
    take: own ? takeView(own) : null,
  };
}

/** Earliest first. */
async function takersOf(ctx: Ctx, all: readonly TakeRow[]): Promise<Taker[]> {
  const ids = all.map(({ executorId }) => executorId);
  const users = await publicUsers(ctx.db, ids);
  const ratings = await ratingsOf(ctx.db, ids.map(executorTarget));
  return all
    .toSorted((a, b) => a.place - b.place)
    .map((one) => {
      const user = users.get(one.executorId);
      assert(user, "who takes an order has an account");
      return {
        user,
        takenAt: one.takenAt.toISOString(),
        rating: ratingView(ratings.get(targetKey(executorTarget(one.executorId)))),
        isChosen: one.isChosen,
        isReviewed: one.isReviewed,
      };
    });
}

const takeView = (row: TakeRow): OwnTake => ({
  takenAt: row.takenAt.toISOString(),
  price: { amount: row.price.toString(), asset: "RUB" },
  state: row.state,
  isChosen: row.isChosen,
  hasComplained: row.hasComplained,
});
