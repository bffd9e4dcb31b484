import { sql } from "drizzle-orm";
import { assert } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { verb } from "../../../platform/verb.ts";
import { publicUsers } from "../../identity/index.ts";
import { ledgerErrors } from "../errors.ts";
import { proposeAdjustment as input } from "../shapes.ts";
import { adjustmentOf } from "./queries.ts";

/** One of the staff asks for a correction. Nothing moves before somebody else agrees. */
export const proposeAdjustment = verb("ledger.propose_adjustment", {
  input,
  allow: ["staff:admin"],
  run: async (tx, { userId, asset, amount, reason }) => {
    assert(tx.actor.kind === "user", "staff are users");
    if (!(await publicUsers(tx.db, [userId])).has(userId)) throw ledgerErrors.not_found();
    const id = newId(tx.now.getTime());
    await tx.db.execute(sql`
      select ledger.propose_adjustment(${id}::uuid, ${userId}::uuid, ${asset}, ${amount}::bigint, ${reason}, ${tx.actor.userId}::uuid)`);
    return adjustmentOf(tx.db, id);
  },
});
