/** What requests and answers of advertising look like, for the description of the API. A test holds each to its shape. */
import type { z } from "zod";
import type * as campaigns from "./campaigns/shapes.ts";
import type * as dashboards from "./dashboards/shapes.ts";
import type * as offers from "./offers/shapes.ts";
import type * as shapes from "./shapes.ts";
import type * as slots from "./slots/shapes.ts";

const id = {
  channel: "0199f3a2-5c1e-7b44-9d10-3f2a6c8e1b57",
  slot: "0199f3a9-1d2c-7e10-8b6f-5a4d3c2b1a09",
  campaign: "0199f3b1-7a60-7c21-9f3e-2d4b6a8c0e13",
  offer: "0199f3b8-02d4-7f95-a1c7-6e5d4c3b2a10",
  deal: "0199f3bf-9be8-7048-b2d9-0a1b2c3d4e5f",
};
const ton = (amount: string) => ({ amount, asset: "TON" as const });
const format = { key: "1/24", topHours: 1, feedHours: 24 } as const;
const postAt = "2026-12-01T06:00:00.000Z";
const readAt = "2026-11-27T08:00:00.000Z";
const publisher = {
  id: "5012345678",
  firstName: "Алина",
  username: "alina_coffee",
  photoUrl: null,
  memberSince: "2026-03-02T09:30:00.000Z",
};
const advertiser = { ...publisher, id: "5087654321", firstName: "Boris", username: null };

const figures = {
  members: { value: 12_480, source: "bot_api", at: readAt },
  growth: { members: 310, days: 30 },
  views: { value: 4_150, source: "public_page", at: readAt },
  engagementBps: { value: 3_325, source: "public_page", at: readAt },
  postsPerDayMilli: null,
} as const;

const card = {
  id: id.channel,
  title: "Утренняя обжарка",
  username: "morning_roast",
  description: "Кофе каждое утро.",
  photoUrl: null,
  categories: ["food", "lifestyle"],
  language: "ru",
  figures,
  rating: { averageMilli: 4_750, count: 8, placements: 11 },
  priceFrom: ton("12500000000"),
  registryMark: { number: "4f12-7ab0", setBy: "owner", setAt: "2026-04-01T10:00:00.000Z" },
  isMarkMissing: false,
  publisher,
  role: null,
  deepLink: `https://t.me/souk_bot/app?startapp=ch_${id.channel}`,
  checkedAt: readAt,
} satisfies z.input<typeof shapes.channelCard>;

const terms = {
  price: ton("12500000000"),
  format,
  postAt,
  postedBy: "bot",
  isTopOfFeed: true,
} as const;

const campaign = {
  id: id.campaign,
  title: "Beans of a small roaster",
  brief: "A new roast for people who brew at home. Calm, without exclamation marks.",
  categories: ["food"],
  languages: ["ru"],
  membersMin: 5_000,
  membersMax: null,
  viewsMin: null,
  topics: [],
  formats: ["1/24", "2/48"],
  priceMax: ton("20000000000"),
  budget: {
    total: ton("100000000000"),
    reserved: ton("12500000000"),
    spent: ton("30000000000"),
    free: ton("57500000000"),
  },
  startsAt: null,
  endsAt: "2026-12-31T21:00:00.000Z",
  status: "active",
  advertiser,
  isMine: true,
  ad: null,
  openOffers: 1,
  deepLink: `https://t.me/souk_bot/app?startapp=c_${id.campaign}`,
  createdAt: "2026-11-20T12:00:00.000Z",
  updatedAt: readAt,
} satisfies z.input<typeof campaigns.campaign>;

const offer = {
  id: id.offer,
  origin: "publisher",
  status: "open",
  turn: "advertiser",
  round: 1,
  role: "advertiser",
  can: ["accept", "reject", "counter"],
  channel: {
    id: card.id,
    title: card.title,
    username: card.username,
    photoUrl: card.photoUrl,
    categories: card.categories,
    language: card.language,
  },
  members: 12_480,
  campaign: { id: id.campaign, title: campaign.title },
  slotId: id.slot,
  creativeId: null,
  publisher,
  advertiser,
  terms,
  message: "Читают утром, лучше в девять.",
  ad: null,
  expiresAt: "2026-11-30T08:00:00.000Z",
  dealId: null,
  outcome: null,
  createdAt: readAt,
  updatedAt: readAt,
} satisfies z.input<typeof offers.offer>;

