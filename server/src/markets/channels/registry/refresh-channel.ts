import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../../platform/context.ts";
import { Problem, platformErrors } from "../../../platform/errors.ts";
import { publish } from "../../../platform/realtime.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { closeProfile, holdBack, letGo } from "../advertising/profiles/hold-back.ts";
import { channelErrors } from "../errors.ts";
import { channelView, ownChannel } from "../queries.ts";
import type { Channel } from "../shapes.ts";
import { factsOf, lookAtOwner, type OwnedChat } from "../snapshot.ts";
import { type ChannelRow, channels, listings } from "../tables.ts";

const input = z.strictObject({ id: uuid });

/** Asks Telegram again who owns the channel and what it looks like now. */
export const refreshChannel = verb("channels.refresh_channel", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, { id }: z.output<typeof input>): Promise<OwnedChat | "blind"> => {
    if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const row = await ownChannel(ctx.db, ctx.actor.userId, id);
    try {
      return await lookAtOwner(ctx, row.telegramId.toString(), ctx.actor.telegramId);
    } catch (error) {
      if (error instanceof Problem && error.code === "channels.bot_not_admin") return "blind";
      throw error;
    }
  },
  run: async (tx, { id }, seen): Promise<Channel> => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const row = await ownChannel(tx.db, tx.actor.userId, id);
    const facts = seen === "blind" ? { isBotAdmin: false, checkedAt: tx.now } : factsOf(seen, tx.now);
    const updated = (
      await tx.db.update(channels).set(facts).where(eq(channels.id, id)).returning()
    )[0] as ChannelRow;
    if (seen === "blind") await holdBack(tx, id, "bot_lost");
    else if (!seen.isOwner) await loseOwnership(tx, row);
    else await letGo(tx, id);
    if (seen !== "blind") {
      const copied = {
        channelTitle: seen.chat.title,
        channelUsername: seen.chat.username,
        members: seen.chat.members,
        updatedAt: tx.now,
      };
      await tx.db
        .update(listings)
        .set(copied)
        .where(and(eq(listings.channelId, id), inArray(listings.status, ["active", "reserved"])));
    }
    publish(tx, row.ownerUserId, "channel", id);
    return channelView(tx.db, updated);
  },
});

/** Somebody else owns it now: its offers end. One that is reserved belongs to a deal, which has its own eyes. */
export async function loseOwnership(tx: Tx, row: ChannelRow): Promise<void> {
  await tx.db.update(channels).set({ ownership: "lost" }).where(eq(channels.id, row.id));
  await tx.db
    .update(listings)
    .set({ status: "withdrawn", updatedAt: tx.now })
    .where(and(eq(listings.channelId, row.id), eq(listings.status, "active")));
  await holdBack(tx, row.id, "ownership_lost");
  publish(tx, row.ownerUserId, "channel", row.id);
}

/** Telegram named somebody else as creator while we looked for another reason: the offer ends. */
export const recordLostOwnership = verb("channels.record_lost_ownership", {
  input,
  allow: ["system"],
  run: async (tx, { id }) => {
    const row = (await tx.db.select().from(channels).where(eq(channels.id, id)).for("update"))[0];
    if (row && row.ownership === "proved") await loseOwnership(tx, row);
    return { id };
  },
});

/** Takes a channel out of the registry. Refused while it is offered or being sold. */
export const removeChannel = verb("channels.remove_channel", {
  input,
  allow: ["user"],
  run: async (tx, { id }) => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const row = await ownChannel(tx.db, tx.actor.userId, id);
    const offered = await tx.db
      .select({ status: listings.status })
      .from(listings)
      .where(and(eq(listings.channelId, id), inArray(listings.status, ["active", "reserved"])));
    if (offered.length > 0) throw channelErrors.already_listed({ status: offered[0]?.status });
    await closeProfile(tx, id);
    await tx.db
      .update(channels)
      .set({ removedAt: tx.now })
      .where(and(eq(channels.id, row.id), isNull(channels.removedAt)));
    publish(tx, row.ownerUserId, "channel", id);
    return { id };
  },
});
