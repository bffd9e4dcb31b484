import { newId } from "../../../platform/ids.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { verb } from "../../../platform/verb.ts";
import { cityOf } from "../cities/cities.ts";
import { announceNew } from "../jobs.ts";
import { coarse, orderMs, ordersPerHour } from "../rules.ts";
import { createOrder as input } from "../shapes.ts";
import { orders } from "../tables.ts";
import { contactBusy, endDue, holderOf } from "./contact-in-use.ts";
import { self } from "./lock-order.ts";
import { keepPhotos } from "./photos.ts";
import { contactMark, readContact, sealPrivate } from "./private-data.ts";
import { tellOfOrder } from "./tell-of-order.ts";

/**
 * Writes an order that lives for an hour. A contact has one open order: an earlier one whose time is over is ended first; of two at
 * once the second waits and is refused.
 */
export const createOrder = verb("services.create_order", {
  input,
  allow: ["user"],
  limit: { times: ordersPerHour, seconds: 3_600 },
  run: async (tx, given) => {
    const customerId = self(tx);
    const city = cityOf(given.city);
    const contact = readContact(given.contact);
    const contactHmac = contactMark(tx.settings.dataKey, contact);
    const id = newId(tx.now.getTime());
    await keepPhotos(tx, { id, customerId }, given.photos ?? []);
    await endDue(tx, contactHmac);
    const expiresAt = new Date(tx.now.getTime() + orderMs);
    const location = given.location ?? null;
    const written = await tx.db
      .insert(orders)
      .values({
        id,
        customerId,
        category: given.category,
        description: given.description,
        city: city.name,
        place: location ? coarse(location) : { latitude: city.latitude, longitude: city.longitude },
        sealed: sealPrivate(tx.settings.dataKey, id, { contact, location }),
        contactHmac,
        photos: given.photos ?? [],
        status: "active",
        createdAt: tx.now,
        expiresAt,
        dueAt: expiresAt,
      })
      .onConflictDoNothing()
      .returning({ id: orders.id });
    if (written.length === 0) throw contactBusy(await holderOf(tx, contactHmac), customerId);
    enqueue(tx, announceNew.with({ orderId: id }), { key: id });
    tellOfOrder(tx, id, [customerId], true);
    return { id };
  },
});
