import { eq } from "drizzle-orm";
import { z } from "zod";
import { isUniqueViolation } from "../../../platform/db.ts";
import { assert } from "../../../platform/errors.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { cityOf, middleOf } from "../cities/cities.ts";
import { serviceErrors } from "../errors.ts";
import { rewordOrder, withdrawOrder } from "../executors/announce-order.ts";
import { coarse } from "../rules.ts";
import { putOrder } from "../shapes.ts";
import { orders } from "../tables.ts";
import { contactBusy, endDue, holderOf } from "./contact-in-use.ts";
import { lockOwn } from "./lock-order.ts";
import { keepPhotos } from "./photos.ts";
import { contactMark, openPrivate, readContact, sealPrivate } from "./private-data.ts";
import { tellOfOrder } from "./tell-of-order.ts";

/** Changes one's own order as long as nobody has taken it. The city stays; the hour does not begin anew. */
export const updateOrder = verb("services.update_order", {
  input: putOrder.extend({ orderId: uuid }),
  allow: ["user"],
  run: async (tx, { orderId, ...change }) => {
    const { dataKey } = tx.settings;
    const wanted = change.contact === undefined ? undefined : readContact(change.contact);
    if (wanted !== undefined) await endDue(tx, contactMark(dataKey, wanted));
    const { order } = await lockOwn(tx, orderId, "edit");
    if (change.city !== undefined && cityOf(change.city).name !== order.city)
      throw serviceErrors.city_fixed({ city: order.city });
    const before = openPrivate(dataKey, order.id, order.sealed);
    const contact = wanted ?? before.contact;
    assert(contact !== null, "an open order has its contact");
    const location = change.location === undefined ? before.location : change.location;
    const contactHmac = contactMark(dataKey, contact);
    const holder = await holderOf(tx, contactHmac);
    if (holder && holder.id !== order.id) throw contactBusy(holder, order.customerId);
    if (change.photos) await keepPhotos(tx, order, change.photos, order.photos);
    const { category = order.category, description = order.description } = change;
    await tx.db
      .update(orders)
      .set({
        category,
        description,
        place: location ? coarse(location) : middleOf(order.city),
        sealed: sealPrivate(dataKey, order.id, { contact, location }),
        contactHmac,
        photos: change.photos ?? order.photos,
      })
      .where(eq(orders.id, order.id))
      .catch((error: unknown) => {
        // Somebody took the contact in the same moment.
        throw isUniqueViolation(error) ? contactBusy(undefined, order.customerId) : error;
      });
    await rewordOrder(tx, { ...order, category, description });
    tellOfOrder(tx, order.id, [order.customerId], true);
    return { id: order.id };
  },
});

/** Takes one's own order back, as long as nobody has taken it. Twice is once. */
export const deleteOrder = verb("services.delete_order", {
  input: z.strictObject({ orderId: uuid }),
  allow: ["user"],
  run: async (tx, { orderId }) => {
    const { order, isDone } = await lockOwn(tx, orderId, "delete");
    if (isDone) return { id: order.id };
    await keepPhotos(tx, order, [], order.photos);
    await withdrawOrder(tx, order.id);
    await tx.db.update(orders).set({ status: "deleted", endedAt: tx.now }).where(eq(orders.id, order.id));
    tellOfOrder(tx, order.id, [order.customerId], true);
    return { id: order.id };
  },
});
