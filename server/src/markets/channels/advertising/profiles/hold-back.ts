import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { notify } from "../../../../kernel/notifications/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { channelErrors } from "../../errors.ts";
import { channels } from "../../tables.ts";
import { closeOffers } from "../offers/close-offers.ts";
import { members, offers, type ProfileRow, profiles } from "../tables.ts";
import { saleHold } from "./in-sale.ts";
import { lockProfile, rankProfile } from "./rank-profile.ts";

type Why = "bot_lost" | "ownership_lost";
/** How many advertisers are told in one transaction; a channel with more open offers has other troubles. */
const toldMax = 200;

/**
 * Rights in Telegram were lost: the channel leaves the search and its slots pause. Its people are told, and whoever has an open offer with
 * it. With a lost ownership those offers end; without the bot they wait for it to come back.
 */
export async function holdBack(tx: Tx, channelId: string, why: Why): Promise<void> {
  const profile = await lockProfile(tx, channelId);
  if (!profile || profile.pausedBy === why || profile.pausedBy === "ownership_lost") return;
  await tx.db
    .update(profiles)
    .set({ pausedBy: why, updatedAt: tx.now })
    .where(eq(profiles.channelId, channelId));
  await rankProfile(tx, channelId);
  const told = await peopleOf(tx, profile);
  const waiting = await waitingFor(tx, channelId);
  if (why === "ownership_lost") await closeOffers(tx, { channelId });
  const key = `held-back:${channelId}:${why}:${tx.now.toISOString().slice(0, 13)}`;
  for (const userId of told) {
    publish(tx, userId, "channel", channelId);
    await notify(tx, {
      userId,
      kind: why === "bot_lost" ? "channels.bot_lost" : "channels.ownership_lost",
      topic: "offers",
      params: { title: profile.title },
      link: `/channels/${channelId}`,
      key,
    });
  }
  await tellWaiting(tx, profile, waiting, {
    kind: why === "bot_lost" ? "channels.offer_channel_paused" : "channels.offer_channel_lost",
    key,
  });
}

/** Its owner takes the channel away: refused while a placement runs; open offers close, and whoever made them is told. */
export async function closeProfile(tx: Tx, channelId: string): Promise<void> {
  const profile = await lockProfile(tx, channelId);
  if (!profile) return;
  const running = await tx.db
    .select({ id: offers.id })
    .from(offers)
    .where(and(eq(offers.channelId, channelId), eq(offers.status, "accepted"), isNull(offers.outcome)))
    .limit(1);
  if (running.length > 0) throw channelErrors.in_deal();
  await tx.db
    .update(profiles)
    .set({ isOpen: false, updatedAt: tx.now })
    .where(eq(profiles.channelId, channelId));
  await rankProfile(tx, channelId);
  const waiting = await waitingFor(tx, channelId);
  await closeOffers(tx, { channelId });
  await tellWaiting(tx, profile, waiting, {
    kind: "channels.offer_channel_lost",
    key: `closed:${channelId}:${tx.now.getTime()}`,
  });
}

async function waitingFor(tx: Tx, channelId: string): Promise<string[]> {
  const rows = await tx.db
    .selectDistinct({ userId: offers.advertiserUserId })
    .from(offers)
    .where(and(eq(offers.channelId, channelId), eq(offers.status, "open")))
    .limit(toldMax);
  return rows.map(({ userId }) => userId);
}

async function tellWaiting(
  tx: Tx,
  profile: ProfileRow,
  waiting: string[],
  given: { kind: string; key: string },
): Promise<void> {
  for (const userId of waiting)
    await notify(tx, {
      userId,
      topic: "offers",
      params: { title: profile.title },
      link: "/offers?role=advertiser",
      ...given,
    });
}

/** The rights are back: the channel is found again, and its people are told. */
export async function letGo(tx: Tx, channelId: string): Promise<void> {
  const profile = await lockProfile(tx, channelId);
  if (!profile || profile.pausedBy === null || profile.pausedBy === "sale") return;
  const pausedBy = await saleHold(tx.db, channelId);
  await tx.db.update(profiles).set({ pausedBy, updatedAt: tx.now }).where(eq(profiles.channelId, channelId));
  await rankProfile(tx, channelId);
  if (pausedBy) return;
  for (const userId of await peopleOf(tx, profile)) {
    publish(tx, userId, "channel", channelId);
    await notify(tx, {
      userId,
      kind: "channels.rights_back",
      topic: "offers",
      params: { title: profile.title },
      link: `/channels/${channelId}`,
      key: `rights-back:${channelId}:${tx.now.toISOString().slice(0, 13)}`,
    });
  }
}

async function peopleOf(tx: Tx, profile: ProfileRow): Promise<string[]> {
  const managers = await tx.db
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.channelId, profile.channelId), eq(members.role, "manager")));
  return [profile.ownerUserId, ...managers.map(({ userId }) => userId)];
}

/** Telegram let our bot no longer see this channel. */
export const recordLostBot = verb("channels.record_lost_bot", {
  input: z.strictObject({ channelId: uuid }),
  allow: ["system"],
  run: async (tx, { channelId }) => {
    await tx.db
      .update(channels)
      .set({ isBotAdmin: false, checkedAt: tx.now })
      .where(eq(channels.id, channelId));
    await holdBack(tx, channelId, "bot_lost");
    return { channelId };
  },
});
