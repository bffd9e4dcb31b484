import type { Target } from "../../../kernel/reviews/index.ts";
import type { Rating } from "../../../kernel/reviews/shapes.ts";

/** What reviews of executors count in. */
export const executorTarget = (userId: string): Target => ({ kind: "user", id: userId, role: "executor" });

/** Null for who was never rated. */
export const ratingView = (rating: Rating | undefined): { average: number; count: number } | null =>
  rating && rating.average !== null ? { average: rating.average, count: rating.count } : null;
