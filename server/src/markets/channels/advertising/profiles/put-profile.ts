import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { type ChannelRow, channels } from "../../tables.ts";
import { adErrors } from "../errors.ts";
import { readStatsJob } from "../jobs.ts";
import { lookAtRights, partIn } from "../members/rights.ts";
import { putProfile as change } from "../shapes.ts";
import { type ProfileRow, profiles } from "../tables.ts";
import { registryRule, userOf } from "./cards.ts";
import { saleHold } from "./in-sale.ts";
import { lockProfile, rankProfile } from "./rank-profile.ts";
import { needsMark } from "./rules.ts";

const input = z.strictObject({ channelId: uuid, change });
type Change = z.output<typeof change>;

/** Opens a channel to advertising, or changes how it is found. The first opening has its figures read at once. */
export const putProfile = verb("channels.put_profile", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, { channelId }: z.output<typeof input>) => lookAtRights(ctx, channelId),
  run: async (tx, { channelId, change: given }) => {
    const { userId } = userOf(tx);
    const { channel, role } = await partIn(tx.db, userId, channelId, "manager");
    // Held against somebody who joins its sale at this moment.
    await tx.db.select({ id: channels.id }).from(channels).where(eq(channels.id, channelId)).for("share");
    const before = await lockProfile(tx, channelId);
    const mark = markAfter(tx, before, given, role);
    assertRegistered(tx, channel, given, mark.registryNumber);
    const set = {
      isOpen: given.isOpen,
      categories: [...new Set(given.categories)],
      language: given.language,
      ...mark,
      // Telegram has just named the owner and shown our bot's rights.
      pausedBy: await saleHold(tx.db, channelId),
      updatedAt: tx.now,
    };
    if (before) await tx.db.update(profiles).set(set).where(eq(profiles.channelId, channelId));
    else
      await tx.db
        .insert(profiles)
        .values({ ...set, ...factsOf(channel), channelId, nextReadAt: tx.now, createdAt: tx.now });
    await rankProfile(tx, channelId);
    if (!before)
      enqueue(tx, readStatsJob.with({ channelId }), { key: `${channelId}:opened:${tx.now.getTime()}` });
    publish(tx, channel.ownerUserId, "channel", channelId);
    return { channelId };
  },
});

function assertRegistered(tx: Tx, channel: ChannelRow, given: Change, number: string | null): void {
  const rule = registryRule(tx.settings);
  if (rule.rule !== "refuse" || !given.isOpen || number !== null) return;
  if (needsMark(rule, { members: channel.members, language: given.language }))
    throw adErrors.registry_mark_needed({ membersMin: rule.membersMin });
}

function markAfter(tx: Tx, before: ProfileRow | null, given: Change, role: "owner" | "manager" | "viewer") {
  const { userId } = userOf(tx);
  const number = given.registryNumber;
  if (number === undefined || number === (before?.registryNumber ?? null))
    return {
      registryNumber: before?.registryNumber ?? null,
      registrySetBy: before?.registrySetBy ?? null,
      registryUserId: before?.registryUserId ?? null,
      registrySetAt: before?.registrySetAt ?? null,
    };
  const setBy = role === "owner" ? ("owner" as const) : ("manager" as const);
  return number === null
    ? { registryNumber: null, registrySetBy: null, registryUserId: null, registrySetAt: null }
    : { registryNumber: number, registrySetBy: setBy, registryUserId: userId, registrySetAt: tx.now };
}

/** What a profile copies of its channel. */
export function factsOf(channel: ChannelRow) {
  return {
    ownerUserId: channel.ownerUserId,
    title: channel.title,
    username: channel.username,
    description: channel.description,
    members: channel.members,
    membersSource: channel.members === null ? null : ("bot_api" as const),
    membersAt: channel.members === null ? null : channel.checkedAt,
  };
}
