import { eq } from "drizzle-orm";
import { z } from "zod";
import { ratingOf } from "../../../../kernel/reviews/index.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { ratingTarget } from "../../rating.ts";
import { profiles } from "../tables.ts";
import { lockProfile, rankProfile } from "./rank-profile.ts";

/** Reviews of a channel changed its average: the copy that search sorts by follows. Whoever comes last has read the last average. */
export const copyRating = verb("channels.copy_rating", {
  input: z.strictObject({ channelId: uuid }),
  allow: ["system"],
  run: async (tx, { channelId }) => {
    const profile = await lockProfile(tx, channelId);
    if (!profile) return { channelId };
    const { count, sum } = await ratingOf(tx.db, ratingTarget(channelId));
    await tx.db
      .update(profiles)
      .set({ ratingCount: count, ratingSum: sum, updatedAt: tx.now })
      .where(eq(profiles.channelId, channelId));
    await rankProfile(tx, channelId);
    publish(tx, profile.ownerUserId, "channel", channelId);
    return { channelId };
  },
});
