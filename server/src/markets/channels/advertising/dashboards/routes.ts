import { z } from "zod";
import { get, post } from "../../../../platform/endpoint.ts";
import { uuid } from "../../../../platform/shapes.ts";
import * as campaigns from "../campaigns/shapes.ts";
import { examples } from "../examples.ts";
import { matchCampaigns, matchChannels } from "../matches/find-matches.ts";
import { party, prepared, sharing } from "../shapes.ts";
import { prepareShare } from "../share/prepare-share.ts";
import { historyCsv } from "./csv.ts";
import { getDashboard, listHistory } from "./dashboard.ts";
import * as shapes from "./shapes.ts";

const id = z.object({ id: uuid });

export const dashboardRoutes = [
  get(
    "/api/campaigns/:id/matches",
    {
      who: "user",
      summary: "Channels that fit one's own campaign, and why",
      params: id,
      query: campaigns.matchQuery,
      answer: campaigns.channelMatchPage,
      examples: { answer: examples.channelMatches },
    },
    (ctx, { params, query }) => matchChannels(ctx, params.id, query),
  ),
  get(
    "/api/channels/:id/matches",
    {
      who: "user",
      summary: "Campaigns that fit a channel that one runs, and why",
      params: id,
      query: campaigns.matchQuery,
      answer: campaigns.campaignMatchPage,
    },
    (ctx, { params, query }) => matchCampaigns(ctx, params.id, query),
  ),
  post(
    "/api/shares",
    {
      who: "user",
      summary: "Prepare a card of a channel, slot or campaign for Telegram's sharing",
      body: sharing,
      answer: prepared,
      status: 201,
      perMinute: 20,
    },
    (ctx, { body }) => prepareShare(ctx, body),
  ),
  get(
    "/api/dashboards/history",
    {
      who: "user",
      summary: "One's ended placements",
      query: shapes.historyQuery,
      answer: shapes.placementHistoryPage,
    },
    (ctx, { query }) => listHistory(ctx, query),
  ),
  get(
    "/api/dashboards/history.csv",
    {
      who: "user",
      summary: "One's ended placements as CSV",
      query: shapes.historyFile,
      answer: shapes.placementHistoryPage,
      perMinute: 6,
    },
    (ctx, { query }) => historyCsv(ctx, query.role),
  ),
  get(
    "/api/dashboards/:role",
    {
      who: "user",
      summary: "One's figures as advertiser or publisher",
      params: z.object({ role: party }),
      query: shapes.dashboardQuery,
      answer: shapes.dashboard,
      examples: { answer: examples.dashboard },
    },
    (ctx, { params, query }) => getDashboard(ctx, params.role, query),
  ),
];
