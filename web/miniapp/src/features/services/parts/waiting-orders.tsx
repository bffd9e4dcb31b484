/** On the home screen: my orders that are open, and those that I took and have still to do something about. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { type Order, useOwnOrders } from "../queries.ts";
import { isOpen, OrderCell } from "./order-cell.tsx";

export default function WaitingOrders(): ReactNode {
  const t = useWords();
  const mine = useOwnOrders("mine").data?.pages[0]?.orders.filter(isOpen) ?? [];
  const taken = useOwnOrders("taken").data?.pages[0]?.orders.filter(isOpen) ?? [];
  if (mine.length + taken.length === 0) return null;
  return (
    <Section header={t("orders:waiting")} testId="waiting-orders">
      {[...mine, ...taken].map((order) => (
        <OrderCell key={order.id} order={order} verb={verbOf(t, order)} />
      ))}
    </Section>
  );
}

export function verbOf(
  t: ReturnType<typeof useWords>,
  order: Order,
): NonNullable<Parameters<typeof OrderCell>[0]["verb"]> {
  if (!order.isMine) return { text: t("orders:verb.call"), tone: "waiting", until: order.respondBy };
  return order.takesCount > 0
    ? { text: t("orders:verb.respond"), tone: "waiting", until: order.respondBy }
    : { text: t("orders:verb.wait"), tone: "quiet", until: order.expiresAt };
}
