import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  reportReason,
  reviewPage,
  writtenReview,
} from "../../../../../server/src/kernel/reviews/shapes.ts";
import { get, send } from "../../../../kit/api.ts";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { toast } from "../../../../kit/toast.tsx";
import { keys } from "../queries.ts";

type ReviewPage = z.infer<typeof reviewPage>;
export type Written = z.input<typeof writtenReview>;
export type Reported = { reason: z.infer<typeof reportReason>; text: string; part: "review" | "answer" };
/** `id` is a Telegram id of a user, or our id of a channel. */
export type About = { kind: "user" | "channel"; id: string };

export const useReviews = ({ kind, id }: About) =>
  useInfiniteQuery({
    queryKey: [...keys.reviews, kind, id],
    queryFn: ({ pageParam, signal }) =>
      get<ReviewPage>("/api/reviews", { [kind]: id, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** The average alone. */
export const useRating = ({ kind, id }: About) =>
  useQuery({
    queryKey: [...keys.reviews, "rating", kind, id],
    queryFn: async ({ signal }) =>
      (await get<ReviewPage>("/api/reviews", { [kind]: id, limit: 1 }, signal)).rating,
  });

/** Sends something about a review, says so, and has all reviews asked for again. */
export function useReviewChange<B>(request: (body: B) => Promise<unknown>, said: string, onDone: () => void) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: request,
    onSuccess: () => {
      toast(said, "done");
      onDone();
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
    onSettled: () => client.invalidateQueries({ queryKey: keys.reviews }),
  });
}

export const sendAnswer = (id: string, text: string) =>
  send<void>("PUT", `/api/reviews/${id}/answer`, { text });
export const sendReport = (id: string, body: Reported) =>
  send<unknown>("POST", `/api/reviews/${id}/report`, body);
