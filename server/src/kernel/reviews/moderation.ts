/** What moderators read. */
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../platform/context.ts";
import { publicUsers } from "../identity/index.ts";
import { reviewErrors } from "./errors.ts";
import { newest } from "./queries.ts";
import { reportKinds } from "./report-review.ts";
import type {
  complaint,
  complaintPage,
  complaintQuery,
  moderatedReview,
  moderatedReviewPage,
  moderatedReviewQuery,
} from "./shapes.ts";
import { type ComplaintRow, complaints, type ReviewRow, reviews } from "./tables.ts";
import { known, moderatedView } from "./views.ts";

/** All that is or was to be seen, newest first. */
export async function listModerated(
  ctx: Ctx,
  query: z.output<typeof moderatedReviewQuery>,
): Promise<z.input<typeof moderatedReviewPage>> {
  const isHidden = query.state === "hidden" ? isNotNull(reviews.hiddenAt) : isNull(reviews.hiddenAt);
  const rows = await newest(ctx.db, and(isNotNull(reviews.shownAt), isHidden), query);
  const page = rows.slice(0, query.limit);
  return {
    items: await moderatedViews(ctx, page),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

export async function getModerated(ctx: Ctx, id: string): Promise<z.input<typeof moderatedReview>> {
  const [view] = await moderatedViews(ctx, await ctx.db.select().from(reviews).where(eq(reviews.id, id)));
  if (!view) throw reviewErrors.not_found();
  return view;
}

async function moderatedViews(ctx: Ctx, rows: readonly ReviewRow[]) {
  const ids = rows.flatMap(({ authorId, personId }) => [authorId, personId]);
  const people = await publicUsers(ctx.db, ids);
  return rows.map((row) => moderatedView(row, people, ctx.clock.date()));
}

/** Open ones in the order in which they came; decided ones newest first. */
export async function listComplaints(
  ctx: Ctx,
  query: z.output<typeof complaintQuery>,
): Promise<z.input<typeof complaintPage>> {
  const isQueue = query.state === "open";
  const after = isQueue ? gt : lt;
  const rows = await ctx.db
    .select()
    .from(complaints)
    .where(
      and(
        eq(complaints.state, query.state),
        query.cursor === undefined ? undefined : after(complaints.id, query.cursor),
      ),
    )
    .orderBy(isQueue ? asc(complaints.id) : desc(complaints.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  return {
    items: await complaintViews(ctx, page),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

export async function getComplaint(ctx: Ctx, id: string): Promise<z.input<typeof complaint>> {
  const [view] = await complaintViews(
    ctx,
    await ctx.db.select().from(complaints).where(eq(complaints.id, id)),
  );
  if (!view) throw reviewErrors.not_found();
  return view;
}

const isReport = ({ subjectKind }: ComplaintRow): boolean =>
  Object.values<string>(reportKinds).includes(subjectKind);

async function complaintViews(ctx: Ctx, rows: readonly ComplaintRow[]) {
  if (rows.length === 0) return [];
  const reported = rows.filter(isReport).map(({ subjectId }) => subjectId);
  const found =
    reported.length > 0 ? await ctx.db.select().from(reviews).where(inArray(reviews.id, reported)) : [];
  const byId = new Map((await moderatedViews(ctx, found)).map((one) => [one.id, one]));
  const people = await publicUsers(
    ctx.db,
    rows.flatMap(({ authorId, personId }) => [authorId, personId]),
  );
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    subject: { kind: row.subjectKind, id: row.subjectId, title: row.subjectTitle },
    market: row.market,
    reason: row.reason,
    text: row.text,
    author: known(people, row.authorId),
    person: known(people, row.personId),
    review: isReport(row) ? (byId.get(row.subjectId) ?? null) : null,
    note: row.note,
    createdAt: row.createdAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }));
}
