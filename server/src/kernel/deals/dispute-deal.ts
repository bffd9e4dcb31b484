import { and, count, eq } from "drizzle-orm";
import { z } from "zod";
import { disputeBody } from "../../gateways/ton/contracts/port.ts";
import type { Tx } from "../../platform/context.ts";
import { canonicalJson, sha256 } from "../../platform/ids.ts";
import { secret, uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { dealErrors } from "./errors.ts";
import { propose } from "./outbox.ts";
import { lookAtOwnDeal, type OwnMessage, ownMessage, takeAction } from "./own-message.ts";
import { statementsMax } from "./rules.ts";
import { disputeReason, openDispute } from "./shapes.ts";
import { type DealRow, disputes, events } from "./tables.ts";
import { addEvent, tell } from "./tell.ts";

/**
 * A party brings the deal before the arbiter. What they wrote is kept here, its hash goes to the chain; the platform sends the
 * message, and the party gets their own as well, so that nobody depends on us for being heard. Once it is disputed, more words are
 * statements to the arbiter and nothing is left to sign.
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
    if (deal.escrowState === "Disputed") {
      await addStatement(tx, deal, openedBy, text);
      return { message: null };
    }
    const hash = await writeDispute(tx, deal, { openedBy, reason, words: text });
    const body = disputeBody({ reason: BigInt(`0x${hash}`) });
    await propose(tx, deal, "Dispute", body);
    const message = await ownMessage(tx, deal, role, body, chainNow);
    return { message };
  },
});

/** What a party adds for the arbiter: a line of the timeline that all three see. */
async function addStatement(tx: Tx, deal: DealRow, by: "buyer" | "seller", text: string): Promise<void> {
  const before = await tx.db
    .select({ n: count() })
    .from(events)
    .where(and(eq(events.dealId, deal.id), eq(events.kind, "statement"), eq(events.by, by)));
  const said = Number(before[0]?.n ?? 0);
  if (said >= statementsMax) throw dealErrors.enough_said({ max: statementsMax });
  await addEvent(tx, deal, { kind: "statement", by, params: { text } });
  const others = by === "buyer" ? (["seller", "arbiter"] as const) : (["buyer", "arbiter"] as const);
  await tell(tx, deal, "statement", `${by}:${said}`, others);
}

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
  if (written.length === 0 && given.openedBy !== "platform") {
    const [first] = await tx.db.select().from(disputes).where(eq(disputes.dealId, deal.id));
    // Somebody else was faster: these words are a statement in the same dispute. The same words again are nothing new.
    if (first?.reasonHash !== reasonHash) await addStatement(tx, deal, given.openedBy, given.words);
  }
  if (written.length > 0 && given.openedBy !== "platform")
    await addEvent(tx, deal, {
      kind: "dispute_opened",
      by: given.openedBy,
      params: { reason: given.reason },
    });
  return reasonHash;
}
