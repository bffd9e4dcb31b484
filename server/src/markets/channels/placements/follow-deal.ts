import { eq } from "drizzle-orm";
import { z } from "zod";
import { enqueue } from "../../../platform/jobs.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { lockPlacement, showLive, tellSide } from "./hold.ts";
import { publishPostJob } from "./jobs.ts";
import { searchEveryMs } from "./rules.ts";
import { placements } from "./tables.ts";

const input = z.strictObject({ dealId: uuid });

/** The price lies in the contract: the post is due at its time. */
export const schedulePost = verb("channels.schedule_post", {
  input,
  allow: ["system"],
  run: async (tx, { dealId }) => {
    const row = await lockPlacement(tx, dealId);
    if (row.phase !== "payment") return { dealId };
    await tx.db
      .update(placements)
      .set({
        ...{ phase: "scheduled", updatedAt: tx.now },
        nextSearchAt: row.postedBy === "publisher" ? new Date(row.postAt.getTime() + searchEveryMs) : null,
      })
      .where(eq(placements.id, dealId));
    await showLive(tx, row);
    if (row.postedBy === "bot")
      enqueue(tx, publishPostJob.with({ dealId }), { key: `${dealId}:post`, at: row.postAt });
    await tellSide(tx, row, "publisher", row.postedBy === "bot" ? "scheduled" : "post_due", "scheduled");
    return { dealId };
  },
});

/** A dispute stops the clocks; from here a person decides, and our looks would only add noise. */
export const stopWatchingPost = verb("channels.stop_watching_post", {
  input,
  allow: ["system"],
  run: async (tx, { dealId }) => {
    await tx.db
      .update(placements)
      .set({ nextLookAt: null, nextSearchAt: null, updatedAt: tx.now })
      .where(eq(placements.id, dealId));
    return { dealId };
  },
});
