/** What the screens read, and under which names it is kept. A live event makes the names of its topic be asked for again. */
import { type QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { Deal, dealPage, timeline } from "../../../../server/src/kernel/deals/shapes.ts";
import type { Me, session } from "../../../../server/src/kernel/identity/shapes.ts";
import type { notificationPage, unreadCount } from "../../../../server/src/kernel/notifications/shapes.ts";
import type { LiveEvent } from "../../../../server/src/platform/shapes.ts";
import { get } from "../../../kit/api.ts";
import { isSignedIn } from "../../../kit/reader.ts";
import type { Feature } from "./feature.ts";

export type DealPage = z.infer<typeof dealPage>;
export type DealTimeline = z.infer<typeof timeline>;
export type NotificationPage = z.infer<typeof notificationPage>;
export type SessionView = z.infer<typeof session>;

export const keys = {
  me: ["me"],
  deals: ["deals"],
  deal: (id: string) => ["deals", "one", id],
  timeline: (id: string) => ["deals", "timeline", id],
  notifications: ["notifications"],
  sessions: ["sessions"],
  desk: ["desk"],
  payments: ["payments"],
  payment: (id: string) => ["payments", "one", id],
  balance: ["balance"],
  reviews: ["reviews"],
  moderation: ["moderation"],
} as const;

export function invalidate(client: QueryClient, event: LiveEvent, features: readonly Feature[]): void {
  const again = (...names: (readonly string[])[]) => {
    for (const queryKey of names) void client.invalidateQueries({ queryKey });
  };
  if (event.topic === "deal") again(keys.deals, keys.desk);
  if (event.topic === "notification") again(keys.notifications);
  if (event.topic === "payment") again(keys.payments, keys.balance);
  if (event.topic === "review") again(keys.reviews);
  if (event.topic === "wallet" || event.topic === "user") again(keys.me, keys.sessions);
  for (const { live } of features) again(...(live?.[event.topic] ?? []).map((name) => [name]));
}

export const useMe = () =>
  useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) => get<Me>("/api/users/me", {}, signal),
    enabled: isSignedIn(),
    staleTime: 60_000,
  });

export const useDeals = (isOpen: boolean) =>
  useInfiniteQuery({
    queryKey: [...keys.deals, "list", isOpen],
    queryFn: ({ pageParam, signal }) =>
      get<DealPage>("/api/deals", { open: String(isOpen), cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: isSignedIn(),
  });

export const useDeal = (id: string) =>
  useQuery({ queryKey: keys.deal(id), queryFn: ({ signal }) => get<Deal>(`/api/deals/${id}`, {}, signal) });

export const useTimeline = (id: string) =>
  useQuery({
    queryKey: keys.timeline(id),
    queryFn: ({ signal }) => get<DealTimeline>(`/api/deals/${id}/timeline`, {}, signal),
  });

export const useNotifications = () =>
  useInfiniteQuery({
    queryKey: [...keys.notifications, "list"],
    queryFn: ({ pageParam, signal }) =>
      get<NotificationPage>("/api/notifications", { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const useUnread = () =>
  useQuery({
    queryKey: [...keys.notifications, "unread"],
    queryFn: ({ signal }) => get<z.infer<typeof unreadCount>>("/api/notifications/unread", {}, signal),
    enabled: isSignedIn(),
  });

export const useSessions = () =>
  useQuery({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => get<SessionView[]>("/api/auth/sessions", {}, signal),
  });
