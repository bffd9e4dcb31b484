import { propose } from "../../platform/proposals.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { unclaimedNow } from "./claim.ts";
import { proposalKinds, proposalNow } from "./proposals.ts";
import { claiming } from "./shapes.ts";

/**
 * One of the staff has found out whose money it is. It moves when another agrees.
 * @throws payments.already_claimed, payments.not_found
 */
export const proposeClaim = verb("payments.propose_claim", {
  input: claiming.extend({ receiptId: uuid }),
  allow: ["staff:support", "staff:admin"],
  run: async (tx, { receiptId, userId, reason }) => {
    await unclaimedNow(tx, { receiptId, userId });
    const input = { receiptId, userId };
    const id = await propose(tx, { kind: proposalKinds.claim, about: receiptId, input, reason });
    return proposalNow(tx.db, id);
  },
});
