import { and, count, desc, eq, isNull, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import { platformErrors } from "../../platform/errors.ts";
import type { Notification, notificationPage, notificationQuery } from "./shapes.ts";
import { inbox } from "./tables.ts";

type Row = typeof inbox.$inferSelect;

const view = (row: Row): Notification => ({
  id: row.id,
  kind: row.kind,
  params: row.params,
  link: row.link,
  createdAt: row.createdAt.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
});

const self = (ctx: Ctx): string => {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  return ctx.actor.userId;
};

/** Newest first; the id is the cursor, because ids follow time. */
export async function listNotifications(
  ctx: Ctx,
  query: z.output<typeof notificationQuery>,
): Promise<z.input<typeof notificationPage>> {
  const userId = self(ctx);
  const rows = await ctx.db
    .select()
    .from(inbox)
    .where(
      and(
        eq(inbox.userId, userId),
        query.cursor === undefined ? undefined : lt(inbox.id, query.cursor),
        query.unread === undefined ? undefined : isNull(inbox.readAt),
      ),
    )
    .orderBy(desc(inbox.id))
    .limit(query.limit + 1);
  const items = rows.slice(0, query.limit).map(view);
  const next = rows.length > query.limit ? (items.at(-1)?.id ?? null) : null;
  return { items, next, unread: await countUnread(ctx.db, userId) };
}

export async function countUnread(db: ReadDb, userId: string): Promise<number> {
  const rows = await db
    .select({ n: count() })
    .from(inbox)
    .where(and(eq(inbox.userId, userId), isNull(inbox.readAt)));
  return Number(rows[0]?.n ?? 0);
}

export async function unreadOf(ctx: Ctx): Promise<{ unread: number }> {
  return { unread: await countUnread(ctx.db, self(ctx)) };
}
