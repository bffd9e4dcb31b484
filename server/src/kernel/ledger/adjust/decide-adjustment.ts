import { sql } from "drizzle-orm";
import { z } from "zod";
import { assert } from "../../../platform/errors.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { ledgerErrors } from "../errors.ts";
import { type PostedRow, posted } from "../transfer.ts";
import { adjustmentOf } from "./queries.ts";

/**
 * Another of the staff approves, which moves the money between the user and `adjustments`, or rejects. The proposer is refused by
 * the database too; a decided one is closed, and deciding the same again answers how it stands.
 */
export const decideAdjustment = verb("ledger.decide_adjustment", {
  input: z.strictObject({ id: uuid, isApproved: z.boolean() }),
  allow: ["staff:admin"],
  run: async (tx, { id, isApproved }) => {
    assert(tx.actor.kind === "user", "staff are users");
    const { rows } = await tx.db.execute<PostedRow>(
      sql`select * from ledger.decide_adjustment(${id}::uuid, ${tx.actor.userId}::uuid, ${isApproved})`,
    );
    const row = rows[0];
    if (row?.outcome === "same_person") throw ledgerErrors.same_person();
    const now = row?.outcome === "not_found" ? undefined : await adjustmentOf(tx.db, id);
    if (row?.outcome === "adjustment_closed") {
      if (now?.state !== (isApproved ? "approved" : "rejected"))
        throw ledgerErrors.adjustment_closed({ state: now?.state });
    } else if (row?.outcome !== "rejected") posted(row, id);
    assert(now, "ledger: a decided adjustment is there");
    return now;
  },
});
