import type { Target } from "../../kernel/reviews/index.ts";

/** Whose average a review of a publisher counts in beside the publisher's own: the channel's, where they published. */
export const ratingTarget = (channelId: string): Target & { kind: "channel" } => ({
  kind: "channel",
  id: channelId,
  role: "publisher",
});