const day = { placements: 1, money: ton("12500000000"), views: 3_900, costPerThousand: ton("3205128205") };

export const examples = {
  card,
  search: { items: [card], next: null } satisfies z.input<typeof shapes.channelCardPage>,
  putProfile: {
    categories: ["food", "lifestyle"],
    language: "ru",
    registryNumber: "4f12-7ab0",
  } satisfies z.input<typeof shapes.putProfile>,
  stats: {
    figures,
    history: [
      {
        at: readAt,
        source: "bot_api",
        members: 12_480,
        views: null,
        engagementBps: null,
        postsPerDayMilli: null,
      },
    ],
  } satisfies z.input<typeof shapes.channelStats>,
  createSlot: {
    format,
    price: ton("12500000000"),
    hours: { from: "09:00", to: "21:00", timeZone: "Europe/Moscow" },
    leadHours: 3,
    forbiddenTopics: ["gambling", "loans"],
    note: "Лучше всего читают утром.",
  } satisfies z.input<typeof slots.createSlot>,
  bookSlot: {
    code: "4K7M-2Q9X-8W3FD",
    postAt,
    campaignId: id.campaign,
  } satisfies z.input<typeof slots.bookSlot>,
  createCampaign: {
    title: campaign.title,
    brief: campaign.brief,
    categories: campaign.categories,
    languages: campaign.languages,
    membersMin: campaign.membersMin,
    formats: campaign.formats,
    budget: campaign.budget.total,
    priceMax: campaign.priceMax,
  } satisfies z.input<typeof campaigns.createCampaign>,
  campaign,
  campaigns: { items: [campaign], next: null } satisfies z.input<typeof campaigns.campaignPage>,
  channelMatches: {
    items: [
      {
        channel: card,
        reasons: [
          { kind: "category", categories: ["food"] },
          { kind: "language", language: "ru", isAny: false },
          { kind: "audience", members: 12_480, min: 5_000, max: null },
          { kind: "views", views: 4_150, min: null },
          { kind: "price", price: ton("12500000000"), max: ton("20000000000") },
          { kind: "record", averageMilli: 4_750, reviews: 8, placements: 11 },
        ],
      },
    ],
    next: null,
  } satisfies z.input<typeof campaigns.channelMatchPage>,
  offerOnCampaign: {
    channelId: id.channel,
    price: terms.price,
    format,
    postAt,
    message: offer.message,
  } satisfies z.input<typeof offers.offerOnCampaign>,
  offerToChannel: {
    channelId: id.channel,
    campaignId: id.campaign,
    price: ton("11000000000"),
    format,
    postAt,
    message: "A calm post about beans.",
  } satisfies z.input<typeof offers.offerToChannel>,
  counterOffer: {
    round: 1,
    price: ton("11500000000"),
    message: "For two posts in a row?",
  } satisfies z.input<typeof offers.counterOffer>,
  offer,
  accepted: {
    ...offer,
    status: "accepted",
    turn: null,
    can: [],
    dealId: id.deal,
    history: [
      { kind: "offered", round: 1, by: "publisher", message: offer.message, terms, at: readAt },
      {
        kind: "accepted",
        round: 1,
        by: "advertiser",
        message: "",
        terms,
        at: "2026-11-27T09:00:00.000Z",
      },
    ],
  } satisfies z.input<typeof offers.offerWithHistory>,
  offers: { items: [offer], next: null } satisfies z.input<typeof offers.offerPage>,
  dashboard: {
    role: "advertiser",
    from: "2026-11-27T00:00:00.000Z",
    to: "2026-11-27T12:00:00.000Z",
    totals: { ...day, reserved: ton("12500000000"), running: 1, openOffers: 1 },
    days: [{ day: "2026-11-27", ...day }],
    parts: [{ id: id.campaign, title: campaign.title, ...day }],
  } satisfies z.input<typeof dashboards.dashboard>,
};
