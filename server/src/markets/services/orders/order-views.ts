/** Orders as they are shown: to everybody, to who took them, to their customer. */
import type { Settings } from "../../../platform/settings.ts";
import { distanceKm, isOpen, type Point, respondBy, statusAt, takesMax } from "../rules.ts";
import type { Order } from "../shapes.ts";
import type { OrderRow } from "../tables.ts";
import { openPrivate } from "./private-data.ts";

/** Who looks, from where, and at what time. */
export type Looking = {
  settings: Settings;
  userId: string | null;
  now: Date;
  near?: Point | undefined;
};

export type Shown = Omit<OrderRow, "contactHmac" | "dueAt" | "endedAt" | "endRetryAt" | "endFailures">;

/** The contact is opened for its owner and for who took the order, and for nobody else. */
export function orderView(row: Shown, isTaken: boolean, { settings, userId, now, near }: Looking): Order {
  const isMine = row.customerId === userId;
  const status = statusAt(row, now);
  const answer = isOpen(status) ? respondBy(row) : null;
  return {
    id: row.id,
    category: row.category,
    description: row.description,
    city: row.city,
    status,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    takesCount: row.takesCount,
    maxTakes: takesMax,
    ...(near ? { distanceKm: distanceKm(near, row.place) } : {}),
    contact: isMine || isTaken ? openPrivate(settings.dataKey, row.id, row.sealed).contact : null,
    isMine,
    isTaken,
    photos: row.photos,
    price: { amount: settings.env.SERVICES_TAKE_KOPECKS.toString(), asset: "RUB" },
    respondBy: answer?.toISOString() ?? null,
    outcome: row.outcome ?? (status === "closed" ? "silent" : null),
  };
}
