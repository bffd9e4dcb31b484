/** What has happened in advertising before a story begins, by the product's own API: open channels, slots, placements on their way. */
import { sign } from "../journeys/channel-sale.ts";
import { people } from "../world.ts";
import { proveChannel } from "./prepare.ts";
import type { Stage } from "./stage.ts";
import { until } from "./stage.ts";

export const HOUR = 3_600;
const PRICE = "12500000000";
const ton = (amount: string) => ({ amount, asset: "TON" as const });
const format = { key: "1/24", topHours: 1, feedHours: 24 };

type AdChannel = {
  readonly id: string;
  readonly telegramId: number;
  readonly title: string;
  readonly slotId: string;
  /** Telegram id of the publisher. */
  readonly owner: number;
};
export type Placed = AdChannel & { readonly placementId: string };

/** A channel of the world, open to advertising, with one slot that can be booked three hours ahead. */
export async function openToAds(
  stage: Stage,
  username: string,
  over: Record<string, unknown> = {},
): Promise<AdChannel> {
  const { channel, api, id } = await proveChannel(stage, username);
  await api.put(`/api/channels/${id}/profile`, {
    categories: ["food", "lifestyle"],
    language: "ru",
    registryNumber: "4f12-ab",
  });
  const slot = await api.post(`/api/channels/${id}/slots`, {
    format,
    price: ton(PRICE),
    leadHours: 3,
    ...over,
  });
  return {
    id,
    telegramId: channel.id,
    title: channel.title,
    slotId: slot.id,
    owner: channel.ownerId,
  };
}

/** An instant of the world's clock, to the minute. */
export async function inHours(stage: Stage, hours: number): Promise<string> {
  const { now } = await stage.api(people.buyer).get("/api/config");
  return new Date(Math.ceil((Date.parse(now) + hours * HOUR * 1_000) / 60_000) * 60_000).toISOString();
}

/** The buyer takes the slot at its price. */
export async function book(stage: Stage, channel: AdChannel, hours = 4): Promise<Placed> {
  const offer = await stage.api(people.buyer).post("/api/bookings", {
    slotId: channel.slotId,
    postAt: await inHours(stage, hours),
    message: "",
  });
  return { ...channel, placementId: offer.dealId };
}

const draft = {
  text: "Зёрна из маленькой обжарки. Первым читателям — мельница в подарок.",
  entities: [{ type: "bold", offset: 0, length: 5 }],
  media: [],
  buttons: [[{ text: "Выбрать зёрна", url: "https://coffee.example/beans" }]],
};

/** The advertiser writes the post, and both agree: the deal is open. */
async function agree(stage: Stage, placed: Placed): Promise<Placed> {
  const path = `/api/deals/${placed.placementId}`;
  const written = await stage.api(people.buyer).put(`${path}/creative`, { basedOn: 0, ...draft });
  const { version } = written.creative;
  if (!written.creative.approvedByAdvertiser)
    await stage.api(people.buyer).post(`${path}/approve`, { version });
  await stage.api(placed.owner).post(`${path}/approve`, { version });
  return placed;
}

const phaseOf = async (stage: Stage, placementId: string): Promise<string> =>
  (await stage.api(people.buyer).get(`/api/placements/${placementId}`)).phase;

const reachesPhase = (stage: Stage, placementId: string, phase: string) =>
  until(`the placement is ${phase}`, async () => (await phaseOf(stage, placementId)) === phase, 30_000);

async function payForPost(stage: Stage, placed: Placed): Promise<Placed> {
  const { messages } = await stage.api(people.buyer).get(`/api/deals/${placed.placementId}/payment`);
  await sign({ ton: stage.ton, settle: async () => undefined }, people.buyer, messages);
  await reachesPhase(stage, placed.placementId, "scheduled");
  return placed;
}

/** Time goes on to the agreed minute, and the bot posts. */
export async function goesOut(stage: Stage, placementId: string): Promise<void> {
  const { postAt } = await stage.api(people.buyer).get(`/api/placements/${placementId}`);
  const { now } = await stage.api(people.buyer).get("/api/config");
  await stage.advance(Math.max(60, Math.ceil((Date.parse(postAt) - Date.parse(now)) / 1_000) + 10));
  await reachesPhase(stage, placementId, "live");
}

/** Hours go by one after the other, with time for the looks that fall into each. */
export async function hoursPass(
  stage: Stage,
  hours: number,
  isOver: () => Promise<boolean> = async () => false,
): Promise<void> {
  for (let hour = 0; hour < hours && !(await isOver()); hour += 1) {
    await stage.advance(HOUR);
    await Bun.sleep(300);
  }
}

/** Booked, agreed, paid and out. */
export async function livePost(stage: Stage, channel: AdChannel): Promise<Placed> {
  const placed = await payForPost(stage, await agree(stage, await book(stage, channel)));
  await goesOut(stage, placed.placementId);
  return placed;
}
