import { eq } from "drizzle-orm";
import { z } from "zod";
import { resolveBody } from "../../gateways/ton/contracts/port.ts";
import { canonicalJson, sha256 } from "../../platform/ids.ts";
import { secret, uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { lookAtOwnDeal, type OwnMessage, ownMessage, takeAction } from "./own-message.ts";
import { resolveDispute as shape } from "./shapes.ts";
import { disputes } from "./tables.ts";

/**
 * The assigned arbiter decides. The note is kept and its hash goes to the chain; only the arbiter's own wallet can carry it out,
 * because the server holds no arbiter's key.
 */
export const resolveDispute = verb("deals.resolve", {
  input: z.strictObject({ dealId: uuid, sellerBps: shape.shape.sellerBps, note: secret(shape.shape.note) }),
  allow: ["staff:arbiter"],
  look: lookAtOwnDeal,
  run: async (tx, { dealId, sellerBps, note }, { chainNow }): Promise<OwnMessage> => {
    const { deal, role } = await takeAction(tx, dealId, "resolve", chainNow);
    const decision = {
      decidedBps: sellerBps,
      decidedNote: note,
      decidedBy: deal.arbiterId,
      decidedAt: tx.now,
    };
    // A dispute that a party sent to the chain by themselves has no words of theirs here.
    await tx.db
      .insert(disputes)
      .values({
        dealId,
        openedBy: "platform",
        reason: "other",
        words: "",
        reasonHash: "",
        openedAt: tx.now,
        ...decision,
      })
      .onConflictDoNothing();
    await tx.db.update(disputes).set(decision).where(eq(disputes.dealId, dealId));
    const evidence = BigInt(`0x${sha256(canonicalJson({ dealId, sellerBps, note })).toString("hex")}`);
    const message = await ownMessage(tx, deal, role, resolveBody({ sellerBps, evidence }), chainNow);
    return { message };
  },
});
