/** Fills the market: people arrive, bring their channels, and offer them. Everything through the product's own API. */
import type { DemoOffer } from "./offers.ts";
import type { Person } from "./person.ts";
import { Refused } from "./person.ts";

type ChannelCard = {
  id: number;
  title: string;
  username: string | null;
  ownerId: number;
  botIsAdmin: boolean;
};
export type Offered = {
  readonly listingId: string;
  readonly seller: Person;
  readonly channelId: number;
  readonly offer: DemoOffer;
};

export const nanoOf = (gram: string): string => {
  const [whole = "0", fraction = ""] = gram.split(".");
  return (BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"))).toString();
};

/** One offer: the owner makes the bot administrator, adds the channel, sets the price. Repeating it changes nothing. */
export async function place(offer: DemoOffer, channel: ChannelCard, seller: Person): Promise<Offered | null> {
  if (!channel.botIsAdmin) await seller.act({ type: "addBot", channelId: channel.id });
  const chat = channel.username ? `@${channel.username}` : String(channel.id);
  const known = await seller.post<{ id: string }>("/api/channels", { chat });
  try {
    const listing = await seller.post<{ id: string }>("/api/listings", {
      channelId: known.id,
      title: offer.title,
      description: offer.description,
      category: offer.category,
      price: { amount: nanoOf(offer.price), asset: "TON" },
      visibility: offer.visibility,
    });
    return { listingId: listing.id, seller, channelId: channel.id, offer };
  } catch (error) {
    if (error instanceof Refused && error.code === "channels.already_listed") return null;
    throw error;
  }
}

/** The channel of an offer, made by `maker` when the world does not have it yet. */
export async function channelOf(
  offer: DemoOffer,
  channels: readonly ChannelCard[],
  maker: Person,
): Promise<ChannelCard> {
  const found = channels.find((one) =>
    offer.username === null ? one.title === offer.title : one.username === offer.username,
  );
  if (found) return found;
  const made = await maker.act<{ channelId: number }>({
    type: "createChannel",
    title: offer.title.split(/[:,]/)[0] ?? offer.title,
    username: offer.username ?? undefined,
    description: offer.description,
  });
  return {
    id: made.channelId,
    title: offer.title,
    username: offer.username,
    ownerId: maker.id,
    botIsAdmin: false,
  };
}
