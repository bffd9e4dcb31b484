/** The steps of an ad placement, as its people take them, for journeys and market tests. */
import { expect } from "bun:test";
import { userByTelegramId } from "../../src/kernel/identity/index.ts";
import { openPlacement } from "../../src/markets/channels/placements/open-placement.ts";
import { system } from "../../src/platform/context.ts";
import { transact } from "../../src/platform/verb.ts";
import { type Answer, people, type World } from "../world.ts";
import { gather, pickChannel, sign } from "./channel-sale.ts";

export const hourS = 3_600;
export const adPrice = 20_000_000_000n;
/** Alina's channel carries the post, Boris pays for it. */
export const publisher = people.seller;
export const advertiser = people.buyer;
export const draft = {
  text: "Fresh coffee every morning",
  entities: [{ type: "bold" as const, offset: 0, length: 5 }],
  media: [],
  buttons: [],
};

export type Placed = { id: string; telegramId: string; channelId: string; postAt: Date };
type Terms = Partial<Parameters<typeof openPlacement.within>[1]> & { inSeconds?: number };

/** An offer was accepted: what the market's other half would ask for. */
export async function place(
  world: World,
  channel: { id: string; telegramId: string },
  { inSeconds = 2 * hourS, ...over }: Terms = {},
): Promise<Placed> {
  const { db } = world.ctx();
  const publisherUserId = (await userByTelegramId(db, String(publisher))) ?? "";
  const advertiserUserId = (await userByTelegramId(db, String(advertiser))) ?? "";
  const postAt = over.postAt ?? new Date(world.ctx().clock.now() + inSeconds * 1_000);
  const { dealId } = await transact(world.ctx(system("test")), (tx) =>
    openPlacement.within(tx, {
      channelId: channel.id,
      publisherUserId,
      advertiserUserId,
      priceNano: adPrice,
      format: { key: "1/24", topHours: 1, feedHours: 24 },
      postAt,
      postedBy: "bot",
      isTopOfFeed: false,
      campaignId: null,
      offerId: null,
      slotId: null,
      creative: draft,
      ad: { erid: null, advertiserName: null, advertiserInn: null },
      ...over,
    }),
  );
  await world.settle();
  return { id: dealId, telegramId: channel.telegramId, channelId: channel.id, postAt };
}

/** Everybody is there, and the publisher's channel is in the registry. */
export async function prepareAds(world: World, username = "morning_roast") {
  await gather(world);
  return pickChannel(world, publisher, username);
}

export const approve = (world: World, person: number, id: string, version = 1): Promise<Answer> =>
  world.http(person).post(`/api/deals/${id}/approve`, { version });

/** Both have approved: the deal is open. */
export async function agreed(world: World, placed: Placed): Promise<void> {
  const { status, body } = await approve(world, publisher, placed.id);
  expect(`${status} ${body.error?.code ?? ""}`).toBe("200 ");
  expect(body.phase).toBe("payment");
}

export async function paidFor(world: World, placed: Placed): Promise<void> {
  await agreed(world, placed);
  const { status, body } = await world.http(advertiser).get(`/api/deals/${placed.id}/payment`);
  expect(status).toBe(200);
  await sign(world, advertiser, body.messages);
  expect((await placementOf(world, placed)).phase).toBe("scheduled");
}

export async function placementOf(world: World, placed: Pick<Placed, "id">, person: number = advertiser) {
  const { status, body } = await world.http(person).get(`/api/placements/${placed.id}`);
  expect(status).toBe(200);
  return body;
}

/** The agreed minute has come: the post stands there. */
export async function posted(world: World, placed: Placed) {
  const left = placed.postAt.getTime() - world.ctx().clock.now();
  await world.advance(Math.ceil(left / 1_000) + 1);
  const view = await placementOf(world, placed);
  expect(view.phase).toBe("live");
  return view;
}

/** What stands in a channel, as its owner sees it. */
export function postsOf(world: World, chatId: string) {
  const chat = world.telegram.state(publisher).chats.find((one) => one.id === Number(chatId));
  return (chat?.messages ?? []).filter((one) => one.text.includes("coffee"));
}

/** A private channel of the operator's, into which posts under watch are forwarded. */
export async function openLog(world: World): Promise<void> {
  const made = await world.telegram.act(people.other, { type: "createChannel", title: "Log" });
  if (made.type !== "channel") throw new Error("no channel");
  await world.telegram.act(people.other, { type: "addBot", channelId: made.channelId });
  const { env } = world.ctx().settings;
  Object.assign(env, { TELEGRAM_LOG_CHAT: String(made.channelId) });
  await world.settle();
}
