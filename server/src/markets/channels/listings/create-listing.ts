import type { z } from "zod";
import type { Ctx, Tx } from "../../../platform/context.ts";
import { isUniqueViolation } from "../../../platform/db.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { newId, randomCode } from "../../../platform/ids.ts";
import { verb } from "../../../platform/verb.ts";
import { assertNoAds } from "../advertising/profiles/in-sale.ts";
import { lockProfile } from "../advertising/profiles/rank-profile.ts";
import { channelErrors } from "../errors.ts";
import { listingColumns, listingView, ownChannel } from "../queries.ts";
import { createListing as input, type Listing } from "../shapes.ts";
import { lookAtOwner, type OwnedChat } from "../snapshot.ts";
import { type ChannelRow, listings } from "../tables.ts";
import { tellOfListing } from "./tell-of-listing.ts";

/** 13 characters of base 32: 65 bits, so a private offer cannot be guessed. */
const codeLength = 13;

type Seen = { owned: OwnedChat; botUsername: string };

/**
 * Offers a channel for sale. Ownership is proved again now, the price is at least what the contract can settle, and no advertising in it is
 * agreed or running. A channel on sale still takes some; then whoever wants to buy it waits for its end.
 */
export const createListing = verb("channels.create_listing", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, given: z.output<typeof input>): Promise<Seen> => {
    if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
    assertPrice(ctx.settings.env.PRICE_MIN, given.price.amount);
    const row = await ownChannel(ctx.db, ctx.actor.userId, given.channelId);
    return {
      owned: await lookAtOwner(ctx, row.telegramId.toString(), ctx.actor.telegramId),
      botUsername: await ctx.gateways.telegram.botUsername(),
    };
  },
  run: async (tx, given, seen): Promise<Listing> => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const channel = await ownChannel(tx.db, tx.actor.userId, given.channelId);
    if (!seen.owned.isOwner) throw channelErrors.not_owner();
    await lockProfile(tx, channel.id);
    await assertNoAds(tx.db, channel.id, "owner");
    const row = await insert(tx, given, channel, seen);
    tellOfListing(tx, row);
    return listingView({ ...tx, botUsername: seen.botUsername }, row, channel, {
      userId: tx.actor.userId,
      withCode: true,
    });
  },
});

async function insert(tx: Tx, given: z.output<typeof input>, channel: ChannelRow, seen: Seen) {
  const { chat } = seen.owned;
  try {
    // A savepoint, so that a second listing of the same channel is an answer and not a broken transaction.
    const rows = await tx.db.transaction((inner) =>
      inner
        .insert(listings)
        .values({
          id: newId(tx.now.getTime()),
          code: randomCode(codeLength),
          channelId: channel.id,
          sellerUserId: channel.ownerUserId,
          title: given.title,
          description: given.description,
          category: given.category,
          price: BigInt(given.price.amount),
          visibility: given.visibility,
          status: "active",
          channelTitle: chat.title,
          channelUsername: chat.username,
          members: chat.members,
          createdAt: tx.now,
          updatedAt: tx.now,
        })
        .returning(listingColumns),
    );
    const row = rows[0];
    if (!row) throw platformErrors.bug();
    return row;
  } catch (error) {
    if (isUniqueViolation(error)) throw channelErrors.already_listed();
    throw error;
  }
}

/** 2^63 is the database's limit; a million million GRAM is more than exists. */
const priceMaxNano = 1_000_000_000_000_000_000n;

export function assertPrice(min: bigint, amount: string): void {
  const price = BigInt(amount);
  if (price < min) throw channelErrors.price_too_low({ min: min.toString() });
  if (price > priceMaxNano)
    throw platformErrors.invalid({ issues: [{ path: "price.amount", code: "too_big" }] });
}
