/** What advertising reads, and under which names it is kept. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  Campaign,
  CampaignSort,
  campaignMatchPage,
  campaignPage,
  channelMatchPage,
  creativeList,
} from "../../../../../server/src/markets/channels/advertising/campaigns/shapes.ts";
import type {
  Dashboard,
  placementHistoryPage,
} from "../../../../../server/src/markets/channels/advertising/dashboards/shapes.ts";
import type {
  Offer,
  OfferStatus,
  offerPage,
  offerWithHistory,
} from "../../../../../server/src/markets/channels/advertising/offers/shapes.ts";
import type {
  ChannelCard,
  ChannelLanguage,
  ChannelSort,
  channelCardPage,
  channelMembers,
  channelStats,
  FormatKey,
  OwnChannel,
  openedInvite,
  ownChannelPage,
  Party,
} from "../../../../../server/src/markets/channels/advertising/shapes.ts";
import type { Slot, slotList } from "../../../../../server/src/markets/channels/advertising/slots/shapes.ts";
import type {
  creativeHistory,
  evidencePage,
  Placement,
  placementPage,
} from "../../../../../server/src/markets/channels/placements/shapes.ts";
import type { Category } from "../../../../../server/src/markets/channels/shapes.ts";
import { get } from "../../../../kit/api.ts";
import { isSignedIn } from "../../../../kit/reader.ts";

export type ChannelPage = z.infer<typeof channelCardPage>;
export type OwnChannelPage = z.infer<typeof ownChannelPage>;
export type Members = z.infer<typeof channelMembers>;
export type Stats = z.infer<typeof channelStats>;
export type OpenedInvite = z.infer<typeof openedInvite>;
export type CampaignPage = z.infer<typeof campaignPage>;
export type Creatives = z.infer<typeof creativeList>;
export type Creative = Creatives["items"][number];
export type OfferPage = z.infer<typeof offerPage>;
export type OfferTold = z.infer<typeof offerWithHistory>;
export type PlacementPage = z.infer<typeof placementPage>;
export type HistoryPage = z.infer<typeof placementHistoryPage>;
export type EvidencePage = z.infer<typeof evidencePage>;
export type CreativeVersions = z.infer<typeof creativeHistory>;
export type { Campaign, ChannelCard, Dashboard, Offer, OwnChannel, Placement, Slot };

/** Everything of this market is kept under the feature's name; live events ask for all of it anew. */
export const names = {
  all: ["ads"],
  channels: ["ads", "channels"],
  campaigns: ["ads", "campaigns"],
  offers: ["ads", "offers"],
  placements: ["ads", "placements"],
} as const;

/** What the catalogue of channels is narrowed to. Prices are minor units, ratings thousandths of a star. */
export interface ChannelFilter {
  q: string;
  category: Category | null;
  language: ChannelLanguage | null;
  membersMin: string | null;
  membersMax: string | null;
  viewsMin: string | null;
  priceMin: string | null;
  priceMax: string | null;
  ratingMin: number | null;
  sort: ChannelSort;
}
export const noChannelFilter: ChannelFilter = {
  q: "",
  category: null,
  language: null,
  membersMin: null,
  membersMax: null,
  viewsMin: null,
  priceMin: null,
  priceMax: null,
  ratingMin: null,
  sort: "members",
};

export interface CampaignFilter {
  q: string;
  category: Category | null;
  language: ChannelLanguage | null;
  format: FormatKey | null;
  priceMin: string | null;
  sort: CampaignSort;
}
export const noCampaignFilter: CampaignFilter = {
  q: "",
  category: null,
  language: null,
  format: null,
  priceMin: null,
  sort: "new",
};

type Params = Parameters<typeof get>[1];
interface Page {
  next: string | null;
}

/** Of what is everybody's nothing is told to us: whoever comes back to it is shown it as it is now. */
const everybodys = { staleTime: 0 };

/** A list that goes on. */
const usePages = <T extends Page>(
  key: readonly unknown[],
  path: string,
  params: Params,
  isOn = true,
  more: { staleTime?: number } = {},
) =>
  useInfiniteQuery({
    ...more,
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<T>(path, { ...params, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: T) => page.next,
    placeholderData: keepPreviousData,
    enabled: isOn,
  });

const useOne = <T>(key: readonly unknown[], path: string, params: Params = {}, isOn = true) =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => get<T>(path, params, signal), enabled: isOn });

