/** What the inbox takes and gives over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { idPageQuery, instant, pageOf, secret, uuid } from "../../platform/shapes.ts";

/** One notification. Words come from the copy of the module that sent it: `copy.<lang>.ts` → `notices.<kind>` with `params`. */
export const notification = z.object({
  id: uuid,
  /** `<module>.<name>`, e.g. `deals.funded`. */
  kind: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Path inside the Mini App, e.g. `/deals/<id>`. */
  link: z.string(),
  createdAt: instant,
  readAt: instant.nullable(),
});
export type Notification = z.infer<typeof notification>;

export const notificationQuery = z.strictObject({ ...idPageQuery, unread: z.enum(["true"]).optional() });
export const notificationPage = pageOf(notification).extend({ unread: z.number().int() });
/** Empty `ids` means all of them. */
export const markNotifications = z.strictObject({ ids: z.array(uuid).max(200) });
export const unreadCount = z.object({ unread: z.number().int() });

const bytes = (count: number) =>
  z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]+={0,2}$/, "not_base64url")
    .refine((value) => Math.floor((value.replace(/=+$/, "").length * 3) / 4) === count, "wrong_length");
/** What a browser's `PushSubscription.toJSON()` gives. */
export const pushSubscription = z.strictObject({
  endpoint: secret(z.url().max(2_048)),
  expirationTime: z.number().nullish(),
  keys: secret(z.strictObject({ p256dh: bytes(65), auth: bytes(16) })),
});
export const pushUnsubscription = z.strictObject({ endpoint: secret(z.url().max(2_048)) });
export const pushSubscribed = z.object({ id: uuid });
