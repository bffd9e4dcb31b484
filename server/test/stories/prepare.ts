/** What has happened before a story begins, by the product's own API: people with wallets, offers, deals on their way. */
import { sign } from "../journeys/channel-sale.ts";
import { people } from "../world.ts";
import type { Stage } from "./stage.ts";
import { until } from "./stage.ts";

export type Offer = {
  readonly listingId: string;
  readonly code: string;
  readonly telegramId: string;
  /** Telegram id of the seller. */
  readonly owner: number;
};
export type Prepared = Offer & { readonly dealId: string };

/** Starts the bot, chooses a language, links the wallet: all that a person needs to trade. */
export async function settleIn(stage: Stage, person: number, language: "ru" | "en"): Promise<void> {
  await stage.telegram.act(person, { type: "startBot" });
  await stage.telegram.act(person, { type: "setLanguage", language });
  const api = stage.api(person);
  await api.put("/api/users/me/preferences", { language });
  const { payload } = await api.post("/api/wallets/proof-payload");
  const { host } = new URL(stage.productOrigin);
  await api.post("/api/wallets", await stage.ton.signTonProof(person, { domain: host, payload }));
}

/** A channel of the world, named by its username, with the bot as administrator and its owner proved; `api` is the owner's. */
export async function proveChannel(stage: Stage, username: string) {
  const channel = stage.telegram.world().channels.find((one) => one.username === username);
  if (!channel) throw new Error(`no channel ${username}`);
  if (!channel.botIsAdmin)
    await stage.telegram.act(channel.ownerId, { type: "addBot", channelId: channel.id });
  const api = stage.api(channel.ownerId);
  const known = await api.post("/api/channels", { chat: `@${username}` });
  return { channel, api, id: String(known.id) };
}

/** The seller offers a channel of theirs, named by its username. */
export async function offer(
  stage: Stage,
  username: string,
  over: Record<string, unknown> = {},
): Promise<Offer> {
  const { channel, api, id } = await proveChannel(stage, username);
  const listing = await api.post("/api/listings", {
    channelId: id,
    title: channel.title,
    description: channel.description,
    category: "other",
    price: { amount: "12500000000", asset: "TON" },
    visibility: "public",
    ...over,
  });
  return {
    listingId: listing.id,
    code: listing.code,
    telegramId: String(channel.id),
    owner: channel.ownerId,
  };
}

export async function join(stage: Stage, from: Offer, buyer: number = people.buyer): Promise<Prepared> {
  const deal = await stage.api(buyer).post("/api/deals", { code: from.code });
  return { ...from, dealId: deal.id };
}

export const statusOf = async (stage: Stage, { dealId }: Pick<Prepared, "dealId">): Promise<string> =>
  (await stage.api(people.buyer).get(`/api/deals/${dealId}`)).status;

export const reaches = (stage: Stage, deal: Prepared, status: string) =>
  until(`the deal is ${status}`, async () => (await statusOf(stage, deal)) === status, 20_000);

/** The buyer's wallet sends what the product asks for, and the product sees it. */
export async function pay(stage: Stage, deal: Prepared): Promise<Prepared> {
  const { messages } = await stage.api(people.buyer).get(`/api/deals/${deal.dealId}/payment`);
  await sign({ ton: stage.ton, settle: async () => undefined }, people.buyer, messages);
  await reaches(stage, deal, "IN_ESCROW");
  return deal;
}

/** The seller makes the buyer owner of the channel in Telegram, and the chain knows it. */
export async function deliver(stage: Stage, deal: Prepared): Promise<Prepared> {
  await stage.telegram.act(deal.owner, {
    type: "transferChannel",
    channelId: Number(deal.telegramId),
    toPerson: people.buyer,
  });
  await reaches(stage, deal, "LIVE");
  return deal;
}
