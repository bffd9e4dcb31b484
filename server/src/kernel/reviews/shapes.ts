/** What reviews take and give over HTTP. Pure: the web and the markets build on these. */
import { z } from "zod";
import { idPageQuery, instant, pageOf, secret, telegramId, text, uuid } from "../../platform/shapes.ts";
import { publicUser } from "../identity/shapes.ts";

export const targetKind = z.enum(["user", "channel"]);
export type TargetKind = z.infer<typeof targetKind>;
/** In which part somebody was reviewed: `executor`, `seller`, `publisher`, … The market's own word. */
export const reviewRole = z.string().regex(/^[a-z_]{1,32}$/);

/** What a person sends: markets add whom and what it is about. */
export const writtenReview = z.strictObject({
  stars: z.number().int().min(1).max(5),
  text: secret(text(0, 1000)).default(""),
});

/** Exact: `average` is `sum / count` to two digits, null before the first review. */
export const rating = z.object({
  count: z.number().int(),
  sum: z.number().int(),
  average: z.number().nullable(),
});
export type Rating = z.infer<typeof rating>;

/** `waiting`: seen by its author alone until both have written or the window is over. */
export const reviewState = z.enum(["waiting", "shown", "hidden"]);
export const reportPart = z.enum(["review", "answer"]);
export const reportReason = z.enum(["insult", "false", "personal_data", "spam", "other"]);

export const review = z.object({
  id: uuid,
  /** The part in which the person was reviewed. */
  role: z.string(),
  stars: z.number().int(),
  text: z.string(),
  /** A first name and no more: who ordered or bought is their own affair. */
  author: z.object({ firstName: z.string(), isMe: z.boolean() }),
  isAboutMe: z.boolean(),
  state: reviewState,
  /** While it waits: when it is shown at the latest. */
  showAt: instant.nullable(),
  /** Why a moderator hid it, for its author: words under `hidden.<why>`. */
  hiddenWhy: reportReason.nullable(),
  answer: z.object({ text: z.string(), at: instant }).nullable(),
  /** Until when the reader may write or change the answer; null when it is not theirs or too late. */
  answerUntil: instant.nullable(),
  createdAt: instant,
});
export type Review = z.infer<typeof review>;

/** Where the reader stands with the reviews of one deal. */
export const dealReviews = z.object({
  /** Until when both may write; null when the deal paid nobody (yet). */
  until: instant.nullable(),
  mayReview: z.boolean(),
  hasReviewed: z.boolean(),
  reviews: z.array(review),
});
export type DealReviews = z.infer<typeof dealReviews>;

/** About one person (by Telegram id) or one channel, in one part or in all; without either, of everybody. */
export const reviewQuery = z
  .strictObject({
    ...idPageQuery,
    user: telegramId.optional(),
    channel: uuid.optional(),
    role: reviewRole.optional(),
  })
  .refine((query) => query.user === undefined || query.channel === undefined, "one_target")
  .refine(
    (query) => query.role === undefined || query.user !== undefined || query.channel !== undefined,
    "role_needs_target",
  );
/** `rating` is the target's over all pages; null when the list is about nobody in particular. */
export const reviewPage = pageOf(review).extend({ rating: rating.nullable() });
export const reviewParams = z.object({ id: uuid });

export const answering = z.strictObject({ text: secret(text(1, 1000)) });
export const reporting = z.strictObject({
  part: reportPart.default("review"),
  reason: reportReason,
  text: secret(text(0, 1000)).default(""),
});

export const complaintState = z.enum(["open", "upheld", "dismissed"]);
export type ComplaintState = z.infer<typeof complaintState>;
/** What a complainant gets back. */
export const filedComplaint = z.object({ id: uuid, state: complaintState });

/** What the job named by a market's complaint is run with. */
export const decidedComplaint = z.object({
  complaintId: uuid,
  subjectKind: z.string(),
  subjectId: uuid,
  authorId: uuid,
  personId: uuid,
  reason: z.string(),
  state: z.enum(["upheld", "dismissed"]),
});

export const moderatedReview = review.extend({
  subject: z.object({ kind: z.string(), id: uuid, title: z.string() }),
  writer: publicUser,
  person: publicUser,
  isAnswerHidden: z.boolean(),
});
export const moderatedReviewQuery = z.strictObject({
  ...idPageQuery,
  state: z.enum(["shown", "hidden"]).default("shown"),
});
export const moderatedReviewPage = pageOf(moderatedReview);

export const complaint = z.object({
  id: uuid,
  state: complaintState,
  subject: z.object({ kind: z.string(), id: uuid, title: z.string() }),
  /** Words of the reason: `complaints.<reason>` of this module. */
  market: z.string(),
  reason: z.string(),
  text: z.string(),
  author: publicUser,
  person: publicUser,
  /** The reported review; null for complaints about anything else. */
  review: moderatedReview.nullable(),
  note: z.string().nullable(),
  createdAt: instant,
  decidedAt: instant.nullable(),
});
export type Complaint = z.infer<typeof complaint>;
export const complaintQuery = z.strictObject({ ...idPageQuery, state: complaintState.default("open") });
export const complaintPage = pageOf(complaint);
export const decidingComplaint = z.strictObject({
  state: z.enum(["upheld", "dismissed"]),
  /** For the other moderators. */
  note: text(0, 1000).optional(),
});
export const hiding = z.strictObject({ part: reportPart.default("review"), why: reportReason });
export const restoring = z.strictObject({ part: reportPart.default("review") });
