import { proposalOf, propose } from "../../../platform/proposals.ts";
import { verb } from "../../../platform/verb.ts";
import { publicUsers } from "../../identity/index.ts";
import { ledgerErrors } from "../errors.ts";
import { proposeAdjustment as input } from "../shapes.ts";
import { adjustmentKind, adjustmentView } from "./queries.ts";

/** One of the staff asks for a correction. Nothing moves before somebody else agrees. */
export const proposeAdjustment = verb("ledger.propose_adjustment", {
  input,
  allow: ["staff:admin"],
  run: async (tx, { userId, asset, amount, reason }) => {
    if (!(await publicUsers(tx.db, [userId])).has(userId)) throw ledgerErrors.not_found();
    const id = await propose(tx, {
      kind: adjustmentKind,
      about: userId,
      input: { userId, asset, amount },
      reason,
    });
    return adjustmentView(await proposalOf(tx.db, id));
  },
});
