import { integer, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea } from "../../platform/db.ts";

const schema = pgSchema("files");
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const files = schema.table("files", {
  id: uuid("id").primaryKey(),
  ownerUserId: uuid("owner_user_id").notNull(),
  state: text("state", { enum: ["storing", "stored", "erasing"] }).notNull(),
  width: integer("width").notNull(),
  height: integer("height").notNull(),
  bytes: integer("bytes").notNull(),
  sha256: bytea("sha256").notNull(),
  usedBy: text("used_by"),
  createdAt: at("created_at").notNull(),
  freeSince: at("free_since"),
});
