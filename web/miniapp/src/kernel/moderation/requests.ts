import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  complaintPage,
  decidingComplaint,
  moderatedReview,
  moderatedReviewPage,
} from "../../../../../server/src/kernel/reviews/shapes.ts";
import { get, send } from "../../../../kit/api.ts";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { toast } from "../../../../kit/toast.tsx";
import { keys } from "../queries.ts";

export type Decision = z.input<typeof decidingComplaint>;
export type Moderated = z.infer<typeof moderatedReview>;

function usePages<P extends { next: string | null }>(name: string, path: string, state: string) {
  return useInfiniteQuery({
    queryKey: [...keys.moderation, name],
    queryFn: ({ pageParam, signal }) => get<P>(path, { state, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export const useOpenComplaints = () =>
  usePages<z.infer<typeof complaintPage>>("complaints", "/api/admin/complaints", "open");
export const useHiddenReviews = () =>
  usePages<z.infer<typeof moderatedReviewPage>>("hidden", "/api/admin/reviews", "hidden");

export const decide = (id: string, body: Decision) =>
  send<unknown>("POST", `/api/admin/complaints/${id}/decide`, body);
export const restore = (id: string) => send<unknown>("POST", `/api/admin/reviews/${id}/restore`, {});

/** Does it, says so, and asks for the lists again. */
export function useModeration<B>(request: (body: B) => Promise<unknown>, said: string, onDone: () => void) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: request,
    onSuccess: () => {
      toast(said, "done");
      onDone();
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
    onSettled: () => client.invalidateQueries({ queryKey: keys.moderation }),
  });
}
