import { z } from "zod";
import { get, post, put } from "../../../platform/endpoint.ts";
import { uuid } from "../../../platform/shapes.ts";
import { cancelPlacement } from "./close-placement.ts";
import { approveCreative } from "./creative/approve-creative.ts";
import { editCreative } from "./creative/edit-creative.ts";
import { setRemoval } from "./creative/set-removal.ts";
import { reportPost } from "./posting/report-post.ts";
import { creativesOf, evidenceOf, getPlacement, listPlacements } from "./queries.ts";
import * as shapes from "./shapes.ts";
import { answerPostEdit } from "./watch/answer-edit.ts";
import { requestCheck } from "./watch/request-check.ts";

const params = z.object({ id: uuid });
const who = "user";

export const placementRoutes = [
  get(
    "/api/placements",
    {
      who,
      summary: "One's own placements, the newest first",
      query: shapes.placementQuery,
      answer: shapes.placementPage,
    },
    (ctx, { query }) => listPlacements(ctx, query),
  ),
  get(
    "/api/placements/:id",
    { who, summary: "One placement, before, while and after it is a deal", params, answer: shapes.placement },
    (ctx, { params }) => getPlacement(ctx, params.id),
  ),
  post(
    "/api/placements/:id/cancel",
    { who, summary: "Step back before the creative is agreed", params, answer: shapes.placement },
    async (ctx, { params }) => {
      await cancelPlacement(ctx, { dealId: params.id });
      return getPlacement(ctx, params.id);
    },
  ),
  get(
    "/api/deals/:id/creative",
    {
      who,
      summary: "Every version of the creative, the newest first",
      params,
      answer: shapes.creativeHistory,
    },
    (ctx, { params }) => creativesOf(ctx, params.id),
  ),
  put(
    "/api/deals/:id/creative",
    {
      who,
      summary: "Propose another version of the creative",
      params,
      body: shapes.putCreative,
      answer: shapes.placement,
      perMinute: 20,
    },
    async (ctx, { params, body }) => {
      await editCreative(ctx, { dealId: params.id, ...body });
      return getPlacement(ctx, params.id);
    },
  ),
  put(
    "/api/placements/:id/removal",
    {
      who,
      summary:
        "Whether the bot takes its post down when its time is over and paid for; asks the other side again",
      params,
      body: shapes.setRemoval,
      answer: shapes.placement,
      perMinute: 20,
    },
    async (ctx, { params, body }) => {
      await setRemoval(ctx, { dealId: params.id, ...body });
      return getPlacement(ctx, params.id);
    },
  ),
  post(
    "/api/deals/:id/approve",
    {
      who,
      summary: "Approve the version that stands; the second approval opens the deal",
      params,
      body: shapes.approveCreative,
      answer: shapes.placement,
      perMinute: 20,
    },
    async (ctx, { params, body }) => {
      await approveCreative(ctx, { dealId: params.id, ...body });
      return getPlacement(ctx, params.id);
    },
  ),
  get(
    "/api/deals/:id/evidence",
    {
      who,
      summary: "What was seen of the post, as a hash chain",
      params,
      query: shapes.evidenceQuery,
      answer: shapes.evidencePage,
    },
    (ctx, { params, query }) => evidenceOf(ctx, params.id, query.after),
  ),
  post(
    "/api/deals/:id/check",
    {
      who,
      summary: "Look at the post now; three times an hour",
      params,
      answer: shapes.placement,
      perMinute: 10,
    },
    async (ctx, { params }) => {
      await requestCheck(ctx, { dealId: params.id });
      return getPlacement(ctx, params.id);
    },
  ),
  post(
    "/api/deals/:id/post",
    {
      who,
      summary: "Publisher: the link of the post",
      params,
      body: shapes.reportPost,
      answer: shapes.placement,
      perMinute: 10,
    },
    async (ctx, { params, body }) => {
      await reportPost(ctx, { dealId: params.id, ...body });
      return getPlacement(ctx, params.id);
    },
  ),
  post(
    "/api/deals/:id/edit",
    {
      who,
      summary: "Advertiser: accept or reject a change of the post",
      params,
      body: shapes.answerEdit,
      answer: shapes.placement,
      perMinute: 10,
    },
    async (ctx, { params, body }) => {
      await answerPostEdit(ctx, { dealId: params.id, ...body });
      return getPlacement(ctx, params.id);
    },
  ),
];
