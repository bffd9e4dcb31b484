import { sql } from "drizzle-orm";
import { z } from "zod";
import { decide } from "../../../platform/proposals.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { type PostedRow, posted } from "../transfer.ts";
import { adjustmentKind, adjustmentView } from "./queries.ts";

/**
 * Another of the staff approves, which moves the money between the user and `adjustments`, or rejects. The proposer is refused by
 * the database too; a decided one is closed, and deciding the same again answers how it stands.
 */
export const decideAdjustment = verb("ledger.decide_adjustment", {
  input: z.strictObject({ id: uuid, isApproved: z.boolean() }),
  allow: ["staff:admin"],
  run: async (tx, { id, isApproved }) => {
    const { proposal, isNew } = await decide(tx, { id, kinds: [adjustmentKind], isApproved });
    if (isNew && isApproved) {
      const { rows } = await tx.db.execute<PostedRow>(sql`select * from ledger.post_adjustment(${id}::uuid)`);
      posted(rows[0], id);
    }
    return adjustmentView(proposal);
  },
});
