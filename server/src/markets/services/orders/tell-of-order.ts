import type { Tx } from "../../../platform/context.ts";
import { publish, publishToAll } from "../../../platform/realtime.ts";

/** The open screens of whom the order concerns read it again; `isListed`: so does everybody who looks at the list. */
export function tellOfOrder(tx: Tx, orderId: string, people: readonly string[], isListed: boolean): void {
  for (const userId of people) publish(tx, userId, "order", orderId);
  if (isListed) publishToAll(tx, "orders", orderId);
}
