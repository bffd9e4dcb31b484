import { expect, test } from "bun:test";
import * as campaigns from "./campaigns/shapes.ts";
import * as dashboards from "./dashboards/shapes.ts";
import { examples } from "./examples.ts";
import * as offers from "./offers/shapes.ts";
import * as shapes from "./shapes.ts";
import * as slots from "./slots/shapes.ts";

test.each([
  ["a channel's card", shapes.channelCard, examples.card],
  ["the search", shapes.channelCardPage, examples.search],
  ["figures", shapes.channelStats, examples.stats],
  ["a campaign", campaigns.campaign, examples.campaign],
  ["campaigns", campaigns.campaignPage, examples.campaigns],
  ["matches", campaigns.channelMatchPage, examples.channelMatches],
  ["offers", offers.offerPage, examples.offers],
  ["an accepted offer", offers.offerWithHistory, examples.accepted],
  ["a dashboard", dashboards.dashboard, examples.dashboard],
] as const)("the example of an answer is whole: %s", (_name, shape, example) => {
  expect(shape.parse(example) as unknown).toEqual(example);
});

test.each([
  ["a profile", shapes.putProfile, examples.putProfile],
  ["a slot", slots.createSlot, examples.createSlot],
  ["a booking", slots.bookSlot, examples.bookSlot],
  ["a campaign", campaigns.createCampaign, examples.createCampaign],
  ["an offer on a campaign", offers.offerOnCampaign, examples.offerOnCampaign],
  ["an offer to a channel", offers.offerToChannel, examples.offerToChannel],
  ["other terms", offers.counterOffer, examples.counterOffer],
] as const)("the example of a request is taken: %s", (_name, shape, example) => {
  expect(shape.safeParse(example).success).toBe(true);
});
