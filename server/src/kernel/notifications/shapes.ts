/** What the inbox takes and gives over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { idPageQuery, instant, pageOf, uuid } from "../../platform/shapes.ts";

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
