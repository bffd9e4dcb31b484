import { z } from "zod";
import { deal, openDeal } from "../../kernel/deals/shapes.ts";
import { del, get, post, put } from "../../platform/endpoint.ts";
import { uuid } from "../../platform/shapes.ts";
import { createListing } from "./listings/create-listing.ts";
import { getListing, getListingByCode, listListings } from "./listings/list-listings.ts";
import { updateListing, withdrawListing } from "./listings/update-listing.ts";
import { channelPhoto } from "./queries.ts";
import { addChannel } from "./registry/add-channel.ts";
import { preparePicker } from "./registry/open-picker.ts";
import { refreshChannel, removeChannel } from "./registry/refresh-channel.ts";
import { joinOrAskSeller } from "./sale/join-deal.ts";
import * as shapes from "./shapes.ts";

const id = z.object({ id: uuid });
const code = z.object({ code: z.string().min(8).max(40) });

export const routes = [
  post(
    "/api/channels",
    {
      who: "user",
      summary: "Add a channel where the bot is administrator already",
      body: shapes.addChannel,
      answer: shapes.channel,
      status: 201,
      perMinute: 10,
    },
    (ctx, { body }) => addChannel(ctx, body),
  ),
  post(
    "/api/channels/picker",
    {
      who: "user",
      summary: "Prepare Telegram's picker of one's own channels",
      answer: shapes.picker,
      perMinute: 10,
    },
    (ctx) => preparePicker(ctx),
  ),
  put(
    "/api/channels/:id",
    {
      who: "user",
      summary: "Ask Telegram again: owner and facts",
      params: id,
      body: shapes.putChannel,
      answer: shapes.channel,
      perMinute: 10,
    },
    (ctx, { params }) => refreshChannel(ctx, { id: params.id }),
  ),
  del(
    "/api/channels/:id",
    { who: "user", summary: "Take a channel out", params: id },
    async (ctx, { params }) => {
      await removeChannel(ctx, { id: params.id });
    },
  ),
  get(
    "/api/channels/:id/photo",
    { who: "anonymous", summary: "The channel's photo, as an image", params: id },
    (ctx, { params }) => channelPhoto(ctx, params.id) as never,
  ),
  get(
    "/api/listings",
    {
      who: "anonymous",
      summary: "Public offers, or one's own",
      query: shapes.listingQuery,
      answer: shapes.listingPage,
    },
    (ctx, { query }) => listListings(ctx, query),
  ),
  post(
    "/api/listings",
    {
      who: "user",
      summary: "Offer a channel for sale",
      body: shapes.createListing,
      answer: shapes.listing,
      status: 201,
      perMinute: 20,
    },
    (ctx, { body }) => createListing(ctx, body),
  ),
  get(
    "/api/listings/by-code/:code",
    {
      who: "anonymous",
      summary: "An offer by its code",
      params: code,
      answer: shapes.listing,
      perMinute: 60,
    },
    (ctx, { params }) => getListingByCode(ctx, params.code),
  ),
  get(
    "/api/listings/:id",
    { who: "anonymous", summary: "One offer", params: id, answer: shapes.listing },
    (ctx, { params }) => getListing(ctx, params.id),
  ),
  put(
    "/api/listings/:id",
    {
      who: "user",
      summary: "Change one's own offer",
      params: id,
      body: shapes.putListing,
      answer: shapes.listing,
    },
    (ctx, { params, body }) => updateListing(ctx, { id: params.id, change: body }),
  ),
  del(
    "/api/listings/:id",
    { who: "user", summary: "Take one's own offer back", params: id },
    async (ctx, { params }) => {
      await withdrawListing(ctx, { id: params.id });
    },
  ),
  post(
    "/api/deals",
    {
      who: "user",
      summary: "Join the deal on an offer, by its id or code",
      body: openDeal,
      answer: deal,
      status: 201,
      perMinute: 10,
    },
    (ctx, { body }) => joinOrAskSeller(ctx, body),
  ),
];
