import { eq } from "drizzle-orm";
import { z } from "zod";
import { notify } from "../../../kernel/notifications/index.ts";
import { fileComplaint } from "../../../kernel/reviews/index.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { serviceErrors } from "../errors.ts";
import { withdrawOrder } from "../executors/announce-order.ts";
import { complaintDecided } from "../jobs.ts";
import { lockOrder, self, takesOf } from "../orders/lock-order.ts";
import { tellOfOrder } from "../orders/tell-of-order.ts";
import { complaintReasons, isOpen, refundedBy } from "../rules.ts";
import { complain, complaintReason } from "../shapes.ts";
import { orders } from "../tables.ts";
import { refundTakes } from "../takes/money.ts";
import { assertInTime, mark, subjectOf, takeOf } from "./review-executor.ts";

/** Who took an order complains of it, once. Staff decides; what is found true may give the money back. */
export const complainOfOrder = verb("services.complain", {
  input: complain,
  allow: ["user"],
  run: async (tx, { orderId, reason, text }) => {
    const executorId = self(tx);
    const order = await lockOrder(tx, orderId);
    const take = order && (await takeOf(tx, orderId, executorId));
    if (!order || !take) throw order ? serviceErrors.not_taken() : serviceErrors.order_not_found();
    assertInTime(tx, take);
    const { complaintId, state } = await fileComplaint(tx, {
      subject: subjectOf(order),
      authorId: executorId,
      personId: order.customerId,
      market: "services",
      reason,
      reasons: complaintReasons,
      ...(text === undefined ? {} : { text }),
      // biome-ignore lint/suspicious/noThenProperty: a job's name, nobody awaits it.
      then: complaintDecided.name,
      topic: "orders",
      link: `/orders/${order.id}`,
    });
    await mark(tx, take, { hasComplained: true });
    tellOfOrder(tx, order.id, [executorId], false);
    return { complaintId, state };
  },
});

/**
 * A complaint was found true: those whom its reason names get their money back, held or paid, and an order with a dead contact is closed.
 * Once, whoever asks again: what is refunded stays so.
 */
export const refundComplaint = verb("services.refund_complaint", {
  input: z.strictObject({ orderId: uuid, executorId: uuid, reason: complaintReason, complaintId: uuid }),
  allow: ["system"],
  run: async (tx, { orderId, executorId, reason, complaintId }) => {
    const who = refundedBy(reason);
    const order = await lockOrder(tx, orderId);
    if (!order || who === "nobody") return { refunded: 0 };
    const all = await takesOf(tx.db, orderId);
    const refunded = await refundTakes(
      tx,
      all.filter((one) => who === "everybody" || one.executorId === executorId),
    );
    const isRemoved = who === "everybody" && isOpen(order.status);
    if (isRemoved) {
      await withdrawOrder(tx, order.id);
      await tx.db
        .update(orders)
        .set({ status: "closed", outcome: "removed", endedAt: tx.now })
        .where(eq(orders.id, order.id));
    }
    const about = { topic: "orders" as const, params: { city: order.city }, link: `/orders/${order.id}` };
    for (const userId of refunded)
      await notify(tx, {
        ...about,
        userId,
        kind: "services.refunded",
        key: `services:${complaintId}:refund`,
      });
    if (isRemoved)
      await notify(tx, {
        ...about,
        userId: order.customerId,
        kind: "services.removed",
        key: `services:${complaintId}:refund`,
      });
    tellOfOrder(tx, order.id, [order.customerId, ...refunded], isRemoved && order.status === "active");
    return { refunded: refunded.length };
  },
});
