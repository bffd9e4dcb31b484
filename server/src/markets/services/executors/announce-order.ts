import { sql } from "drizzle-orm";
import {
  announce,
  continueAnnouncement,
  recipientsMax,
  rewordAnnouncement,
  withdrawAnnouncement,
} from "../../../kernel/notifications/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { verb } from "../../../platform/verb.ts";
import { announceNew } from "../jobs.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { statusAt } from "../rules.ts";
import type { OrderRow } from "../tables.ts";

const announcementKey = (orderId: string): string => `services:${orderId}:new`;

/** Who has no point of their own comes after everybody who has: as if this many metres away. */
const farMetres = 1_000_000;

/**
 * Tells the executors who want to hear of such an order, the nearest first; when it is over meanwhile, nobody. A page of them at a time: the next
 * (`after` the last one of before) when the bot has nearly come so far.
 */
export const announceOrder = verb("services.announce_order", {
  input: announceNew.schema,
  allow: ["system"],
  run: async (tx, { orderId, after }) => {
    // Locked: who fills or ends it at this moment finds the announcement, or this finds the end.
    const order = await lockOrder(tx, orderId);
    if (!order || statusAt(order, tx.now) !== "active") return { recipients: 0 };
    const recipients = await listenersOf(tx, order, after);
    const last = recipients.length === recipientsMax ? recipients.at(-1) : undefined;
    const page = {
      key: announcementKey(orderId),
      recipients,
      ...(last && { more: announceNew.with({ orderId, after: last }) }),
    };
    if (after) await continueAnnouncement(tx, { ...page, asked: { orderId, after } });
    else
      await announce(tx, {
        ...page,
        kind: "services.new",
        topic: "new_orders",
        params: saidOf(order),
        link: `/orders/${orderId}`,
        press: `order:${orderId}`,
        digestLink: "/orders",
      });
    return { recipients: recipients.length };
  },
});

type Said = Pick<OrderRow, "category" | "city" | "description">;
const saidOf = ({ category, city, description }: Said) => ({ category, city, text: inShort(description) });

/** Its customer has changed it: what they took out of it is told to nobody more. */
export const rewordOrder = (tx: Tx, order: Said & { id: string }): Promise<void> =>
  rewordAnnouncement(tx, { key: announcementKey(order.id), params: saidOf(order) });

/** Nobody more is told of an order that cannot be taken any more. */
export const withdrawOrder = (tx: Tx, orderId: string): Promise<void> =>
  withdrawAnnouncement(tx, announcementKey(orderId));

const inShort = (text: string): string => (text.length > 160 ? `${text.slice(0, 159).trimEnd()}…` : text);

type Listener = { userId: string; rank: number };

/** By the indexes of cities and of the boxes around circles; never the customer. */
async function listenersOf(tx: Tx, order: OrderRow, after: Listener | undefined): Promise<Listener[]> {
  const place = sql`point(${order.place.longitude}, ${order.place.latitude})`;
  const { rows } = await tx.db.execute<Listener>(sql`
    select l.user_id as "userId", l.rank from (
      select e.user_id, case when e.near is null then ${farMetres} else round(services.distance_km(e.near, ${place}) * 1000) end::int as rank
      from services.executors e
      where e.is_on and e.user_id <> ${order.customerId}
        and (e.categories = '{}' or ${order.category} = any(e.categories))
        and (e.cities @> array[${order.city}]::text[]
          or (e.area @> box(${place}, ${place}) and services.distance_km(e.near, ${place}) <= e.radius_km))
    ) l
    ${after ? sql`where (l.rank, l.user_id) > (${after.rank}::int, ${after.userId}::uuid)` : sql``}
    order by l.rank, l.user_id limit ${recipientsMax}`);
  return rows;
}
