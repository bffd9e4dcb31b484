/** The money of a take: held when it happens, posted to the platform when the customer responds, given back otherwise. */
import { and, eq } from "drizzle-orm";
import { account, postHold, reverse, voidHold } from "../../../kernel/ledger/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { type TakeRow, takes } from "../tables.ts";

type Take = Pick<TakeRow, "orderId" | "executorId" | "price" | "state">;

/** The hold's key; the function `services.take` builds the same. */
export const holdKey = ({ orderId, executorId }: Pick<Take, "orderId" | "executorId">): string =>
  `services:take:${orderId}:${executorId}`;

/** Give the takes in the order of their executors: their accounts are locked one after the other. */
export async function payTakes(tx: Tx, all: readonly Take[]): Promise<void> {
  for (const one of all) {
    if (one.state !== "held") continue;
    await postHold(tx, {
      hold: holdKey(one),
      cause: { kind: "services.paid", id: one.orderId },
      to: [{ account: account.fees, amount: one.price }],
    });
    await setState(tx, one, "paid");
  }
}

/** Held ones are let go of; paid ones come back from the platform's earnings. Refunded ones stay so. Answers whose money came back. */
export async function refundTakes(tx: Tx, all: readonly Take[]): Promise<string[]> {
  const refunded: string[] = [];
  for (const one of all) {
    if (one.state === "refunded") continue;
    const cause = { kind: "services.refunded", id: one.orderId };
    if (one.state === "held") await voidHold(tx, { hold: holdKey(one), cause });
    else
      await reverse(tx, {
        key: `services:refund:${one.orderId}:${one.executorId}`,
        // A posting is named by its hold.
        of: `${holdKey(one)}#end`,
        cause,
      });
    await setState(tx, one, "refunded");
    refunded.push(one.executorId);
  }
  return refunded;
}

const setState = (tx: Tx, one: Take, state: TakeRow["state"]) =>
  tx.db
    .update(takes)
    .set({ state })
    .where(and(eq(takes.orderId, one.orderId), eq(takes.executorId, one.executorId)));
