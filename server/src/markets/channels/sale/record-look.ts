import { eq } from "drizzle-orm";
import { z } from "zod";
import {
  dealBrief,
  freezeDeal,
  markBreached,
  markDelivered,
  markVerified,
} from "../../../kernel/deals/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { appendEvidence } from "../evidence.ts";
import { lookJob } from "../jobs.ts";
import { type Finding, judgeHold, judgeTransfer, type Look, mustFreezeUnknown, nextLook } from "../rules.ts";
import { type SaleRow, sales } from "../tables.ts";

const promised = z.object({
  title: z.string(),
  username: z.string().nullable(),
  members: z.number().int().nullable(),
  linkedChatId: z.string().nullable(),
});
const look = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unknown") }),
  z.object({ kind: z.literal("gone") }),
  z.object({
    kind: z.literal("seen"),
    buyerIsCreator: z.boolean(),
    sellerIsCreator: z.boolean(),
    sellerIsAdmin: z.boolean(),
    chat: promised,
  }),
]);

/** A last look this close to the end of the hold is the second proof. */
const verifyWithinMs = 15 * 60_000;

/** Writes down what a look at Telegram showed and does what follows from it. A look that came too late changes nothing. */
export const recordLook = verb("channels.record_look", {
  input: z.strictObject({ dealId: uuid, phase: z.enum(["transfer", "hold"]), look }),
  allow: ["system"],
  run: async (tx, { dealId, phase, look: seen }): Promise<{ finding: Finding | "late" }> => {
    const sale = (await tx.db.select().from(sales).where(eq(sales.dealId, dealId)).for("update"))[0];
    const deal = await dealBrief(tx.db, dealId);
    if (!sale || !deal || sale.phase !== phase || deal.until === null) return { finding: "late" };
    const finding =
      phase === "transfer" ? judgeTransfer(sale.promised, seen) : judgeHold(sale.promised, seen);
    // A repeated finding adds nothing: the chain holds each change of what was seen, and everything that was acted on.
    const head =
      finding === sale.lastFinding ? null : await appendEvidence(tx, dealId, finding, { phase, look: seen });
    await follow(tx, sale, { finding, seen, until: deal.until, head });
    return { finding };
  },
});

type Step = { finding: Finding; seen: Look; until: Date; head: string | null };

async function follow(tx: Tx, sale: SaleRow, step: Step): Promise<void> {
  const { finding, until } = step;
  const { dealId } = sale;
  const head = async () =>
    step.head ?? appendEvidence(tx, dealId, finding, { phase: sale.phase, look: step.seen });
  switch (finding) {
    case "delivered":
      await markDelivered.within(tx, { dealId, evidence: await head() });
      return later(tx, sale, finding, new Date(tx.now.getTime() + 10 * 60_000));
    case "lost":
      await markBreached.within(tx, {
        dealId,
        sellerBps: 0,
        evidence: await head(),
        reason: "not_delivered",
      });
      return later(tx, sale, finding, null);
    case "changed":
    case "returned_to_seller":
      await head();
      await freezeDeal.within(tx, { dealId, reason: "channel_changed" });
      return later(tx, sale, finding, null);
    case "passed_on":
      // The buyer was owner and is no longer: their own doing, no breach. The clock runs on to release.
      await tx.db.update(sales).set({ isBlindedByBuyer: true }).where(eq(sales.dealId, dealId));
      return later(tx, sale, finding, null);
    case "still_delivered":
      if (until.getTime() - tx.now.getTime() <= verifyWithinMs) {
        await head();
        await markVerified.within(tx, { dealId });
        return later(tx, sale, finding, null);
      }
      return later(tx, sale, finding, nextLook(sale.phase, tx.now, until));
    case "blind":
    case "unknown":
      if (sale.isBlindedByBuyer) return later(tx, sale, finding, null);
      if (mustFreezeUnknown(tx.now, until)) {
        await head();
        await freezeDeal.within(tx, { dealId, reason: finding });
        return later(tx, sale, finding, null);
      }
      return later(tx, sale, finding, nextLook(sale.phase, tx.now, until));
    case "not_yet":
      return later(tx, sale, finding, nextLook(sale.phase, tx.now, until));
  }
}

async function later(tx: Tx, sale: SaleRow, finding: Finding, at: Date | null): Promise<void> {
  await tx.db
    .update(sales)
    .set({ lastLookAt: tx.now, lastFinding: finding, nextLookAt: at })
    .where(eq(sales.dealId, sale.dealId));
  if (at)
    enqueue(tx, lookJob.with({ dealId: sale.dealId }), { key: `${sale.dealId}:${at.toISOString()}`, at });
}
