import { bigint, boolean, pgSchema, primaryKey, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Notice } from "../notifications/index.ts";
import type { ComplaintState, TargetKind } from "./shapes.ts";

const schema = pgSchema("reviews");
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

const common = {
  id: uuid("id").primaryKey(),
  subjectKind: text("subject_kind").notNull(),
  subjectId: uuid("subject_id").notNull(),
  subjectTitle: text("subject_title").notNull(),
  authorId: uuid("author_id").notNull(),
  personId: uuid("person_id").notNull(),
  text: text("text").notNull(),
  topic: text("topic").$type<Notice["topic"]>().notNull(),
  link: text("link").notNull(),
  createdAt: at("created_at").notNull(),
};

export const reviews = schema.table("reviews", {
  ...common,
  role: text("role").notNull(),
  stars: smallint("stars").notNull(),
  showAt: at("show_at").notNull(),
  shownAt: at("shown_at"),
  hiddenAt: at("hidden_at"),
  hiddenWhy: text("hidden_why"),
  answer: text("answer"),
  answeredAt: at("answered_at"),
  answerHiddenAt: at("answer_hidden_at"),
});
export type ReviewRow = typeof reviews.$inferSelect;

export const targets = schema.table(
  "targets",
  {
    reviewId: uuid("review_id").notNull(),
    kind: text("kind").$type<TargetKind>().notNull(),
    targetId: uuid("target_id").notNull(),
    role: text("role").notNull(),
    isCounted: boolean("is_counted").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.reviewId, table.kind, table.targetId, table.role] })],
);

export const ratings = schema.table(
  "ratings",
  {
    kind: text("kind").$type<TargetKind>().notNull(),
    targetId: uuid("target_id").notNull(),
    role: text("role").notNull(),
    starsCount: bigint("stars_count", { mode: "number" }).notNull(),
    starsSum: bigint("stars_sum", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.targetId, table.role] })],
);

export const complaints = schema.table("complaints", {
  ...common,
  market: text("market").notNull(),
  reason: text("reason").notNull(),
  state: text("state").$type<ComplaintState>().notNull(),
  thenJob: text("then_job"),
  decidedBy: uuid("decided_by"),
  decidedAt: at("decided_at"),
  note: text("note"),
});
export type ComplaintRow = typeof complaints.$inferSelect;
