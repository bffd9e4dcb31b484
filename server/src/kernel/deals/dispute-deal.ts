import { z } from "zod";
import { disputeBody } from "../../gateways/ton/contracts/port.ts";
import type { Tx } from "../../platform/context.ts";
import { canonicalJson, sha256 } from "../../platform/ids.ts";
import { secret, uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { propose } from "./outbox.ts";
import { lookAtOwnDeal, type OwnMessage, ownMessage, takeAction } from "./own-message.ts";
import { disputeReason, openDispute } from "./shapes.ts";
import { type DealRow, disputes } from "./tables.ts";
import { addEvent } from "./tell.ts";

/**
 * A party brings the deal before the arbiter. What they wrote is kept here, its hash goes to the chain; the platform sends the
 * message, and the party gets their own as well, so that nobody depends on us for being heard.
 */
export const disputeDeal = verb("deals.dispute", {
  input: z.strictObject({
    dealId: uuid,
    reason: disputeReason,
    text: secret(openDispute.shape.text),
  }),
  allow: ["user"],
  look: lookAtOwnDeal,
  run: async (tx, { dealId, reason, text }, { chainNow }): Promise<OwnMessage> => {
    const { deal, role } = await takeAction(tx, dealId, "dispute", chainNow);
    const openedBy = role === "seller" ? "seller" : "buyer";
    const hash = await writeDispute(tx, deal, { openedBy, reason, words: text });
    const body = disputeBody({ reason: BigInt(`0x${hash}`) });
    await propose(tx, deal, "Dispute", body);
    const message = await ownMessage(tx, deal, role, body, chainNow);
    return { message };
  },
});

/** Keeps the words of the first who disputes; answers the hash that goes to the chain, hex. */
export async function writeDispute(
  tx: Tx,
  deal: DealRow,
  given: { openedBy: "buyer" | "seller" | "platform"; reason: string; words: string },
): Promise<string> {
  const reasonHash = sha256(canonicalJson({ dealId: deal.id, ...given })).toString("hex");
  const written = await tx.db
    .insert(disputes)
    .values({ dealId: deal.id, ...given, reasonHash, openedAt: tx.now })
    .onConflictDoNothing({ target: disputes.dealId })
    .returning({ dealId: disputes.dealId });
  if (written.length > 0 && given.openedBy !== "platform")
    await addEvent(tx, deal, {
      kind: "dispute_opened",
      by: given.openedBy,
      params: { reason: given.reason },
    });
  return reasonHash;
}
