import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "../../../platform/context.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { publish } from "../../../platform/realtime.ts";
import { verb } from "../../../platform/verb.ts";
import { letGo } from "../advertising/profiles/hold-back.ts";
import { channelErrors } from "../errors.ts";
import { channelView } from "../queries.ts";
import { type Channel, addChannel as input } from "../shapes.ts";
import { factsOf, lookAtOwner, type OwnedChat } from "../snapshot.ts";
import { type ChannelRow, channels } from "../tables.ts";
import { loseOwnership } from "./refresh-channel.ts";

/** Takes a channel into the registry, once Telegram names the caller as its creator and our bot as administrator. */
export const addChannel = verb("channels.add_channel", {
  input,
  allow: ["user"],
  look: async (ctx, { chat }) => {
    if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
    return lookAtOwner(ctx, chat, ctx.actor.telegramId);
  },
  run: (tx, _input: z.output<typeof input>, seen): Promise<Channel> => keepChannel(tx, seen),
});

async function keepChannel(tx: Tx, seen: OwnedChat): Promise<Channel> {
  if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
  if (!seen.isOwner) throw channelErrors.not_owner();
  const { userId } = tx.actor;
  const telegramId = BigInt(seen.chat.telegramId);
  // There is no row to lock yet when two arrive at once: the picker's answer and a repeated request.
  await tx.db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`channels.channel:${telegramId}`}, 0))`,
  );
  const known = (
    await tx.db
      .select()
      .from(channels)
      .where(and(eq(channels.telegramId, telegramId), isNull(channels.removedAt)))
      .for("update")
  )[0];
  // Telegram has just named the caller as creator, so whoever proved it before no longer is.
  if (known && known.ownerUserId !== userId) {
    await loseOwnership(tx, known);
    await tx.db.update(channels).set({ removedAt: tx.now }).where(eq(channels.id, known.id));
  }
  const facts = factsOf(seen, tx.now);
  if (known && known.ownerUserId === userId) {
    const row = (await tx.db.update(channels).set(facts).where(eq(channels.id, known.id)).returning())[0];
    await letGo(tx, known.id);
    publish(tx, userId, "channel", known.id);
    return channelView(tx.db, row as ChannelRow);
  }
  const id = newId(tx.now.getTime());
  const row = (
    await tx.db
      .insert(channels)
      .values({ id, telegramId, ownerUserId: userId, createdAt: tx.now, ...facts })
      .returning()
  )[0];
  publish(tx, userId, "channel", id);
  return channelView(tx.db, row as ChannelRow);
}
