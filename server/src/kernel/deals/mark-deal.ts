/** What a market tells the kernel after looking at the world. Each is a proposal: the contract lets it be challenged before money moves. */
import { eq } from "drizzle-orm";
import { z } from "zod";
import { breachBody, deliverBody, disputeBody } from "../../gateways/ton/contracts/port.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { writeDispute } from "./dispute-deal.ts";
import { factsOf, lockDeal, seconds } from "./lock-deal.ts";
import { propose } from "./outbox.ts";
import { isProposable } from "./rules.ts";
import { deals } from "./tables.ts";
import { addEvent, showLive, tell } from "./tell.ts";

/** Head of the market's chain of evidence, 32 bytes in hex. */
const evidence = z.string().regex(/^[0-9a-f]{64}$/);
/** A code; words may be given as `<kind>_<reason>` in the copy. */
const reason = z.string().regex(/^[a-z_]{1,40}$/);
const by = z.enum(["platform", "telegram"]).default("telegram");

/** The thing was seen delivered. Answers whether that is (still) news to the contract. */
export const markDelivered = verb("deals.mark-delivered", {
  input: z.strictObject({ dealId: uuid, evidence, by }),
  allow: ["system"],
  run: async (tx, given) => {
    const deal = await lockDeal(tx, given.dealId);
    const facts = factsOf(deal);
    if (
      deal.status !== "IN_ESCROW" ||
      !isProposable("Deliver", facts.escrowState, facts.until, seconds(tx.now))
    )
      return { isProposed: false };
    const isNew = await propose(
      tx,
      deal,
      "Deliver",
      deliverBody({ evidence: BigInt(`0x${given.evidence}`) }),
    );
    if (isNew) await addEvent(tx, deal, { kind: "delivery_seen", by: given.by });
    return { isProposed: true };
  },
});

/** The thing was looked at again at the end of the hold and is as it was delivered. */
export const markVerified = verb("deals.mark-verified", {
  input: z.strictObject({ dealId: uuid, by }),
  allow: ["system"],
  run: async (tx, given) => {
    const deal = await lockDeal(tx, given.dealId);
    if (deal.status !== "LIVE" || deal.escrowState !== "Delivered")
      return { isVerified: deal.status === "VERIFIED" };
    await tx.db.update(deals).set({ status: "VERIFIED", updatedAt: tx.now }).where(eq(deals.id, deal.id));
    const verified = { ...deal, status: "VERIFIED" as const };
    await addEvent(tx, verified, { kind: "verified", by: given.by });
    await tell(tx, verified, "verified", "verified");
    return { isVerified: true };
  },
});

/** The terms were broken by the seller's side; `sellerBps` is what the seller has earned all the same. */
export const markBreached = verb("deals.mark-breached", {
  input: z.strictObject({
    dealId: uuid,
    sellerBps: z.number().int().min(0).max(9_999),
    evidence,
    reason,
    by,
  }),
  allow: ["system"],
  run: async (tx, given) => {
    const deal = await lockDeal(tx, given.dealId);
    const facts = factsOf(deal);
    if (!isProposable("Breach", facts.escrowState, facts.until, seconds(tx.now)))
      return { isProposed: false };
    const body = breachBody({ sellerBps: given.sellerBps, evidence: BigInt(`0x${given.evidence}`) });
    if (await propose(tx, deal, "Breach", body))
      await addEvent(tx, deal, { kind: "breach_seen", by: given.by, params: { context: given.reason } });
    return { isProposed: true };
  },
});

/** We cannot tell: stop the clock and put it before the arbiter. */
export const freezeDeal = verb("deals.freeze", {
  input: z.strictObject({ dealId: uuid, reason, by }),
  allow: ["system"],
  run: async (tx, given) => {
    const deal = await lockDeal(tx, given.dealId);
    const facts = factsOf(deal);
    if (!isProposable("Dispute", facts.escrowState, facts.until, seconds(tx.now)))
      return { isProposed: false };
    const hash = await writeDispute(tx, deal, { openedBy: "platform", reason: given.reason, words: "" });
    if (await propose(tx, deal, "Dispute", disputeBody({ reason: BigInt(`0x${hash}`) })))
      await addEvent(tx, deal, { kind: "freeze_asked", by: given.by, params: { context: given.reason } });
    showLive(tx, deal);
    return { isProposed: true };
  },
});
