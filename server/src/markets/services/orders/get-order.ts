import { publicUsers } from "../../../kernel/identity/index.ts";
import { ratingsOf, targetKey } from "../../../kernel/reviews/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { readPrepared } from "../../../platform/db.ts";
import { assert } from "../../../platform/errors.ts";
import { serviceErrors } from "../errors.ts";
import { executorTarget, ratingView } from "../executors/rating.ts";
import type { OrderDetails, OwnTake, Taker } from "../shapes.ts";
import type { TakeRow } from "../tables.ts";
import { columns, type Row, shown } from "./order-rows.ts";
import { orderView } from "./order-views.ts";
import { openPrivate } from "./private-data.ts";

type Take = Omit<TakeRow, "orderId" | "place">;
/** Of a take that the person may see, or all null. */
type Read = Row & (Take | { executorId: null });

/** The order as often as it has takes that the person may see: all of one's own order, one's own of another. */
const statement = {
  name: "services.order",
  text: `select ${columns}, o.sealed, t.executor_id as "executorId", t.taken_at as "takenAt", t.price, t.state,
      t.is_chosen as "isChosen", t.is_reviewed as "isReviewed", t.has_complained as "hasComplained"
    from services.orders o
    left join services.takes t on t.order_id = o.id and (o.customer_id = $2::uuid or t.executor_id = $2::uuid)
    where o.id = $1::uuid order by t.place`,
};

/** One order. A deleted one is found by its owner alone. */
export async function getOrder(ctx: Ctx, orderId: string): Promise<OrderDetails> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const rows = await readPrepared<Read>(ctx.db, statement, [orderId, userId]);
  const [row] = rows;
  if (!row || (row.status === "deleted" && row.customer_id !== userId)) throw serviceErrors.order_not_found();
  const all = rows.filter((one): one is Read & Take => one.executorId !== null);
  const own = all.find((one) => one.executorId === userId);
  const isMine = row.customer_id === userId;
  const now = ctx.clock.date();
  return {
    ...orderView(shown(row), own !== undefined, { settings: ctx.settings, userId, now }),
    serverTime: now.toISOString(),
    location: own || isMine ? openPrivate(ctx.settings.dataKey, row.id, row.sealed).location : null,
    takers: isMine ? await takersOf(ctx, all) : null,
    take: own ? takeView(own) : null,
  };
}

/** In the order in which they took it. */
async function takersOf(ctx: Ctx, all: readonly Take[]): Promise<Taker[]> {
  const ids = all.map(({ executorId }) => executorId);
  const users = await publicUsers(ctx.db, ids);
  const ratings = await ratingsOf(ctx.db, ids.map(executorTarget));
  return all.map((one) => {
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

const takeView = (row: Take): OwnTake => ({
  takenAt: row.takenAt.toISOString(),
  price: { amount: row.price.toString(), asset: "RUB" },
  state: row.state,
  isChosen: row.isChosen,
  hasComplained: row.hasComplained,
});
