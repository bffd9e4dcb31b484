import { type Endpoint, get, post } from "../../platform/endpoint.ts";
import { decideComplaint } from "./decide-complaint.ts";
import { hideReview, restoreReview } from "./hide-review.ts";
import { getComplaint, getModerated, listComplaints, listModerated } from "./moderation.ts";
import {
  complaint,
  complaintPage,
  complaintQuery,
  decidingComplaint,
  hiding,
  moderatedReview,
  moderatedReviewPage,
  moderatedReviewQuery,
  restoring,
  reviewParams,
} from "./shapes.ts";

const who = "staff:moderator";

export const adminRoutes: Endpoint[] = [
  get(
    "/api/admin/reviews",
    {
      who,
      summary: "Shown or hidden reviews, newest first",
      query: moderatedReviewQuery,
      answer: moderatedReviewPage,
    },
    (ctx, { query }) => listModerated(ctx, query),
  ),
  post(
    "/api/admin/reviews/:id/hide",
    {
      who,
      summary: "Take a review or its answer out of sight",
      params: reviewParams,
      body: hiding,
      answer: moderatedReview,
    },
    async (ctx, { params, body }) => {
      const { reviewId } = await hideReview(ctx, { ...body, reviewId: params.id });
      return getModerated(ctx, reviewId);
    },
  ),
  post(
    "/api/admin/reviews/:id/restore",
    { who, summary: "Bring it back", params: reviewParams, body: restoring, answer: moderatedReview },
    async (ctx, { params, body }) => {
      const { reviewId } = await restoreReview(ctx, { ...body, reviewId: params.id });
      return getModerated(ctx, reviewId);
    },
  ),
  get(
    "/api/admin/complaints",
    { who, summary: "Complaints: open ones as they came", query: complaintQuery, answer: complaintPage },
    (ctx, { query }) => listComplaints(ctx, query),
  ),
  post(
    "/api/admin/complaints/:id/decide",
    { who, summary: "Uphold or dismiss", params: reviewParams, body: decidingComplaint, answer: complaint },
    async (ctx, { params, body }) => {
      const { complaintId } = await decideComplaint(ctx, { ...body, complaintId: params.id });
      return getComplaint(ctx, complaintId);
    },
  ),
];
