import { z } from "zod";
import { reviewPage } from "../../../kernel/reviews/shapes.ts";
import { del, get, post, put } from "../../../platform/endpoint.ts";
import { idPageQuery, telegramId, uuid } from "../../../platform/shapes.ts";
import { examples } from "./examples.ts";
import { acceptInvite, getInvite, inviteMember, revokeInvite } from "./members/invite-member.ts";
import { listMembers, removeMember } from "./members/remove-member.ts";
import { getCard } from "./profiles/cards.ts";
import { getChannel } from "./profiles/own-channels.ts";
import { putProfile } from "./profiles/put-profile.ts";
import { listChannels } from "./profiles/search-channels.ts";
import * as shapes from "./shapes.ts";
import { createSlot } from "./slots/create-slot.ts";
import * as slots from "./slots/shapes.ts";
import { removeSlot, updateSlot } from "./slots/update-slot.ts";
import { getSlot, getSlotByCode, listSlots } from "./slots/views.ts";
import { listChannelReviews, listStats } from "./stats/list-stats.ts";

const id = z.object({ id: uuid });
const code = z.object({ code: z.string().min(8).max(40) });

export const channelRoutes = [
  get(
    "/api/channels",
    {
      who: "anonymous",
      summary: "Channels open to advertising, or one's own",
      query: shapes.channelSearch,
      answer: shapes.channelList,
      examples: { answer: examples.search },
    },
    (ctx, { query }) => listChannels(ctx, query),
  ),
  get(
    "/api/channels/:id",
    {
      who: "user",
      summary: "One of the channels one owns or helps with",
      params: id,
      answer: shapes.ownChannel,
    },
    (ctx, { params }) => getChannel(ctx, params.id),
  ),
  get(
    "/api/channels/:id/card",
    {
      who: "anonymous",
      summary: "A channel's page to share",
      params: id,
      answer: shapes.channelCard,
      examples: { answer: examples.card },
    },
    (ctx, { params }) => getCard(ctx, params.id),
  ),
  put(
    "/api/channels/:id/profile",
    {
      who: "user",
      summary: "Open a channel to advertising: categories, language, registry mark",
      params: id,
      body: shapes.putProfile,
      answer: shapes.ownChannel,
      examples: { body: examples.putProfile },
      perMinute: 20,
    },
    async (ctx, { params, body }) => {
      await putProfile(ctx, { channelId: params.id, change: body });
      return getChannel(ctx, params.id);
    },
  ),
  get(
    "/api/channels/:id/stats",
    {
      who: "anonymous",
      summary: "A channel's figures and the readings behind them",
      params: id,
      query: shapes.statsQuery,
      answer: shapes.channelStats,
      examples: { answer: examples.stats },
    },
    (ctx, { params, query }) => listStats(ctx, params.id, query),
  ),
  get(
    "/api/channels/:id/reviews",
    {
      who: "anonymous",
      summary: "What advertisers wrote of a channel",
      params: id,
      query: z.strictObject(idPageQuery),
      answer: reviewPage,
    },
    (ctx, { params, query }) => listChannelReviews(ctx, params.id, query),
  ),
  get(
    "/api/channels/:id/members",
    { who: "user", summary: "Who runs a channel", params: id, answer: shapes.channelMembers },
    (ctx, { params }) => listMembers(ctx, params.id),
  ),
  post(
    "/api/channels/:id/members",
    {
      who: "user",
      summary: "Invite somebody to help with a channel",
      params: id,
      body: shapes.inviteMember,
      answer: shapes.channelMembers,
      status: 201,
      perMinute: 10,
    },
    async (ctx, { params, body }) => {
      await inviteMember(ctx, { channelId: params.id, invite: body });
      return listMembers(ctx, params.id);
    },
  ),
  del(
    "/api/channels/:id/members/:telegramId",
    {
      who: "user",
      summary: "End somebody's help with a channel, or one's own",
      params: z.object({ id: uuid, telegramId }),
    },
    async (ctx, { params }) => {
      await removeMember(ctx, { channelId: params.id, telegramId: params.telegramId });
    },
  ),
  del(
    "/api/channels/:id/invites/:inviteId",
    { who: "user", summary: "Take an invitation back", params: z.object({ id: uuid, inviteId: uuid }) },
    async (ctx, { params }) => {
      await revokeInvite(ctx, { channelId: params.id, id: params.inviteId });
    },
  ),
  get(
    "/api/channel-invites/:code",
    {
      who: "user",
      summary: "What an invitation asks one to",
      params: code,
      answer: shapes.openedInvite,
      perMinute: 30,
    },
    (ctx, { params }) => getInvite(ctx, params.code),
  ),
  post(
    "/api/channel-invites/:code/accept",
    {
      who: "user",
      summary: "Take an invitation to help with a channel",
      params: code,
      answer: shapes.ownChannel,
      perMinute: 20,
    },
    async (ctx, { params }) => getChannel(ctx, (await acceptInvite(ctx, { code: params.code })).channelId),
  ),
  get(
    "/api/channels/:id/slots",
    { who: "anonymous", summary: "A channel's ad slots", params: id, answer: slots.slotList },
    (ctx, { params }) => listSlots(ctx, params.id),
  ),
  post(
    "/api/channels/:id/slots",
    {
      who: "user",
      summary: "Offer an ad slot",
      params: id,
      body: slots.createSlot,
      answer: slots.slot,
      examples: { body: examples.createSlot },
      status: 201,
      perMinute: 20,
    },
    async (ctx, { params, body }) =>
      getSlot(ctx, (await createSlot(ctx, { channelId: params.id, slot: body })).slotId),
  ),
  get(
    "/api/slots/by-code/:code",
    {
      who: "anonymous",
      summary: "An ad slot by its offer code",
      params: code,
      answer: slots.slot,
      perMinute: 60,
    },
    (ctx, { params }) => getSlotByCode(ctx, params.code),
  ),
  get(
    "/api/slots/:id",
    { who: "anonymous", summary: "One ad slot", params: id, answer: slots.slot },
    (ctx, { params }) => getSlot(ctx, params.id),
  ),
  put(
    "/api/slots/:id",
    { who: "user", summary: "Change an ad slot", params: id, body: slots.putSlot, answer: slots.slot },
    async (ctx, { params, body }) =>
      getSlot(ctx, (await updateSlot(ctx, { id: params.id, change: body })).slotId),
  ),
  del(
    "/api/slots/:id",
    { who: "user", summary: "Take an ad slot out", params: id },
    async (ctx, { params }) => {
      await removeSlot(ctx, { id: params.id });
    },
  ),
];
