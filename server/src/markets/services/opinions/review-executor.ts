import { and, eq } from "drizzle-orm";
import { userByTelegramId } from "../../../kernel/identity/index.ts";
import { writeReview } from "../../../kernel/reviews/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { verb } from "../../../platform/verb.ts";
import { serviceErrors } from "../errors.ts";
import { lockOrder, self } from "../orders/lock-order.ts";
import { tellOfOrder } from "../orders/tell-of-order.ts";
import { opinionMs, subjectKind } from "../rules.ts";
import { reviewExecutor as input } from "../shapes.ts";
import { type OrderRow, type TakeRow, takes } from "../tables.ts";

/** The customer rates one of those who took the order: once for each order. */
export const reviewExecutor = verb("services.review_executor", {
  input,
  allow: ["user"],
  run: async (tx, { orderId, executorId, ...written }) => {
    const customerId = self(tx);
    const order = await lockOrder(tx, orderId);
    if (!order || order.customerId !== customerId) throw serviceErrors.order_not_found();
    const executor = await userByTelegramId(tx.db, executorId);
    const take = executor === undefined ? undefined : await takeOf(tx, orderId, executor);
    if (!take) throw serviceErrors.not_taken();
    assertInTime(tx, take);
    const { reviewId } = await writeReview(tx, {
      ...written,
      subject: subjectOf(order),
      authorId: customerId,
      person: { id: take.executorId, role: "executor" },
      topic: "reviews",
      link: `/orders/${order.id}`,
    });
    await mark(tx, take, { isReviewed: true });
    tellOfOrder(tx, order.id, [customerId, take.executorId], false);
    return { reviewId };
  },
});

/** What reviews and complaints are about. The title is for its people and moderators. */
export const subjectOf = ({ id, description }: OrderRow) => ({
  kind: subjectKind,
  id,
  title: description.length > 80 ? `${description.slice(0, 79).trimEnd()}…` : description,
});

export async function takeOf(tx: Tx, orderId: string, executorId: string): Promise<TakeRow | undefined> {
  const its = and(eq(takes.orderId, orderId), eq(takes.executorId, executorId));
  return (await tx.db.select().from(takes).where(its))[0];
}

export function assertInTime(tx: Tx, { takenAt }: TakeRow): void {
  if (tx.now.getTime() - takenAt.getTime() > opinionMs) throw serviceErrors.too_late();
}

export const mark = (tx: Tx, take: TakeRow, set: { isReviewed?: true; hasComplained?: true }) =>
  tx.db
    .update(takes)
    .set(set)
    .where(and(eq(takes.orderId, take.orderId), eq(takes.executorId, take.executorId)));
