/** What the balance screens read. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { Balances, historyPage, Statement } from "../../../../../server/src/kernel/ledger/shapes.ts";
import type { Asset } from "../../../../../server/src/platform/shapes.ts";
import { get } from "../../../../kit/api.ts";
import { isSignedIn } from "../../../../kit/reader.ts";
import { keys } from "../queries.ts";
import type { Period } from "./period.ts";

export type HistoryPage = z.infer<typeof historyPage>;

export const useBalance = () =>
  useQuery({
    queryKey: [...keys.balance, "now"],
    queryFn: ({ signal }) => get<Balances>("/api/balance", {}, signal),
    enabled: isSignedIn(),
  });

export const useHistory = (asset: Asset | null) =>
  useInfiniteQuery({
    queryKey: [...keys.balance, "history", asset],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage>("/api/balance/history", { asset, cursor: pageParam, limit: 30 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const useStatement = (period: Period | null) =>
  useQuery({
    queryKey: [...keys.balance, "statement", period],
    queryFn: ({ signal }) => get<Statement>("/api/balance/statement", { ...period }, signal),
    enabled: period !== null,
    staleTime: 60_000,
  });

/** The statement as the server writes it for spreadsheets. Throws `ApiError`. */
export const statementFile = async (period: Period): Promise<File> =>
  new File(
    [await get<string>("/api/balance/statement", { ...period, format: "csv" })],
    `souk-${period.from.slice(0, 10)}-${period.to.slice(0, 10)}.csv`,
    { type: "text/csv" },
  );
