import { useQuery } from "@tanstack/react-query";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { get } from "../../../../kit/api.ts";
import { type DealPage, keys } from "../queries.ts";

export const useDesk = () =>
  useQuery({
    queryKey: keys.desk,
    queryFn: ({ signal }) => get<DealPage>("/api/admin/deals", { limit: 100 }, signal),
  });

export const useCase = (id: string) =>
  useQuery({
    queryKey: [...keys.desk, id],
    queryFn: ({ signal }) => get<Deal>(`/api/admin/deals/${id}`, {}, signal),
  });
