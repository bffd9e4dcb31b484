import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { freezeDeal, markDelivered } from "../../../kernel/deals/index.ts";
import { as, type Ctx, system, type Tx } from "../../../platform/context.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { telegramId } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { appendEvidence } from "../evidence.ts";
import { lookJob } from "../jobs.ts";
import { attributesToBuyer } from "../rules.ts";
import { evidence, type SaleRow, sales } from "../tables.ts";

const input = z.strictObject({
  telegramId,
  byTelegramId: telegramId,
  subjectTelegramId: telegramId,
  status: z.enum(["creator", "administrator", "member", "restricted", "left", "kicked"]),
  /** True for a change of our own bot's membership. */
  isBot: z.boolean(),
});

/** Telegram says who changed whom in a channel. For a channel under sale that is evidence, and a reason to look at once. */
export async function noticeMembership(ctx: Ctx, change: z.input<typeof input>): Promise<void> {
  await recordMembership(as(ctx, system("channels.telegram"), ctx.requestKey), change);
}

export const recordMembership = verb("channels.record_membership", {
  input,
  allow: ["system"],
  run: async (tx, change) => {
    const open = await tx.db
      .select()
      .from(sales)
      .where(and(eq(sales.telegramId, BigInt(change.telegramId)), inArray(sales.phase, ["transfer", "hold"])))
      .for("update");
    for (const sale of open) await weigh(tx, sale, change);
    return { deals: open.length };
  },
});

async function weigh(tx: Tx, sale: SaleRow, change: z.output<typeof input>): Promise<void> {
  const { dealId } = sale;
  const concernsParties =
    change.isBot || [sale.buyerTelegramId, sale.sellerTelegramId].includes(BigInt(change.subjectTelegramId));
  if (!concernsParties) return;
  const head = await appendEvidence(tx, dealId, "membership", change);
  const isBlinding = change.isBot && change.status !== "administrator";
  if (isBlinding && attributesToBuyer(sale.phase, change.byTelegramId, sale.buyerTelegramId.toString())) {
    // The new owner put the bot out: theirs to do. The clock runs on to release.
    await tx.db
      .update(sales)
      .set({ isBlindedByBuyer: true, nextLookAt: null, lastFinding: "blind" })
      .where(eq(sales.dealId, dealId));
    return;
  }
  if (isBlinding && sale.phase === "transfer" && (await wasMadeOwner(tx, sale, change.byTelegramId))) {
    // Telegram itself told us that the buyer became the owner, before the owner put us out: that is the delivery.
    await markDelivered.within(tx, { dealId, evidence: head });
    await tx.db
      .update(sales)
      .set({ isBlindedByBuyer: true, nextLookAt: null, lastFinding: "delivered" })
      .where(eq(sales.dealId, dealId));
    return;
  }
  if (isBlinding && sale.phase === "hold") {
    await freezeDeal.within(tx, { dealId, reason: "blind" });
    return;
  }
  enqueue(tx, lookJob.with({ dealId }), { key: `${dealId}:hint:${head.slice(0, 24)}` });
}

/** True when this is the buyer, and Telegram's last word of their membership was that they own the channel. */
async function wasMadeOwner(tx: Tx, sale: SaleRow, byTelegramId: string): Promise<boolean> {
  const buyer = sale.buyerTelegramId.toString();
  if (byTelegramId !== buyer) return false;
  const [last] = await tx.db
    .select({ status: sql<string>`${evidence.facts}->>'status'` })
    .from(evidence)
    .where(
      and(
        eq(evidence.dealId, sale.dealId),
        eq(evidence.kind, "membership"),
        sql`${evidence.facts}->>'subjectTelegramId' = ${buyer}`,
      ),
    )
    .orderBy(desc(evidence.seq))
    .limit(1);
  return last?.status === "creator";
}
