import { z } from "zod";
import { get, post } from "../../../../platform/endpoint.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { examples } from "../examples.ts";
import { bookSlot } from "../slots/book-slot.ts";
import { bookSlot as booking } from "../slots/shapes.ts";
import { acceptOffer } from "./accept-offer.ts";
import { counterOffer, rejectOffer, withdrawOffer } from "./answer-offer.ts";
import { getOffer, listCampaignOffers, listOffers } from "./list-offers.ts";
import { offerOnCampaign, offerToChannel } from "./make-offer.ts";
import * as shapes from "./shapes.ts";

const id = z.object({ id: uuid });

export const offerRoutes = [
  get(
    "/api/campaigns/:id/offers",
    {
      who: "user",
      summary: "Offers on one's own campaign",
      params: id,
      query: shapes.campaignOfferQuery,
      answer: shapes.offerPage,
      examples: { answer: examples.offers },
    },
    (ctx, { params, query }) => listCampaignOffers(ctx, params.id, query),
  ),
  post(
    "/api/campaigns/:id/offers",
    {
      who: "user",
      summary: "Offer a place in one's channel on a campaign",
      params: id,
      body: shapes.offerOnCampaign,
      answer: shapes.offerWithHistory,
      examples: { body: examples.offerOnCampaign },
      status: 201,
      perMinute: 10,
    },
    async (ctx, { params, body }) =>
      getOffer(ctx, (await offerOnCampaign(ctx, { campaignId: params.id, offer: body })).offerId),
  ),
  get(
    "/api/offers",
    {
      who: "user",
      summary: "One's offers as publisher or as advertiser",
      query: shapes.offerQuery,
      answer: shapes.offerPage,
    },
    (ctx, { query }) => listOffers(ctx, query),
  ),
  post(
    "/api/offers",
    {
      who: "user",
      summary: "Offer to a channel, or for one of its slots at other terms",
      body: shapes.offerToChannel,
      answer: shapes.offerWithHistory,
      examples: { body: examples.offerToChannel },
      status: 201,
      perMinute: 10,
    },
    async (ctx, { body }) => getOffer(ctx, (await offerToChannel(ctx, body)).offerId),
  ),
  get(
    "/api/offers/:id",
    { who: "user", summary: "One offer with its history", params: id, answer: shapes.offerWithHistory },
    (ctx, { params }) => getOffer(ctx, params.id),
  ),
  post(
    "/api/bookings",
    {
      who: "user",
      summary: "Book an ad slot at its price, by its id or code",
      body: booking,
      answer: shapes.offerWithHistory,
      examples: { body: examples.bookSlot },
      status: 201,
      perMinute: 10,
    },
    async (ctx, { body }) => getOffer(ctx, (await bookSlot(ctx, body)).offerId),
  ),
  post(
    "/api/offers/:id/accept",
    {
      who: "user",
      summary: "Accept the terms that stand: the placement begins",
      params: id,
      body: shapes.acceptOffer,
      answer: shapes.offerWithHistory,
      examples: { body: { round: 1 }, answer: examples.accepted },
      perMinute: 20,
    },
    async (ctx, { params, body }) =>
      getOffer(ctx, (await acceptOffer(ctx, { id: params.id, answer: body })).offerId),
  ),
  post(
    "/api/offers/:id/reject",
    {
      who: "user",
      summary: "Refuse the terms that stand",
      params: id,
      body: shapes.rejectOffer,
      answer: shapes.offerWithHistory,
    },
    async (ctx, { params, body }) =>
      getOffer(ctx, (await rejectOffer(ctx, { id: params.id, answer: body })).offerId),
  ),
  post(
    "/api/offers/:id/counter",
    {
      who: "user",
      summary: "Answer with other terms",
      params: id,
      body: shapes.counterOffer,
      answer: shapes.offerWithHistory,
      examples: { body: examples.counterOffer },
      perMinute: 20,
    },
    async (ctx, { params, body }) =>
      getOffer(ctx, (await counterOffer(ctx, { id: params.id, answer: body })).offerId),
  ),
  post(
    "/api/offers/:id/withdraw",
    {
      who: "user",
      summary: "Take one's own word back",
      params: id,
      body: shapes.withdrawOffer,
      answer: shapes.offerWithHistory,
    },
    async (ctx, { params }) => getOffer(ctx, (await withdrawOffer(ctx, { id: params.id })).offerId),
  ),
];
