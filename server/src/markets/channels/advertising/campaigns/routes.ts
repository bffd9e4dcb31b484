import { z } from "zod";
import { del, get, post, put } from "../../../../platform/endpoint.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { examples } from "../examples.ts";
import { createCampaign } from "./create-campaign.ts";
import { getCampaign, listCampaigns, listCreatives } from "./list-campaigns.ts";
import * as shapes from "./shapes.ts";
import { deleteCampaign, pauseCampaign, resumeCampaign } from "./steer-campaign.ts";
import { updateCampaign } from "./update-campaign.ts";
import { addCreative, removeCreative, updateCreative } from "./write-creative.ts";

const id = z.object({ id: uuid });
const draft = z.object({ id: uuid, creativeId: uuid });

export const campaignRoutes = [
  get(
    "/api/campaigns",
    {
      who: "anonymous",
      summary: "Open campaigns, or one's own",
      query: shapes.campaignSearch,
      answer: shapes.campaignPage,
      examples: { answer: examples.campaigns },
    },
    (ctx, { query }) => listCampaigns(ctx, query),
  ),
  post(
    "/api/campaigns",
    {
      who: "user",
      summary: "Begin a campaign",
      body: shapes.createCampaign,
      answer: shapes.campaign,
      examples: { body: examples.createCampaign, answer: examples.campaign },
      status: 201,
      perMinute: 10,
    },
    async (ctx, { body }) => getCampaign(ctx, (await createCampaign(ctx, body)).campaignId),
  ),
  get(
    "/api/campaigns/:id",
    { who: "anonymous", summary: "One campaign", params: id, answer: shapes.campaign },
    (ctx, { params }) => getCampaign(ctx, params.id),
  ),
  put(
    "/api/campaigns/:id",
    {
      who: "user",
      summary: "Change one's own campaign",
      params: id,
      body: shapes.putCampaign,
      answer: shapes.campaign,
    },
    async (ctx, { params, body }) =>
      getCampaign(ctx, (await updateCampaign(ctx, { id: params.id, change: body })).campaignId),
  ),
  del(
    "/api/campaigns/:id",
    { who: "user", summary: "End one's own campaign for good", params: id },
    async (ctx, { params }) => {
      await deleteCampaign(ctx, { id: params.id });
    },
  ),
  post(
    "/api/campaigns/:id/pause",
    {
      who: "user",
      summary: "Take one's own campaign out of the search",
      params: id,
      answer: shapes.campaign,
    },
    async (ctx, { params }) => getCampaign(ctx, (await pauseCampaign(ctx, { id: params.id })).campaignId),
  ),
  post(
    "/api/campaigns/:id/resume",
    { who: "user", summary: "Open one's own campaign again", params: id, answer: shapes.campaign },
    async (ctx, { params }) => getCampaign(ctx, (await resumeCampaign(ctx, { id: params.id })).campaignId),
  ),
  get(
    "/api/campaigns/:id/creatives",
    { who: "user", summary: "Drafts of one's own campaign", params: id, answer: shapes.creativeList },
    (ctx, { params }) => listCreatives(ctx, params.id),
  ),
  post(
    "/api/campaigns/:id/creatives",
    {
      who: "user",
      summary: "Keep a draft of the post",
      params: id,
      body: shapes.putCreative,
      answer: shapes.creativeList,
      status: 201,
    },
    async (ctx, { params, body }) => {
      await addCreative(ctx, { campaignId: params.id, creative: body });
      return listCreatives(ctx, params.id);
    },
  ),
  put(
    "/api/campaigns/:id/creatives/:creativeId",
    {
      who: "user",
      summary: "Change a draft",
      params: draft,
      body: shapes.putCreative,
      answer: shapes.creativeList,
    },
    async (ctx, { params, body }) => {
      await updateCreative(ctx, { campaignId: params.id, id: params.creativeId, creative: body });
      return listCreatives(ctx, params.id);
    },
  ),
  del(
    "/api/campaigns/:id/creatives/:creativeId",
    { who: "user", summary: "Take a draft out", params: draft },
    async (ctx, { params }) => {
      await removeCreative(ctx, { campaignId: params.id, id: params.creativeId });
    },
  ),
];
