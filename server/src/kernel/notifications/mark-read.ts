import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "../../platform/context.ts";
import { platformErrors } from "../../platform/errors.ts";
import { publish } from "../../platform/realtime.ts";
import { verb } from "../../platform/verb.ts";
import { countUnread } from "./queries.ts";
import { markNotifications } from "./shapes.ts";
import { inbox } from "./tables.ts";

/** Marks the given notifications (none given: all) read. Foreign ids are simply not among one's own. */
export const markRead = verb("notifications.mark_read", {
  input: markNotifications,
  allow: ["user"],
  run: (tx, input) => mark(tx, input, tx.now),
});

/** Marks the given notifications (none given: all) unread again. */
export const markUnread = verb("notifications.mark_unread", {
  input: markNotifications,
  allow: ["user"],
  run: (tx, input) => mark(tx, input, null),
});

async function mark(
  tx: Tx,
  { ids }: z.output<typeof markNotifications>,
  readAt: Date | null,
): Promise<{ unread: number }> {
  if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
  const { userId } = tx.actor;
  await tx.db
    .update(inbox)
    .set({ readAt })
    .where(
      and(
        eq(inbox.userId, userId),
        ids.length === 0 ? undefined : inArray(inbox.id, ids),
        readAt === null ? isNotNull(inbox.readAt) : isNull(inbox.readAt),
      ),
    );
  publish(tx, userId, "notification", "all");
  return { unread: await countUnread(tx.db, userId) };
}
