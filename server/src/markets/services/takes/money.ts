/** The money of a take: held when it happens, posted to the platform when the customer responds, given back otherwise. */
import { and, eq } from "drizzle-orm";
import { account, postHold, reverse, voidHold } from "../../../kernel/ledger/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { type TakeRow, takes } from "../tables.ts";

type Take = Pick<TakeRow, "orderId" | "executorId" | "price" | "state">;

/** The hold's key; the function `services.take` builds the same. */
export const holdKey = ({ orderId, executorId }: Pick<Take, "orderId" | "executorId">): string =>
  `services:take:${orderId}:${executorId}`;

/** Give the takes in the order of their executors: their accounts and figures are locked one after the other. */
export async function payTakes(tx: Tx, all: readonly Take[], chosen: string | undefined): Promise<void> {
  for (const one of all) {
    const isChosen = one.executorId === chosen;
    if (one.state === "held")
      await postHold(tx, {
        hold: holdKey(one),
        cause: { kind: "services.paid", id: one.orderId },
        to: [{ account: account.fees, amount: one.price }],
      });
    // Whose money came back before by a complaint is chosen all the same.
    if (one.state === "held") await set(tx, one, { state: "paid", isChosen });
    else if (isChosen) await set(tx, one, { isChosen });
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
    await set(tx, one, { state: "refunded" });
    refunded.push(one.executorId);
  }
  return refunded;
}

const set = (tx: Tx, one: Take, change: Partial<Pick<TakeRow, "state" | "isChosen">>) =>
  tx.db
    .update(takes)
    .set(change)
    .where(and(eq(takes.orderId, one.orderId), eq(takes.executorId, one.executorId)));
