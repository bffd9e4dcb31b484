import { and, count, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { useFile as keepFile } from "../../../../kernel/files/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { problemOf, render } from "../../placements/content/rules.ts";
import { placementErrors } from "../../placements/errors.ts";
import { adErrors } from "../errors.ts";
import { userOf } from "../profiles/cards.ts";
import { campaignCreatives } from "../tables.ts";
import { creativeOf, lockOwnCampaign, pictureUse } from "./lock-campaign.ts";
import { putCreative } from "./shapes.ts";

const creativesMax = 20;

/** As a placement would ask of it; the marking comes later. */
function assertSound(draft: z.output<typeof putCreative>): void {
  const problem = problemOf(render(draft, null), "bot");
  if (problem) throw placementErrors[problem]();
}

/** Pictures that were sent to us belong to the campaign from now on; those that Telegram keeps are named by its own ids. */
async function keepPictures(tx: Tx, campaignId: string, media: { fileId: string }[]): Promise<void> {
  const { userId: ownerId } = userOf(tx);
  for (const { fileId } of media)
    if (uuid.safeParse(fileId).success) await keepFile(tx, { fileId, ownerId, by: pictureUse(campaignId) });
}

/** Keeps a draft of the post with the campaign. */
export const addCreative = verb("channels.add_creative", {
  input: z.strictObject({ campaignId: uuid, creative: putCreative }),
  allow: ["user"],
  run: async (tx, { campaignId, creative: { title, ...content } }) => {
    assertSound({ title, ...content });
    const campaign = await lockOwnCampaign(tx, campaignId);
    const [held] = await tx.db
      .select({ n: count() })
      .from(campaignCreatives)
      .where(and(eq(campaignCreatives.campaignId, campaignId), isNull(campaignCreatives.removedAt)));
    if (Number(held?.n ?? 0) >= creativesMax) throw adErrors.creatives_full({ max: creativesMax });
    await keepPictures(tx, campaignId, content.media);
    const id = newId(tx.now.getTime());
    await tx.db
      .insert(campaignCreatives)
      .values({ id, campaignId, title, content, createdAt: tx.now, updatedAt: tx.now });
    publish(tx, campaign.advertiserUserId, "campaign", campaignId);
    return { creativeId: id };
  },
});

/** Changes a draft. A placement that began with it keeps what it began with. */
export const updateCreative = verb("channels.update_creative", {
  input: z.strictObject({ campaignId: uuid, id: uuid, creative: putCreative }),
  allow: ["user"],
  run: async (tx, { campaignId, id, creative: { title, ...content } }) => {
    assertSound({ title, ...content });
    await own(tx, campaignId, id);
    await keepPictures(tx, campaignId, content.media);
    await tx.db
      .update(campaignCreatives)
      .set({ title, content, updatedAt: tx.now })
      .where(eq(campaignCreatives.id, id));
    return { creativeId: id };
  },
});

export const removeCreative = verb("channels.remove_creative", {
  input: z.strictObject({ campaignId: uuid, id: uuid }),
  allow: ["user"],
  run: async (tx, { campaignId, id }) => {
    await own(tx, campaignId, id);
    await tx.db.update(campaignCreatives).set({ removedAt: tx.now }).where(eq(campaignCreatives.id, id));
    return { creativeId: id };
  },
});

async function own(tx: Tx, campaignId: string, id: string): Promise<void> {
  const campaign = await lockOwnCampaign(tx, campaignId);
  await creativeOf(tx, campaignId, id);
  publish(tx, campaign.advertiserUserId, "campaign", campaignId);
}
