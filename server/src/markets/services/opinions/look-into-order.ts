import { z } from "zod";
import { publicUsers } from "../../../kernel/identity/index.ts";
import { withOpenComplaints } from "../../../kernel/reviews/index.ts";
import { assert } from "../../../platform/errors.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { serviceErrors } from "../errors.ts";
import { lockOrder, takesOf } from "../orders/lock-order.ts";
import { openPrivate } from "../orders/private-data.ts";
import { statusAt, subjectKind } from "../rules.ts";
import type { DisputedOrder } from "../shapes.ts";

/**
 * Whether a contact is dead is found out by trying it: a moderator sees it, as long as somebody complains of the order. A verb, so that it is written down
 * who has looked.
 */
export const lookIntoOrder = verb("services.look_into_order", {
  input: z.strictObject({ orderId: uuid }),
  allow: ["staff:moderator"],
  keep: "nothing",
  run: async (tx, { orderId }): Promise<DisputedOrder> => {
    const order = await lockOrder(tx, orderId);
    const isDisputed = (await withOpenComplaints(tx.db, subjectKind, [orderId])).has(orderId);
    if (!order || !isDisputed) throw serviceErrors.order_not_found();
    const taken = await takesOf(tx.db, orderId);
    const users = await publicUsers(
      tx.db,
      taken.map(({ executorId }) => executorId),
    );
    return {
      id: order.id,
      category: order.category,
      description: order.description,
      city: order.city,
      status: statusAt(order, tx.now),
      outcome: order.outcome,
      createdAt: order.createdAt.toISOString(),
      photos: order.photos,
      contact: openPrivate(tx.settings.dataKey, order.id, order.sealed).contact,
      takes: taken
        .toSorted((a, b) => a.place - b.place)
        .map(({ executorId, takenAt, state, hasComplained }) => {
          const user = users.get(executorId);
          assert(user, "who takes an order has an account");
          return { user, takenAt: takenAt.toISOString(), state, hasComplained };
        }),
    };
  },
});
