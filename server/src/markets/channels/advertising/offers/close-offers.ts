import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../../platform/context.ts";
import { offers, profiles } from "../tables.ts";
import { record, tell } from "./say.ts";

/** What an offer stands on is gone: a campaign that ended, a channel that changed hands. Whoever still waits for an answer is told. */
export async function closeOffers(tx: Tx, of: { campaignId: string } | { channelId: string }): Promise<void> {
  const ofCampaign = "campaignId" in of;
  const open = await tx.db
    .select()
    .from(offers)
    .where(
      and(
        eq(offers.status, "open"),
        ofCampaign ? eq(offers.campaignId, of.campaignId) : eq(offers.channelId, of.channelId),
      ),
    )
    .orderBy(offers.id)
    .for("update");
  for (const row of open) {
    const closed = { ...row, status: "withdrawn" as const, turn: null };
    await tx.db
      .update(offers)
      .set({ status: "withdrawn", turn: null, updatedAt: tx.now })
      .where(eq(offers.id, row.id));
    const seq = await record(tx, closed, { kind: "closed", by: "system", userId: null, message: "" });
    if (!ofCampaign) continue;
    const [channel] = await tx.db
      .select({ title: profiles.title })
      .from(profiles)
      .where(eq(profiles.channelId, row.channelId));
    await tell(tx, closed, { side: "publisher", kind: "offer_closed", title: channel?.title ?? "", seq });
  }
}
