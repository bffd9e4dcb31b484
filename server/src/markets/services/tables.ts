import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  integer,
  pgSchema,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, geoBox, geoPoint } from "../../platform/db.ts";
import type { Status } from "./rules.ts";
import type { Category } from "./shapes.ts";

const schema = pgSchema("services");
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const orders = schema.table("orders", {
  id: uuid("id").primaryKey(),
  customerId: uuid("customer_id").notNull(),
  category: text("category").$type<Category>().notNull(),
  description: text("description").notNull(),
  city: text("city").notNull(),
  place: geoPoint("place").notNull(),
  /** Both null once the order is old: see `forget-private.ts`. */
  sealed: bytea("sealed"),
  contactHmac: bytea("contact_hmac"),
  photos: uuid("photos").array().notNull().default(sql`'{}'`),
  status: text("status").$type<Status>().notNull(),
  outcome: text("outcome", { enum: ["answered", "silent", "removed"] }),
  takesCount: smallint("takes_count").notNull().default(0),
  createdAt: at("created_at").notNull(),
  expiresAt: at("expires_at").notNull(),
  firstTakenAt: at("first_taken_at"),
  dueAt: at("due_at").notNull(),
  endedAt: at("ended_at"),
  /** An end that failed is tried again then, ever more rarely. */
  endRetryAt: at("end_retry_at"),
  endFailures: smallint("end_failures").notNull().default(0),
});
export type OrderRow = typeof orders.$inferSelect;

export const takes = schema.table(
  "takes",
  {
    orderId: uuid("order_id").notNull(),
    executorId: uuid("executor_id").notNull(),
    place: smallint("place").notNull(),
    takenAt: at("taken_at").notNull(),
    price: bigint("price", { mode: "bigint" }).notNull(),
    state: text("state", { enum: ["held", "paid", "refunded"] }).notNull(),
    isChosen: boolean("is_chosen").notNull().default(false),
    isReviewed: boolean("is_reviewed").notNull().default(false),
    hasComplained: boolean("has_complained").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.executorId] })],
);
export type TakeRow = typeof takes.$inferSelect;

/** What an executor's takes come to. */
export const executorFigures = schema.table("executor_figures", {
  executorId: uuid("executor_id").primaryKey(),
  takes: integer("takes").notNull(),
  chosen: integer("chosen").notNull(),
  held: bigint("held", { mode: "bigint" }).notNull(),
  paid: bigint("paid", { mode: "bigint" }).notNull(),
  refunded: bigint("refunded", { mode: "bigint" }).notNull(),
});

export const executors = schema.table("executors", {
  userId: uuid("user_id").primaryKey(),
  isOn: boolean("is_on").notNull(),
  categories: text("categories").array().$type<Category[]>().notNull(),
  cities: text("cities").array().notNull(),
  near: geoPoint("near"),
  radiusKm: real("radius_km"),
  area: geoBox("area"),
  updatedAt: at("updated_at").notNull(),
});
