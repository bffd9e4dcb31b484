/** A campaign while it is written. Pure. Words of what is wrong: `ads:problem.<name>`. */
import type { z } from "zod";
import type { createCampaign } from "../../../../../../server/src/markets/channels/advertising/campaigns/shapes.ts";
import type {
  ChannelLanguage,
  FormatKey,
  Topic,
} from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import type { Category } from "../../../../../../server/src/markets/channels/shapes.ts";
import type { Campaign } from "../queries.ts";
import { countTyped, instantOf, localOf, priceTyped, typedCount, typedPrice } from "./typed.ts";

export type NewCampaign = z.input<typeof createCampaign>;

export interface CampaignDraft {
  title: string;
  brief: string;
  categories: readonly Category[];
  languages: readonly ChannelLanguage[];
  membersMin: string;
  membersMax: string;
  viewsMin: string;
  topics: readonly Topic[];
  formats: readonly FormatKey[];
  budget: string;
  priceMax: string;
  /** Days, as a date field gives them. */
  startsAt: string;
  endsAt: string;
  erid: string;
  advertiserName: string;
  advertiserInn: string;
}

export const emptyCampaign: CampaignDraft = {
  title: "",
  brief: "",
  categories: [],
  languages: [],
  membersMin: "",
  membersMax: "",
  viewsMin: "",
  topics: [],
  formats: ["1/24"],
  budget: "",
  priceMax: "",
  startsAt: "",
  endsAt: "",
  erid: "",
  advertiserName: "",
  advertiserInn: "",
};

export const TITLE_MAX = 80;
export const BRIEF_MAX = 4000;
export const CATEGORIES_MAX = 5;

export function draftOf(campaign: Campaign, language: string): CampaignDraft {
  const day = (instant: string | null) => (instant === null ? "" : localOf(instant).slice(0, 10));
  return {
    title: campaign.title,
    brief: campaign.brief,
    categories: campaign.categories,
    languages: campaign.languages,
    membersMin: countTyped(campaign.membersMin),
    membersMax: countTyped(campaign.membersMax),
    viewsMin: countTyped(campaign.viewsMin),
    topics: campaign.topics,
    formats: campaign.formats,
    budget: priceTyped(campaign.budget.total.amount, language),
    priceMax: priceTyped(campaign.priceMax?.amount, language),
    startsAt: day(campaign.startsAt),
    endsAt: day(campaign.endsAt),
    erid: campaign.ad?.erid ?? "",
    advertiserName: campaign.ad?.advertiserName ?? "",
    advertiserInn: campaign.ad?.advertiserInn ?? "",
  };
}

export type CampaignField =
  | "title"
  | "brief"
  | "categories"
  | "formats"
  | "budget"
  | "priceMax"
  | "membersMin"
  | "membersMax"
  | "viewsMin"
  | "endsAt"
  | "erid"
  | "advertiserInn";

/** By field: which words say what is wrong. */
export function campaignProblems(draft: CampaignDraft): Partial<Record<CampaignField, string>> {
  const found: Partial<Record<CampaignField, string>> = {};
  if (draft.title.trim().length < 3) found.title = "title";
  if (draft.brief.trim().length < 10) found.brief = "brief";
  if (draft.categories.length === 0) found.categories = "categories";
  if (draft.formats.length === 0) found.formats = "formats";
  const [budget, priceMax] = [typedPrice(draft.budget), typedPrice(draft.priceMax)];
  if (!budget) found.budget = "budget";
  if (priceMax === undefined) found.priceMax = "number";
  else if (budget && priceMax && BigInt(priceMax) > BigInt(budget)) found.priceMax = "priceMax";
  const counts = { membersMin: 0, membersMax: 0, viewsMin: 0 } as const;
  for (const name of Object.keys(counts) as (keyof typeof counts)[])
    if (typedCount(draft[name]) === undefined) found[name] = "number";
  const [least, most] = [typedCount(draft.membersMin), typedCount(draft.membersMax)];
  if (typeof least === "number" && typeof most === "number" && least > most) found.membersMax = "range";
  const [starts, ends] = [dayStart(draft.startsAt), dayEnd(draft.endsAt)];
  if (starts && ends && Date.parse(ends) <= Date.parse(starts)) found.endsAt = "dates";
  if (draft.erid !== "" && !/^[A-Za-z0-9]{5,100}$/.test(draft.erid.trim())) found.erid = "erid";
  if (draft.advertiserInn !== "" && !/^(\d{10}|\d{12})$/.test(draft.advertiserInn.trim()))
    found.advertiserInn = "inn";
  return found;
}

const dayStart = (day: string): string | null => (day === "" ? null : instantOf(`${day}T00:00`));
const dayEnd = (day: string): string | null => (day === "" ? null : instantOf(`${day}T23:59`));
const orNull = (typed: string): string | null => typed.trim() || null;

/** Only of a draft without problems. */
export function campaignOf(draft: CampaignDraft): NewCampaign {
  const price = (typed: string) => ({ amount: typedPrice(typed) ?? "0", asset: "TON" as const });
  const ad = {
    erid: orNull(draft.erid),
    advertiserName: orNull(draft.advertiserName),
    advertiserInn: orNull(draft.advertiserInn),
  };
  return {
    title: draft.title,
    brief: draft.brief,
    categories: [...draft.categories],
    languages: [...draft.languages],
    membersMin: typedCount(draft.membersMin) ?? null,
    membersMax: typedCount(draft.membersMax) ?? null,
    viewsMin: typedCount(draft.viewsMin) ?? null,
    topics: [...draft.topics],
    formats: [...draft.formats],
    budget: price(draft.budget),
    priceMax: draft.priceMax.trim() === "" ? null : price(draft.priceMax),
    startsAt: dayStart(draft.startsAt),
    endsAt: dayEnd(draft.endsAt),
    ad: Object.values(ad).every((one) => one === null) ? null : ad,
  };
}
