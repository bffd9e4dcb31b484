import { z } from "zod";
import { type Endpoint, get, post } from "../../platform/endpoint.ts";
import { idPageQuery, uuid } from "../../platform/shapes.ts";
import { decideAdjustment } from "./adjust/decide-adjustment.ts";
import { proposeAdjustment } from "./adjust/propose-adjustment.ts";
import { listAdjustments } from "./adjust/queries.ts";
import { adjustment, adjustmentPage, proposeAdjustment as proposal } from "./shapes.ts";

const params = z.object({ id: uuid });
const who = "staff:admin";

export const adminRoutes: Endpoint[] = [
  get(
    "/api/admin/adjustments",
    {
      who,
      summary: "Corrections of balances, newest first",
      query: z.strictObject(idPageQuery),
      answer: adjustmentPage,
    },
    (ctx, { query }) => listAdjustments(ctx, query),
  ),
  post(
    "/api/admin/adjustments",
    {
      who,
      summary: "Propose a correction; somebody else must approve it",
      body: proposal,
      answer: adjustment,
      status: 201,
    },
    (ctx, { body }) => proposeAdjustment(ctx, body),
  ),
  post(
    "/api/admin/adjustments/:id/approve",
    { who, summary: "Approve what somebody else proposed: the money moves", params, answer: adjustment },
    (ctx, given) => decideAdjustment(ctx, { id: given.params.id, isApproved: true }),
  ),
  post(
    "/api/admin/adjustments/:id/reject",
    { who, summary: "Reject what somebody else proposed", params, answer: adjustment },
    (ctx, given) => decideAdjustment(ctx, { id: given.params.id, isApproved: false }),
  ),
];
