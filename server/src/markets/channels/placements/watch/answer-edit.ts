import { eq } from "drizzle-orm";
import { z } from "zod";
import { enqueue } from "../../../../platform/jobs.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { appendEvidence } from "../../evidence.ts";
import { hashOfContent } from "../content/hash.ts";
import { placementErrors } from "../errors.ts";
import { lockOwnPlacement, standingOf, tellSide } from "../hold.ts";
import { lookAtPostJob } from "../jobs.ts";
import { mayAct } from "../rules.ts";
import { placements } from "../tables.ts";

/** The advertiser's word on an edit. Accepted, it is what counts as unchanged from now on; rejected, the next look decides. */
export const answerPostEdit = verb("channels.answer_post_edit", {
  input: z.strictObject({ dealId: uuid, accept: z.boolean() }),
  allow: ["user"],
  run: async (tx, { dealId, accept }) => {
    const { row, role } = await lockOwnPlacement(tx, dealId);
    const { suspect } = row;
    if (!mayAct("answer_edit", role, standingOf(row), tx.now.getTime()) || !suspect || !row.accepted)
      throw placementErrors.placement_not_now({ phase: row.phase });
    // A video, a poll, an album of another size: it is not the post any more that could be watched on.
    const isReadable =
      (suspect.content !== undefined || suspect.text !== undefined) && !suspect.differs?.photos;
    if (accept && !isReadable) throw placementErrors.edit_unreadable();
    const accepted = suspect.content ?? {
      ...row.accepted,
      ...(suspect.text === undefined ? {} : { text: suspect.text, entities: [] }),
    };
    const head = await appendEvidence(tx, dealId, accept ? "edit_accepted" : "edit_rejected", {
      hash: hashOfContent(accepted),
      text: accepted.text,
    });
    await tx.db
      .update(placements)
      .set(
        accept
          ? {
              ...{ accepted, suspect: null, state: "alive" as const, changedAt: tx.now, updatedAt: tx.now },
              // Whoever reads it next says which pictures these are, if nobody has said so yet.
              pictureIds: suspect.pictureIds ?? row.pictureIds,
            }
          : { suspect: { ...suspect, isRejected: true }, updatedAt: tx.now },
      )
      .where(eq(placements.id, dealId));
    enqueue(tx, lookAtPostJob.with({ dealId }), { key: `${dealId}:answer:${head.slice(0, 24)}` });
    await tellSide(tx, row, "publisher", accept ? "edit_accepted" : "edit_rejected", head.slice(0, 24));
    return { dealId };
  },
});
