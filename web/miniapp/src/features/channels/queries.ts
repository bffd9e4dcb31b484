/** What the channel market reads and changes. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { ownChannelPage } from "../../../../../server/src/markets/channels/advertising/shapes.ts";
import type {
  Category,
  Channel,
  createListing,
  Listing,
  listingPage,
  listingSort,
} from "../../../../../server/src/markets/channels/shapes.ts";
import { get, send } from "../../../../kit/api.ts";
import { keys as kernelKeys } from "../../kernel/queries.ts";

export const keys = { channels: ["channels"], listings: ["listings"] } as const;

export type ListingPage = z.infer<typeof listingPage>;
export type ChannelPage = z.infer<typeof ownChannelPage>;
export type Sort = z.infer<typeof listingSort>;
export type NewListing = z.input<typeof createListing>;

/** What the catalogue is narrowed to. Prices are minor units. */
export interface Filter {
  q: string;
  category: Category | null;
  priceMin: string | null;
  priceMax: string | null;
  membersMin: string | null;
  membersMax: string | null;
  sort: Sort;
}

export const noFilter: Filter = {
  q: "",
  category: null,
  priceMin: null,
  priceMax: null,
  membersMin: null,
  membersMax: null,
  sort: "new",
};

export const useListings = (filter: Filter) =>
  useInfiniteQuery({
    queryKey: [...keys.listings, "list", filter],
    queryFn: ({ pageParam, signal }) =>
      get<ListingPage>(
        "/api/listings",
        { ...filter, q: filter.q.trim(), cursor: pageParam, limit: 20 },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const useMyListings = () =>
  useInfiniteQuery({
    queryKey: [...keys.listings, "mine"],
    queryFn: ({ pageParam, signal }) =>
      get<ListingPage>("/api/listings", { mine: "true", cursor: pageParam, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const useListing = (id: string) =>
  useQuery({
    queryKey: [...keys.listings, "one", id],
    queryFn: ({ signal }) => get<Listing>(`/api/listings/${id}`, {}, signal),
  });

export const useListingByCode = (code: string) =>
  useQuery({
    queryKey: [...keys.listings, "code", code],
    queryFn: ({ signal }) => get<Listing>(`/api/listings/by-code/${encodeURIComponent(code)}`, {}, signal),
  });

export const useMyChannels = (refetchInterval: number | false) =>
  useQuery({
    queryKey: [...keys.channels, "mine"],
    queryFn: ({ signal }) => get<ChannelPage>("/api/channels", { mine: "true", limit: 100 }, signal),
    refetchInterval,
  });

/** Joins the deal: by the code where the reader came by one, for that opens private listings too. */
export function useJoin(onJoined: (deal: Deal) => void, onError: (error: unknown) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (from: { listingId: string } | { code: string }) => send<Deal>("POST", "/api/deals", from),
    onSuccess: (deal) => {
      client.setQueryData(kernelKeys.deal(deal.id), deal);
      void client.invalidateQueries({ queryKey: kernelKeys.deals });
      void client.invalidateQueries({ queryKey: keys.listings });
      onJoined(deal);
    },
    onError,
  });
}

export function useCreateListing(onError: (error: unknown) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...listing }: NewListing & { key: string }) =>
      send<Listing>("POST", "/api/listings", listing, key),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.listings });
      void client.invalidateQueries({ queryKey: keys.channels });
    },
    onError,
  });
}

export type { Category, Channel, Listing };
