import { bigint, integer, jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

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

export const deliveries = notifications.table("deliveries", {
  notificationId: uuid("notification_id").primaryKey(),
  state: text("state", { enum: ["sending", "waiting", "sent", "blocked", "refused"] }).notNull(),
  messageId: bigint("message_id", { mode: "bigint" }),
  attempts: integer("attempts").notNull(),
  updatedAt: at("updated_at").notNull(),
});
