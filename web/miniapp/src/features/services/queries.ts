/** What urgent services read and change. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import type {
  Category,
  City,
  cityList,
  createOrder,
  ExecutorPreferences,
  Order,
  OrderDetails,
  OrderList,
  OwnExecutor,
  Point,
  putOrder,
  respond,
} from "../../../../../server/src/markets/services/shapes.ts";
import { get, randomId, send } from "../../../../kit/api.ts";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { isSignedIn } from "../../../../kit/reader.ts";
import { toast } from "../../../../kit/toast.tsx";
import { keys as kernelKeys } from "../../kernel/queries.ts";

export const keys = { orders: ["orders"], cities: ["cities"], disputes: ["order-disputes"] } as const;

/** What the live list is narrowed to. `near` with its radius, or a city, or the whole country. */
export interface Filter {
  category: Category | null;
  city: string | null;
  near: Point | null;
  radiusKm: number;
}

const nearText = (near: Point | null): string | null => near && `${near.latitude},${near.longitude}`;

export const openOrders = ({ category, city, near, radiusKm }: Filter) => ({
  category,
  city: near ? null : city,
  near: nearText(near),
  radiusKm: near ? radiusKm : null,
});

const pages = (name: string, query: Record<string, string | number | null>) => ({
  queryKey: [...keys.orders, name, query],
  queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
    get<OrderList>("/api/orders", { ...query, cursor: pageParam, limit: 20 }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page: OrderList) => page.next ?? null,
});

export const useOpenOrders = (filter: Filter) =>
  useInfiniteQuery({ ...pages("open", openOrders(filter)), placeholderData: keepPreviousData });

/** `mine`: those that I wrote; `taken`: that I took. */
export const useOwnOrders = (scope: "mine" | "taken") =>
  useInfiniteQuery({ ...pages("own", { scope }), enabled: isSignedIn() });

export const useOrder = (id: string) =>
  useQuery({
    queryKey: [...keys.orders, "one", id],
    queryFn: ({ signal }) => get<OrderDetails>(`/api/orders/${id}`, {}, signal),
  });

type Cities = z.infer<typeof cityList>;

export const useCities = (q: string) =>
  useQuery({
    queryKey: [...keys.cities, q],
    queryFn: ({ signal }) => get<Cities>("/api/cities", { q: q.trim(), limit: 8 }, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const nearestCity = async (point: Point): Promise<City | null> =>
  (await get<Cities>("/api/cities", { near: nearText(point), limit: 1 })).cities[0] ?? null;

/** After any change: the order as it came back is shown at once, everything else is asked for again. */
function useOrderChange<Input>(
  change: (input: Input) => Promise<OrderDetails>,
  options: { onDone?: (order: OrderDetails) => void; onError?: (error: unknown) => boolean } = {},
) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (order) => {
      client.setQueryData([...keys.orders, "one", order.id], order);
      void client.invalidateQueries({ queryKey: keys.orders });
      void client.invalidateQueries({ queryKey: kernelKeys.balance });
      options.onDone?.(order);
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: keys.orders });
      if (!options.onError?.(error)) toast(wordsOfError(t, error), "trouble");
    },
  });
}

/** One's own figures as an executor, and what one wants to hear of. */
export const useOwnFigures = () =>
  useQuery({
    queryKey: [...keys.orders, "me"],
    queryFn: ({ signal }) => get<OwnExecutor>("/api/executors/me", {}, signal),
    enabled: isSignedIn(),
  });

export function useSavePreferences(onDone: () => void) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ radiusKm, ...wishes }: ExecutorPreferences) =>
      send("PUT", "/api/users/me/preferences", {
        executor: { ...wishes, ...(radiusKm === null ? {} : { radiusKm }) },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.orders });
      onDone();
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
}

type NewOrder = z.input<typeof createOrder>;
type ChangedOrder = z.input<typeof putOrder>;
type Answer = z.input<typeof respond>;
interface Outcome {
  onDone?: (order: OrderDetails) => void;
  onError?: (error: unknown) => boolean;
}

export const useCreateOrder = (outcome: Outcome) =>
  useOrderChange(
    ({ key, ...order }: NewOrder & { key: string }) => send<OrderDetails>("POST", "/api/orders", order, key),
    outcome,
  );

export const useUpdateOrder = (id: string, outcome: Outcome) =>
  useOrderChange((order: ChangedOrder) => send<OrderDetails>("PUT", `/api/orders/${id}`, order), outcome);

/** The person and the order are the key: pressed twice, it is taken once. */
export const useTakeOrder = (id: string, outcome: Outcome) =>
  useOrderChange(() => send<OrderDetails>("POST", `/api/orders/${id}/take`), outcome);

export const useRespond = (id: string, outcome: Outcome = {}) =>
  useOrderChange(
    (answer: Answer) => send<OrderDetails>("POST", `/api/orders/${id}/respond`, answer, randomId()),
    outcome,
  );

export function useDeleteOrder(id: string, onDone: () => void) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send<void>("DELETE", `/api/orders/${id}`),
    onSuccess: () => {
      onDone();
      client.removeQueries({ queryKey: [...keys.orders, "one", id] });
      void client.invalidateQueries({ queryKey: keys.orders });
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: keys.orders });
      toast(wordsOfError(t, error), "trouble");
    },
  });
}

export type { Category, City, ExecutorPreferences, Order, OrderDetails, Point };