export const useChannelSearch = (filter: ChannelFilter) =>
  usePages<ChannelPage>(
    [...names.channels, "search", filter],
    "/api/channels",
    { ...filter, q: filter.q.trim(), limit: 20 },
    true,
    everybodys,
  );
export const useOwnChannels = (isOn = isSignedIn()) =>
  usePages<OwnChannelPage>([...names.channels, "mine"], "/api/channels", { mine: "true", limit: 50 }, isOn);
export const useOwnChannel = (id: string) =>
  useOne<OwnChannel>([...names.channels, "own", id], `/api/channels/${id}`);
export const useCard = (id: string) =>
  useOne<ChannelCard>([...names.channels, "card", id], `/api/channels/${id}/card`);
export const useStats = (id: string, days: number) =>
  useOne<Stats>([...names.channels, "stats", id, days], `/api/channels/${id}/stats`, { days });
export const useSlots = (id: string, isOn = true) =>
  useOne<z.infer<typeof slotList>>([...names.channels, "slots", id], `/api/channels/${id}/slots`, {}, isOn);
export const useSlotByCode = (code: string) =>
  useOne<Slot>([...names.channels, "slot", code], `/api/slots/by-code/${encodeURIComponent(code)}`);
export const useMembers = (id: string) =>
  useOne<Members>([...names.channels, "members", id], `/api/channels/${id}/members`);
export const useInvite = (code: string) =>
  useOne<OpenedInvite>(
    [...names.channels, "invite", code],
    `/api/channel-invites/${encodeURIComponent(code)}`,
  );
export const useCampaignMatches = (channelId: string) =>
  usePages<z.infer<typeof campaignMatchPage>>(
    [...names.channels, "matches", channelId],
    `/api/channels/${channelId}/matches`,
    { limit: 20 },
  );

export const useCampaigns = (filter: CampaignFilter) =>
  usePages<CampaignPage>(
    [...names.campaigns, "search", filter],
    "/api/campaigns",
    { ...filter, q: filter.q.trim(), limit: 20 },
    true,
    everybodys,
  );
export const useOwnCampaigns = (isOn = isSignedIn()) =>
  usePages<CampaignPage>([...names.campaigns, "mine"], "/api/campaigns", { mine: "true", limit: 50 }, isOn);
export const useCampaign = (id: string) =>
  useOne<Campaign>([...names.campaigns, "one", id], `/api/campaigns/${id}`);
export const useChannelMatches = (campaignId: string) =>
  usePages<z.infer<typeof channelMatchPage>>(
    [...names.campaigns, "matches", campaignId],
    `/api/campaigns/${campaignId}/matches`,
    { limit: 20 },
  );
export const useCreatives = (campaignId: string) =>
  useOne<Creatives>([...names.campaigns, "creatives", campaignId], `/api/campaigns/${campaignId}/creatives`);
export const useCampaignOffers = (campaignId: string) =>
  usePages<OfferPage>([...names.offers, "campaign", campaignId], `/api/campaigns/${campaignId}/offers`, {});

export const useOffers = (role: Party, status: OfferStatus | null) =>
  usePages<OfferPage>(
    [...names.offers, "list", role, status],
    "/api/offers",
    { role, status, limit: 20 },
    isSignedIn(),
  );
export const useOffer = (id: string) => useOne<OfferTold>([...names.offers, "one", id], `/api/offers/${id}`);

export const usePlacements = (isOpen: boolean) =>
  usePages<PlacementPage>(
    [...names.placements, "list", isOpen],
    "/api/placements",
    { open: String(isOpen), limit: 20 },
    isSignedIn(),
  );
export const usePlacement = (id: string) =>
  useOne<Placement>([...names.placements, "one", id], `/api/placements/${id}`);
export const useCreativeVersions = (id: string) =>
  useOne<CreativeVersions>([...names.placements, "versions", id], `/api/deals/${id}/creative`);

export const useDashboard = (role: Party, days: number) =>
  useOne<Dashboard>([...names.all, "dashboard", role, days], `/api/dashboards/${role}`, { days });
export const useHistory = (role: Party) =>
  usePages<HistoryPage>([...names.all, "history", role], "/api/dashboards/history", { role, limit: 20 });
