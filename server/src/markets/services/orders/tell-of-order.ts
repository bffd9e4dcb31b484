import type { Tx } from "../../../platform/context.ts";
import { publish } from "../../../platform/realtime.ts";

/** The open screens of whom the order concerns read it again. */
export function tellOfOrder(tx: Tx, orderId: string, people: readonly string[]): void {
  for (const userId of people) publish(tx, userId, "order", orderId);
}
