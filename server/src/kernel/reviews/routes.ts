import { type Endpoint, get, post, put } from "../../platform/endpoint.ts";
import { answerReview } from "./answer-review.ts";
import { listReviews } from "./queries.ts";
import { reportReview } from "./report-review.ts";
import { answering, filedComplaint, reporting, reviewPage, reviewParams, reviewQuery } from "./shapes.ts";

export const routes: Endpoint[] = [
  get(
    "/api/reviews",
    {
      who: "anonymous",
      summary: "Reviews, newest first; about one person or channel, with the average",
      query: reviewQuery,
      answer: reviewPage,
      examples: { answer: { items: [], next: null, rating: { count: 0, sum: 0, average: null } } },
    },
    (ctx, { query }) => listReviews(ctx, query),
  ),
  put(
    "/api/reviews/:id/answer",
    {
      who: "user",
      summary: "Answer a review of me; for a day the answer can be changed",
      params: reviewParams,
      body: answering,
      perMinute: 20,
    },
    async (ctx, { params, body }) => {
      await answerReview(ctx, { ...body, reviewId: params.id });
    },
  ),
  post(
    "/api/reviews/:id/report",
    {
      who: "user",
      summary: "Report a review, or the answer to it, to the moderators",
      params: reviewParams,
      body: reporting,
      answer: filedComplaint,
      status: 201,
      perMinute: 10,
    },
    (ctx, { params, body }) => reportReview(ctx, { ...body, reviewId: params.id }),
  ),
];
