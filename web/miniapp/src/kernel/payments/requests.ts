/** What the pay sheet reads and changes. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  choosing,
  Goods,
  means,
  meansQuery,
  Payment,
  paymentPage,
  recharge,
} from "../../../../../server/src/kernel/payments/shapes.ts";
import type { Amount } from "../../../../../server/src/platform/shapes.ts";
import { get, send } from "../../../../kit/api.ts";
import { isSignedIn } from "../../../../kit/reader.ts";
import { keys } from "../queries.ts";
import { surface } from "./surface.ts";

export type Means = z.infer<typeof means>;
export type PaymentPage = z.infer<typeof paymentPage>;
type Choice = z.input<typeof choosing>;
type Recharge = z.input<typeof recharge>;

/** Rates move: prices in other assets are asked for again while one chooses. */
const MEANS_EVERY_MS = 30_000;

export const usePayment = (id: string | null, refetchInterval: (payment: Payment) => number | false) =>
  useQuery({
    queryKey: keys.payment(id ?? ""),
    queryFn: ({ signal }) => get<Payment>(`/api/payments/${id}`, {}, signal),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data ? refetchInterval(state.data) : false),
  });

/** The ways to pay `price` here, `isRecurring` again by themselves. Null: which assets can be topped up, and by what. */
export const useMeans = (price: Amount | null, goods: Goods, isRecurring = false) =>
  useQuery({
    queryKey: [...keys.payments, "means", goods, price, isRecurring],
    queryFn: ({ signal }) =>
      get<Means>(
        "/api/payments/means",
        {
          surface: surface(),
          goods,
          ...price,
          ...(isRecurring ? { recurring: "true" as const } : {}),
        } satisfies z.input<typeof meansQuery>,
        signal,
      ),
    staleTime: 0,
    refetchInterval: price ? MEANS_EVERY_MS : false,
  });

export const usePayments = () =>
  useInfiniteQuery({
    queryKey: [...keys.payments, "list"],
    queryFn: ({ pageParam, signal }) => get<PaymentPage>("/api/payments", { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: isSignedIn(),
  });

export const topUp = (input: Omit<Recharge, "surface">, key: string): Promise<Payment> =>
  send<Payment>(
    "POST",
    "/api/balance/recharge",
    { ...input, surface: surface() } satisfies z.input<typeof recharge>,
    key,
  );

export const choose = (id: string, input: Omit<Choice, "surface">, key: string): Promise<Payment> =>
  send<Payment>("POST", `/api/payments/${id}/choose`, { ...input, surface: surface() } satisfies Choice, key);

/** Asks the server to ask the provider now, instead of at its next planned look. */
export const check = (id: string, key: string): Promise<Payment> =>
  send<Payment>("POST", `/api/payments/${id}/check`, {}, key);

export const stopRenewal = (id: string, key: string): Promise<Payment> =>
  send<Payment>("POST", `/api/payments/${id}/stop-renewal`, {}, key);

export const cancel = (id: string, key: string): Promise<Payment> =>
  send<Payment>("POST", `/api/payments/${id}/cancel`, {}, key);
