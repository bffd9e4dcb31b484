/** Reads of reviews, as views. What is not shown is absent for everybody but its author. */
import { and, desc, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Actor, Ctx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import { publicUsers, userByTelegramId } from "../identity/index.ts";
import { counts, ratingOfSum } from "./rules.ts";
import type { Rating, Review, reviewPage, reviewQuery } from "./shapes.ts";
import { complaints, type ReviewRow, ratings, reviews, targets } from "./tables.ts";
import { reviewView } from "./views.ts";
import type { Subject, Target } from "./write-review.ts";

const readerOf = (actor: Actor): string | null => (actor.kind === "user" ? actor.userId : null);

/** Averages by `targetKey`; who was never reviewed has a count of zero. */
export async function ratingsOf(db: ReadDb, wanted: readonly Target[]): Promise<Map<string, Rating>> {
  const found = new Map(wanted.map((one) => [targetKey(one), ratingOfSum(0, 0)]));
  if (wanted.length === 0) return found;
  const rows = await db
    .select()
    .from(ratings)
    .where(
      inArray(
        ratings.targetId,
        wanted.map(({ id }) => id),
      ),
    );
  for (const { kind, targetId, role, starsCount, starsSum } of rows) {
    const key = targetKey({ kind, id: targetId, role });
    if (found.has(key)) found.set(key, ratingOfSum(starsCount, starsSum));
  }
  return found;
}

export const targetKey = ({ kind, id, role }: Target): string => `${kind}:${id}:${role}`;

export async function ratingOf(db: ReadDb, target: Target): Promise<Rating> {
  return (await ratingsOf(db, [target])).get(targetKey(target)) ?? ratingOfSum(0, 0);
}

/** Which of these subjects somebody complains of and staff has not decided yet. */
export async function withOpenComplaints(
  db: ReadDb,
  subjectKind: string,
  subjectIds: readonly string[],
): Promise<Set<string>> {
  if (subjectIds.length === 0) return new Set();
  const rows = await db
    .select({ id: complaints.subjectId })
    .from(complaints)
    .where(
      and(
        eq(complaints.subjectKind, subjectKind),
        inArray(complaints.subjectId, [...subjectIds]),
        eq(complaints.state, "open"),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

type Paged = { cursor?: string | undefined; limit: number };
type About = { kind: Target["kind"]; id: string; role?: string | undefined };

/** What everybody can read about somebody, newest first. */
export async function reviewsAbout(
  ctx: Ctx,
  about: About,
  query: Paged,
): Promise<{ items: Review[]; next: string | null }> {
  // Ids first: joined, the planner may walk through all reviews in their order.
  const found = await ctx.db
    .select({ id: targets.reviewId })
    .from(targets)
    .where(
      and(
        eq(targets.kind, about.kind),
        eq(targets.targetId, about.id),
        about.role === undefined ? undefined : eq(targets.role, about.role),
        eq(targets.isCounted, true),
        query.cursor === undefined ? undefined : lt(targets.reviewId, query.cursor),
      ),
    )
    .orderBy(desc(targets.reviewId))
    .limit(query.limit + 1);
  if (found.length === 0) return { items: [], next: null };
  const rows = await ctx.db
    .select()
    .from(reviews)
    .where(
      inArray(
        reviews.id,
        found.map(({ id }) => id),
      ),
    )
    .orderBy(desc(reviews.id));
  return pageOfViews(ctx, rows, query.limit);
}

/** `GET /api/reviews`. */
export async function listReviews(
  ctx: Ctx,
  query: z.output<typeof reviewQuery>,
): Promise<z.input<typeof reviewPage>> {
  const about = await aboutOf(ctx.db, query);
  if (about === "nobody") return { items: [], next: null, rating: ratingOfSum(0, 0) };
  if (!about) return { ...(await newestReviews(ctx, query)), rating: null };
  return { ...(await reviewsAbout(ctx, about, query)), rating: await sumOf(ctx.db, about) };
}

async function aboutOf(db: ReadDb, query: z.output<typeof reviewQuery>): Promise<About | "nobody" | null> {
  const { user, channel, role } = query;
  if (channel !== undefined) return { kind: "channel", id: channel, role };
  if (user === undefined) return null;
  const id = await userByTelegramId(db, user);
  return id === undefined ? "nobody" : { kind: "user", id, role };
}

/** In one part, or over all of them. */
async function sumOf(db: ReadDb, about: About): Promise<Rating> {
  const [row] = await db
    .select({
      n: sql<string>`coalesce(sum(${ratings.starsCount}), 0)`,
      sum: sql<string>`coalesce(sum(${ratings.starsSum}), 0)`,
    })
    .from(ratings)
    .where(
      and(
        eq(ratings.kind, about.kind),
        eq(ratings.targetId, about.id),
        about.role === undefined ? undefined : eq(ratings.role, about.role),
      ),
    );
  return ratingOfSum(Number(row?.n ?? 0), Number(row?.sum ?? 0));
}

async function newestReviews(ctx: Ctx, query: Paged): Promise<{ items: Review[]; next: string | null }> {
  const rows = await newest(ctx.db, and(isNotNull(reviews.shownAt), isNull(reviews.hiddenAt)), query);
  return pageOfViews(ctx, rows, query.limit);
}

/** One more than the page, to know whether there is a next. */
export const newest = (db: ReadDb, which: SQL | undefined, query: Paged): Promise<ReviewRow[]> =>
  db
    .select()
    .from(reviews)
    .where(and(which, query.cursor === undefined ? undefined : lt(reviews.id, query.cursor)))
    .orderBy(desc(reviews.id))
    .limit(query.limit + 1);

/** The reviews of one deal or order, as this person may see them; the market has checked that it is theirs. */
export async function reviewsOf(ctx: Ctx, subject: Pick<Subject, "kind" | "id">): Promise<Review[]> {
  const rows = await ctx.db
    .select()
    .from(reviews)
    .where(and(eq(reviews.subjectKind, subject.kind), eq(reviews.subjectId, subject.id)))
    .orderBy(desc(reviews.id));
  const readerId = readerOf(ctx.actor);
  return views(
    ctx,
    rows.filter((row) => counts(row) || row.authorId === readerId),
  );
}

/** Who has written about it, seen or not. */
export async function authorsOf(db: ReadDb, subject: Pick<Subject, "kind" | "id">): Promise<string[]> {
  const rows = await db
    .select({ authorId: reviews.authorId })
    .from(reviews)
    .where(and(eq(reviews.subjectKind, subject.kind), eq(reviews.subjectId, subject.id)));
  return rows.map(({ authorId }) => authorId);
}

async function pageOfViews(ctx: Ctx, rows: ReviewRow[], limit: number) {
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { items: await views(ctx, page), next };
}

async function views(ctx: Ctx, rows: readonly ReviewRow[]): Promise<Review[]> {
  const people = await publicUsers(
    ctx.db,
    rows.map(({ authorId }) => authorId),
  );
  const now = ctx.clock.date();
  return rows.map((row) => reviewView(row, people, readerOf(ctx.actor), now));
}
