/**
 * Gives a new world its people, its market and its past: everybody arrives, offers are placed, and in the days before the
 * visitor comes a deal of every kind has gone its way. All of it through the product's API, Telegram and wallets, so what
 * the visitor finds is what the product made.
 */
import { begin, finish, goOn, type Plan } from "./history.ts";
import { channelOf, type Offered, place } from "./market.ts";
import { OFFERS } from "./offers.ts";
import { type Origins, Person } from "./person.ts";

const HOUR = 3_600;
export const DAYS_OF_PAST = 6;

export type FillOptions = {
  readonly origins: Origins;
  /** Moves the clock of all parts forward. */
  readonly advance: (seconds: number) => Promise<void>;
  readonly say: (line: string) => void;
};

const ids = Array.from({ length: 12 }, (_, index) => 1004 + index);
/** Those whose addresses the platform itself uses do not trade. */
const traders = ids.filter((id) => id !== 1014 && id !== 1015);

export async function fillWorld({ origins, advance, say }: FillOptions): Promise<void> {
  const people = new Map([1003, ...ids].map((id) => [id, new Person(id, origins)]));
  const person = (id: number): Person => {
    const found = people.get(id);
    if (!found) throw new Error(`nobody ${id} in the demo`);
    return found;
  };
  const travel = async (seconds: number) => {
    await advance(seconds);
    for (const one of people.values()) one.forgetSignature();
  };
  say("people arrive");
  await inGroups([...people.values()], 4, (one) =>
    one.arrive(one.id % 2 === 0 ? "ru" : "en", `${origins.product}/tonconnect-manifest.json`),
  );
  say("offers are placed");
  const offers = await placeOffers(origins, person);
  say("deals of the past");
  await past(offers, person, travel);
}

async function placeOffers(origins: Origins, person: (id: number) => Person): Promise<Offered[]> {
  const world = (await (await fetch(`${origins.telegram}/host/world`)).json()) as {
    channels: Parameters<typeof channelOf>[1];
  };
  const placed = await inGroups(OFFERS, 4, async (offer) => {
    const maker = person(traders[OFFERS.indexOf(offer) % traders.length] ?? 1004);
    const channel = await channelOf(offer, world.channels, maker);
    return place(offer, channel, person(channel.ownerId));
  });
  return placed.filter((one) => one !== null);
}

/** Some days ago, yesterday, and just now: so that the market shows deals that are over and deals that still run. */
async function past(
  offers: readonly Offered[],
  person: (id: number) => Person,
  travel: (seconds: number) => Promise<void>,
): Promise<void> {
  const plan = (ends: Plan["ends"], username: string, buyer: number): Plan[] => {
    const offer = offers.find((one) => one.offer.username === username);
    return offer && offer.seller.id !== buyer ? [{ ends, offer, buyer: person(buyer) }] : [];
  };
  const old = [
    ...plan("released", "night_trains", 1005),
    ...plan("released", "paper_boats", 1006),
    ...plan("refunded", "indie_tapes", 1007),
    ...plan("expired", "school_of_light", 1008),
    ...plan("cancelled", "sea_letters", 1009),
    ...plan("disputed", "market_bags", 1011),
  ];
  const recent = [
    ...plan("live", "quiet_cinema", 1010),
    ...plan("funded", "local_news_digest", 1012),
    ...plan("pending", "chess_minutes", 1013),
  ];
  const run = async (plans: readonly Plan[]): Promise<[Plan, string][]> => {
    const begun = await inGroups(plans, 3, async (one): Promise<[Plan, string]> => [one, await begin(one)]);
    await inGroups(begun, 3, ([one, id]) => goOn(one, id));
    return begun;
  };
  const ended = await run(old);
  await travel(2 * HOUR);
  await travel(24 * HOUR - 2 * HOUR - 300);
  await Bun.sleep(1_500);
  await travel(HOUR);
  await inGroups(ended, 4, ([one, id]) => finish(one, id));
  await travel(DAYS_OF_PAST * 24 * HOUR - 26 * HOUR);
  await run(recent);
}

/** At most `size` at once: the local world is one small machine. */
async function inGroups<T, R>(items: readonly T[], size: number, run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const one = async () => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await run(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, one));
  return results;
}
