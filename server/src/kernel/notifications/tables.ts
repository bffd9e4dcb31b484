import { jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

const notifications = pgSchema("notifications");
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const inbox = notifications.table("inbox", {
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").notNull(),
  key: text("key").notNull(),
  kind: text("kind").notNull(),
  topic: text("topic").notNull(),
  params: jsonb("params").$type<Record<string, string | number>>().notNull(),
  link: text("link").notNull(),
  createdAt: at("created_at").notNull(),
  readAt: at("read_at"),
});

// `messages`, `announcements`, `chats` and `pace` are worked in plain SQL: see `announce.ts` and `post/`.
