/** Advertising in the days before the visitor comes: channels that take it, campaigns, offers in several states, a post that goes out just before the visitor comes. */
import { AD_CHANNELS, CAMPAIGNS, type DemoAdChannel, type DemoFormat, type DemoPost } from "./ads.ts";
import type { TonConnectMessage } from "./connect.ts";
import { nanoOf } from "./market.ts";
import type { Person } from "./person.ts";

type Placement = { phase: string; creative: { version: number } };
type Slot = { id: string };
type Offer = { id: string; dealId: string | null; round: number };
/** A channel that takes advertising, with the slots that it has. */
export type OpenChannel = {
  readonly id: string;
  readonly publisher: Person;
  readonly slots: readonly string[];
};

const WAIT_MS = 30_000;
const POLL_MS = 150;
export const HOUR_MS = 3_600_000;

export const ton = (gram: string) => ({ amount: nanoOf(gram), asset: "TON" });
export const formatOf = (key: DemoFormat) => {
  const [topHours, feedHours] = key.split("/").map(Number);
  return { key, topHours, feedHours };
};

/** The world's time. */
export async function nowMs(person: Person): Promise<number> {
  return Date.parse((await person.get<{ now: string }>("/api/config")).now);
}
export const inMinutes = (from: number, minutes: number): string =>
  new Date(Math.ceil(from / 60_000) * 60_000 + minutes * 60_000).toISOString();

export const takesAds = (username: string | null): DemoAdChannel | undefined =>
  AD_CHANNELS.find((one) => one.username === username);

/** A channel that the product knows already is opened to advertisers. */
export async function openToAds(
  { categories, language, slots }: DemoAdChannel,
  channelId: string,
  publisher: Person,
): Promise<OpenChannel> {
  await publisher.put(`/api/channels/${channelId}/profile`, {
    categories,
    language,
    registryNumber: "4f12-7ab0",
  });
  const made: string[] = [];
  for (const { format, price, ...more } of slots) {
    const slot = await publisher.post<Slot>(`/api/channels/${channelId}/slots`, {
      format: formatOf(format),
      price: ton(price),
      leadHours: 1,
      ...more,
    });
    made.push(slot.id);
  }
  return { id: channelId, publisher, slots: made };
}

/** A slot is taken at its price, the post is written and agreed, and paid for. Goes out `minutes` later. Answers the deal's id. */
export async function placeAd(
  channel: OpenChannel,
  advertiser: Person,
  post: DemoPost,
  minutes: number,
): Promise<string> {
  const booked = await advertiser.post<Offer>("/api/bookings", {
    slotId: channel.slots[0],
    postAt: inMinutes(await nowMs(advertiser), minutes),
    message: "",
  });
  const id = booked.dealId;
  if (!id) throw new Error("a booking without a placement");
  const path = `/api/deals/${id}`;
  const written = await advertiser.put<Placement>(`${path}/creative`, { basedOn: 0, ...post });
  await channel.publisher.post(`${path}/approve`, { version: written.creative.version });
  const payment = await advertiser.get<{ messages: TonConnectMessage[] }>(`${path}/payment`);
  await advertiser.sign(payment.messages);
  await untilScheduled(id, advertiser);
  return id;
}

async function untilScheduled(id: string, advertiser: Person): Promise<void> {
  const end = Date.now() + WAIT_MS;
  let phase = "";
  while (Date.now() < end) {
    ({ phase } = await advertiser.get<Placement>(`/api/placements/${id}`));
    if (phase === "scheduled") return;
    await Bun.sleep(POLL_MS);
  }
  throw new Error(`placement ${id} is ${phase}, not scheduled`);
}

/** Campaigns, and what was said about them: an offer that waits, other terms, a refusal, one that is accepted. */
export async function campaigns(
  channels: ReadonlyMap<string, OpenChannel>,
  person: (id: number) => Person,
): Promise<void> {
  const [trains, scale, course] = await Promise.all(
    CAMPAIGNS.map(async ({ advertiser, budget, priceMax, ...about }) => {
      const { id } = await person(advertiser).post<{ id: string }>("/api/campaigns", {
        ...about,
        budget: ton(budget),
        priceMax: priceMax && ton(priceMax),
      });
      return { id, advertiser: person(advertiser) };
    }),
  );
  if (!trains || !scale || !course) return;
  await Promise.all([
    offer(channels.get("slow_travel"), trains.id, "2/48", "18.5", 30, "Our readers plan in winter."),
    offer(channels.get("home_kitchen_ru"), scale.id, "1/24", "22", 28, "Лучше в субботу утром.").then(
      (made) =>
        made &&
        scale.advertiser.post(`/api/offers/${made.id}/counter`, {
          round: made.round,
          price: ton("19"),
          message: "Saturday is fine. For 19 we take two in November.",
        }),
    ),
    offer(channels.get("city_windows"), scale.id, "1/24", "9.5", 26, "").then(
      (made) =>
        made &&
        scale.advertiser.post(`/api/offers/${made.id}/reject`, { message: "Not our readers, sorry." }),
    ),
    offer(
      channels.get("frontend_brew"),
      course.id,
      "1/24",
      "27",
      50,
      "We have read your syllabus: good.",
    ).then((made) => made && course.advertiser.post(`/api/offers/${made.id}/accept`, { round: made.round })),
  ]);
}

async function offer(
  channel: OpenChannel | undefined,
  campaignId: string,
  format: DemoFormat,
  price: string,
  hours: number,
  message: string,
): Promise<Offer | undefined> {
  if (!channel) return undefined;
  const now = await nowMs(channel.publisher);
  return channel.publisher.post<Offer>(`/api/campaigns/${campaignId}/offers`, {
    channelId: channel.id,
    price: ton(price),
    format: formatOf(format),
    postAt: inMinutes(now, (hours * HOUR_MS) / 60_000),
    message,
  });
}
