import { z } from "zod";
import { account, balanceOf } from "../../../kernel/ledger/index.ts";
import { notify } from "../../../kernel/notifications/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { runPrepared } from "../../../platform/db.ts";
import { assert } from "../../../platform/errors.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { serviceErrors } from "../errors.ts";
import { withdrawOrder } from "../executors/announce-order.ts";
import { self } from "../orders/lock-order.ts";
import { tellOfOrder } from "../orders/tell-of-order.ts";
import { minutesUntil } from "../rules.ts";

type Taking = {
  outcome:
    | "yes"
    | "same"
    | "order_not_found"
    | "own_order"
    | "order_over"
    | "order_full"
    | "insufficient_funds";
  customer_id: string | null;
  place: number | null;
  status: string | null;
  due_at: Date | null;
};

const statement = {
  name: "services.take",
  text: "select * from services.take($1, $2, $3, $4)",
};

/**
 * Takes an order: place, hold, audit and notice in one transaction, the first two in one round trip. The person and the order are the
 * natural key: a repetition finds what is there and pays nothing. The contact is read afterwards, by whoever may, and is never stored with
 * the action.
 */
export const takeOrder = verb("services.take_order", {
  input: z.strictObject({ orderId: uuid }),
  allow: ["user"],
  keep: "nothing",
  run: async (tx, { orderId }) => {
    const executorId = self(tx);
    const price = tx.settings.env.SERVICES_TAKE_KOPECKS;
    const [taking] = await runPrepared<Taking>(tx.db, statement, [
      orderId,
      executorId,
      price.toString(),
      tx.now.toISOString(),
    ]);
    assert(taking, "a take answers one row");
    if (taking.outcome === "insufficient_funds") throw await notEnough(tx, executorId, orderId, price);
    if (taking.outcome !== "yes" && taking.outcome !== "same") throw serviceErrors[taking.outcome]();
    if (taking.outcome === "same") return { isNew: false };
    if (taking.status === "taken") await withdrawOrder(tx, orderId);
    const { customer_id: customerId, place, due_at: dueAt } = taking;
    assert(
      customerId !== null && place !== null && dueAt !== null,
      "a take has a customer, a place and an end",
    );
    await notify(tx, {
      userId: customerId,
      kind: "services.taken",
      topic: "orders",
      params: { place, minutes: minutesUntil(dueAt, tx.now) },
      link: `/orders/${orderId}`,
      press: `mine:${orderId}`,
      key: `services:${orderId}:take:${place}`,
    });
    tellOfOrder(tx, orderId, [customerId, executorId], true);
    return { isNew: true };
  },
});

async function notEnough(tx: Tx, executorId: string, orderId: string, price: bigint) {
  const { available } = await balanceOf(tx.db, account.user(executorId), "RUB");
  const missing = (price - available).toString();
  return serviceErrors.not_enough({
    asset: "RUB",
    price: price.toString(),
    available: available.toString(),
    missing,
    recharge: `/balance/recharge?asset=RUB&amount=${missing}&returnTo=${encodeURIComponent(`/orders/${orderId}`)}`,
  });
}
