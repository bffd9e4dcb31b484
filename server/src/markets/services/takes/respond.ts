import { eq } from "drizzle-orm";
import { z } from "zod";
import { userByTelegramId } from "../../../kernel/identity/index.ts";
import { notify } from "../../../kernel/notifications/index.ts";
import { telegramId, uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { serviceErrors } from "../errors.ts";
import { withdrawOrder } from "../executors/announce-order.ts";
import { lockOwn, takesOf } from "../orders/lock-order.ts";
import { tellOfOrder } from "../orders/tell-of-order.ts";
import { orders } from "../tables.ts";
import { payTakes } from "./money.ts";

/**
 * The customer responds in time: the order is closed, and everybody who took it has paid for a contact that answers. With `executorId` the
 * customer says whom they chose. Once answered, it stays as it was answered.
 */
export const respondToTakes = verb("services.respond", {
  input: z.strictObject({ orderId: uuid, executorId: telegramId.nullable() }),
  allow: ["user"],
  run: async (tx, { orderId, executorId }) => {
    const { order, isDone } = await lockOwn(tx, orderId, "respond");
    if (isDone) return { id: order.id };
    const taken = await takesOf(tx.db, order.id);
    const chosen = executorId === null ? undefined : await userByTelegramId(tx.db, executorId);
    if (executorId !== null && !taken.some((one) => one.executorId === chosen))
      throw serviceErrors.not_taken();
    await payTakes(tx, taken, chosen);
    await withdrawOrder(tx, order.id);
    await tx.db
      .update(orders)
      .set({ status: "closed", outcome: "answered", endedAt: tx.now })
      .where(eq(orders.id, order.id));
    // Whose money came back before by a complaint has paid nothing now.
    for (const one of taken.filter(({ state, executorId: id }) => state === "held" || id === chosen))
      await notify(tx, {
        userId: one.executorId,
        kind: one.executorId === chosen ? "services.chosen" : "services.answered",
        topic: "orders",
        params: { city: order.city },
        link: `/orders/${order.id}`,
        key: `services:${order.id}:answer`,
      });
    const people = [order.customerId, ...taken.map((one) => one.executorId)];
    tellOfOrder(tx, order.id, people, order.status === "active");
    return { id: order.id };
  },
});
