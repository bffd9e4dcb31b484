import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { encrypt } from "../../../platform/encryption.ts";
import { newId } from "../../../platform/ids.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { secret, uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { channels } from "../tables.ts";
import { adSeal } from "./ad-seal.ts";
import { keepPhotos } from "./content/keep-photos.ts";
import { trimmed } from "./content/rules.ts";
import { placementErrors } from "./errors.ts";
import { lockPlacement, tellBoth } from "./hold.ts";
import { closeUnagreedJob } from "./jobs.ts";
import { creativeDeadline, creativeLeadMs } from "./rules.ts";
import { type AdData, adData, adFormat, creativeDraft, postedBy } from "./shapes.ts";
import { creatives, placements } from "./tables.ts";

const input = z.strictObject({
  channelId: uuid,
  publisherUserId: uuid,
  advertiserUserId: uuid,
  priceNano: z.bigint().positive(),
  format: adFormat,
  postAt: z.date(),
  postedBy,
  isTopOfFeed: z.boolean(),
  /** Left away, the market's custom: what the bot posted it takes down once its time is over and paid for. */
  isRemovedAfter: z.boolean().optional(),
  campaignId: uuid.nullable(),
  offerId: uuid.nullable(),
  slotId: uuid.nullable(),
  creative: creativeDraft.nullable(),
  ad: secret(adData),
});

const isEmptyAd = (ad: AdData): boolean => Object.values(ad).every((value) => value === null);

/**
 * An offer was accepted: from here the two agree on the creative. The answered id is kept for the deal, which is opened when they have.
 * The same offer again answers the same placement. A creative that comes along is the advertiser's first proposal.
 */
export const openPlacement = verb("channels.open_placement", {
  input,
  allow: ["system"],
  run: async (tx, given): Promise<{ dealId: string }> => {
    if (given.offerId) {
      // Two at once: there is no row to lock yet.
      await tx.db.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`channels.placement:${given.offerId}`}, 0))`,
      );
      const [known] = await tx.db
        .select({ id: placements.id })
        .from(placements)
        .where(eq(placements.offerId, given.offerId));
      if (known) return { dealId: known.id };
    }
    if (given.postAt.getTime() - tx.now.getTime() <= creativeLeadMs)
      throw placementErrors.placement_too_late();
    const [channel] = await tx.db.select().from(channels).where(eq(channels.id, given.channelId));
    if (!channel) throw placementErrors.placement_not_found();
    const id = newId(tx.now.getTime());
    const hasCreative = given.creative !== null;
    const creativeBy = creativeDeadline(given.postAt);
    await tx.db.insert(placements).values({
      id,
      channelId: channel.id,
      telegramId: channel.telegramId,
      username: channel.username,
      publisherUserId: given.publisherUserId,
      advertiserUserId: given.advertiserUserId,
      campaignId: given.campaignId,
      offerId: given.offerId,
      slotId: given.slotId,
      price: given.priceNano,
      formatKey: given.format.key,
      topHours: given.format.topHours,
      feedHours: given.format.feedHours,
      postAt: given.postAt,
      postedBy: given.postedBy,
      isTopOfFeed: given.isTopOfFeed,
      isRemovedAfter: given.postedBy === "bot" && (given.isRemovedAfter ?? true),
      phase: "creative",
      creativeBy,
      version: hasCreative ? 1 : 0,
      approvedByAdvertiser: hasCreative,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    await tx.db.insert(creatives).values({
      placementId: id,
      version: hasCreative ? 1 : 0,
      proposedBy: "advertiser",
      content: trimmed(given.creative ?? { text: "", entities: [], media: [], buttons: [] }),
      ad: isEmptyAd(given.ad) ? null : encrypt(tx.settings.dataKey, adSeal, id, JSON.stringify(given.ad)),
      at: tx.now,
    });
    const ownerId = given.advertiserUserId;
    await keepPhotos(tx, { placementId: id, ownerId }, given.creative?.media ?? []);
    enqueue(tx, closeUnagreedJob.with({ dealId: id }), { key: `${id}:unagreed`, at: creativeBy });
    await tellBoth(tx, await lockPlacement(tx, id), "opened", "opened", { until: creativeBy.toISOString() });
    return { dealId: id };
  },
});
