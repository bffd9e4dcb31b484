import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "../../../../platform/context.ts";
import { adErrors } from "../errors.ts";
import { userOf } from "../profiles/cards.ts";
import {
  type CampaignCreativeRow,
  type CampaignRow,
  campaignCreatives,
  campaigns,
  campaignTopics,
} from "../tables.ts";

/** Holds a campaign until the transaction ends; null when there is none. Locked before profiles, and those before offers. */
export async function lockCampaign(tx: Tx, id: string): Promise<CampaignRow | null> {
  const [row] = await tx.db.select().from(campaigns).where(eq(campaigns.id, id)).for("update");
  return row ?? null;
}

/** One's own campaign, held; anybody else's and a deleted one read as not found. */
export async function lockOwnCampaign(tx: Tx, id: string, evenDeleted = false): Promise<CampaignRow> {
  const row = await lockCampaign(tx, id);
  if (row?.advertiserUserId !== userOf(tx).userId) throw adErrors.campaign_not_found();
  if (row.status === "deleted" && !evenDeleted) throw adErrors.campaign_not_found();
  return row;
}

/** The rows by which an active campaign is matched to channels. */
export async function rankCampaign(tx: Tx, row: CampaignRow): Promise<void> {
  await tx.db.delete(campaignTopics).where(eq(campaignTopics.campaignId, row.id));
  if (row.status !== "active") return;
  const languages = row.languages.length === 0 ? (["any"] as const) : row.languages;
  const { membersMin, membersMax } = row;
  await tx.db
    .insert(campaignTopics)
    .values(
      row.categories.flatMap((category) =>
        languages.map((language) => ({ campaignId: row.id, category, language, membersMin, membersMax })),
      ),
    );
}

/** A draft of this campaign. */
export async function creativeOf(tx: Tx, campaignId: string, id: string): Promise<CampaignCreativeRow> {
  const [row] = await tx.db
    .select()
    .from(campaignCreatives)
    .where(
      and(
        eq(campaignCreatives.id, id),
        eq(campaignCreatives.campaignId, campaignId),
        isNull(campaignCreatives.removedAt),
      ),
    );
  if (!row) throw adErrors.creative_not_found();
  return row;
}

/** A draft that an offer was made with; null when it was removed since: the advertiser then writes the post in the placement. */
export async function draftOf(
  tx: Tx,
  campaignId: string,
  id: string,
): Promise<CampaignCreativeRow["content"] | null> {
  const [row] = await tx.db
    .select({ content: campaignCreatives.content })
    .from(campaignCreatives)
    .where(
      and(
        eq(campaignCreatives.id, id),
        eq(campaignCreatives.campaignId, campaignId),
        isNull(campaignCreatives.removedAt),
      ),
    );
  return row?.content ?? null;
}

/** Names the use of the pictures in a campaign's drafts. They stay until the campaign is deleted: a placement may have begun with them. */
export const pictureUse = (campaignId: string): string => `channels.campaign:${campaignId}`;
