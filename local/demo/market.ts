/** Offers a channel as its owner does: the bot becomes administrator, the channel is added, a price is named. */
import type { DemoOffer } from "./offers.ts";
import type { Person } from "./person.ts";

/** A channel as the Local Telegram shows it. */
export type SeenChannel = {
  readonly id: number;
  readonly title: string;
  readonly username: string | null;
  readonly ownerId: number;
};
export type Offered = {
  readonly listingId: string;
  readonly code: string;
  readonly seller: Person;
  readonly channelId: number;
  /** As the product knows the channel. */
  readonly knownAs: string;
};

/** GRAM as a decimal string → nanograms. */
export const nanoOf = (gram: string): string => {
  const [whole = "0", fraction = ""] = gram.split(".");
  return (BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"))).toString();
};

/** Every channel of the world by its username, or by its title when it has none. */
export async function channelsByName(telegramOrigin: string): Promise<ReadonlyMap<string, SeenChannel>> {
  const response = await fetch(`${telegramOrigin}/host/world`);
  const { channels } = (await response.json()) as { channels: SeenChannel[] };
  return new Map(channels.map((channel) => [channel.username ?? channel.title, channel]));
}

export async function place(offer: DemoOffer, channel: SeenChannel, seller: Person): Promise<Offered> {
  await seller.act({ type: "addBot", channelId: channel.id });
  const chat = channel.username ? `@${channel.username}` : String(channel.id);
  const known = await seller.post<{ id: string }>("/api/channels", { chat });
  const listing = await seller.post<{ id: string; code: string }>("/api/listings", {
    channelId: known.id,
    title: offer.title,
    description: offer.description,
    category: offer.category,
    price: { amount: nanoOf(offer.price), asset: "TON" },
    visibility: offer.visibility,
  });
  return { listingId: listing.id, code: listing.code, seller, channelId: channel.id, knownAs: known.id };
}
