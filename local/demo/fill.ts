/**
 * Gives a new world its people, its market and its past: everybody arrives, offers are placed, and in the days before the
 * visitor comes a deal of every kind has gone its way. All of it through the product's API, Telegram and wallets, so what
 * the visitor finds is what the product made.
 */

import {
  beginAds,
  GOES_OUT_MINUTES,
  openAlinas,
  type RunAd,
  rate,
  reach,
  waitForVisitor,
} from "./ad-history.ts";
import { ALINAS, POST, RAN } from "./ads.ts";
import { campaigns, type OpenChannel, openToAds, placeAd, takesAds } from "./advertising.ts";
import { begin, type Ending, finish, type Others, type Plan } from "./history.ts";
import { channelsByName, type Offered, place, type SeenChannel } from "./market.ts";
import { OFFERS } from "./offers.ts";
import { type Origins, Person } from "./person.ts";
import { fillPurses, livingOrders, serviceHistory } from "./services.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** An idle local chain makes a block every 400 ms, a busy demo cannot wait for that. */
const MINE_EVERY_MS = 40;
const AT_ONCE = 8;
/** Enough for the dearest of the deals below. */
const PURSE_NANO = 2_500n * 1_000_000_000n;

export type FillOptions = {
  readonly origins: Origins;
  /** How long ago the world begins; at least five days. */
  readonly pastSeconds: number;
  /** Moves the clock of all parts to so many seconds before the machine's. */
  readonly moveTo: (secondsAgo: number) => Promise<void>;
  readonly onProgress: (done: number, total: number) => void;
};

const [ALINA, BORIS, ARBITER] = [1001, 1002, 1003] as const;
/** Those whose addresses the platform itself uses, 1014 and 1015, do not trade. */
const TRADERS = Array.from({ length: 10 }, (_, index) => 1004 + index);

type Past = { readonly ends: Ending; readonly username: string; readonly buyer: number };
const deal = (ends: Ending, username: string, buyer: number): Past => ({ ends, username, buyer });

const LONG_AGO: readonly Past[] = [
  deal("released", "night_trains", 1005),
  deal("released", "paper_boats", 1006),
  deal("undelivered", "run_club", 1011),
  deal("refunded", "indie_tapes", 1007),
  deal("agreed", "court_side", 1013),
  deal("decided", "lens_diary", 1012),
  deal("expired", "school_of_light", 1010),
  deal("cancelled", "sea_letters", 1009),
];
const YESTERDAY: readonly Past[] = [deal("verified", "cycle_city", 1005)];
const TODAY: readonly Past[] = [
  deal("live", "quiet_cinema", 1010),
  deal("breached", "chess_minutes", 1013),
  deal("disputed", "market_bags", 1011),
  deal("funded", "local_news_digest", 1012),
];
const JUST_NOW: readonly Past[] = [deal("pending", "office_humor", 1008)];

/** When an offer is placed: with the first deal or advertisement that it has, the others in turn. */
function waveOf(username: string | null, index: number): number {
  if (RAN.some((one) => one.username === username)) return 0;
  const waves = [LONG_AGO, [], YESTERDAY, [...TODAY, ...JUST_NOW]];
  const found = waves.findIndex((wave) => wave.some((one) => one.username === username));
  return found >= 0 ? found : index % waves.length;
}

/** Resolves when the world's clock is the machine's and everything stands. Rejects with what went wrong. */
export async function fillWorld(options: FillOptions): Promise<void> {
  const miner = mine(options.origins.ton);
  try {
    await new Filling(options).run();
  } finally {
    await miner.stop();
  }
}

class Filling {
  private readonly options: FillOptions;
  private readonly people: ReadonlyMap<number, Person>;
  private readonly offers = new Map<string, Offered>();
  private readonly adChannels = new Map<string, OpenChannel>();
  private readonly total =
    1 + TRADERS.length + OFFERS.length + LONG_AGO.length + YESTERDAY.length + TODAY.length + 2;
  private channels: ReadonlyMap<string, SeenChannel> = new Map();
  private done = 0;

  constructor(options: FillOptions) {
    this.options = options;
    this.people = new Map(
      [ALINA, BORIS, ARBITER, ...TRADERS].map((id) => [id, new Person(id, options.origins)]),
    );
  }

  async run(): Promise<void> {
    const manifestUrl = `${this.options.origins.product}/tonconnect-manifest.json`;
    this.channels = await channelsByName(this.options.origins.telegram);
    const arriving = [...this.people.values()].filter(({ id }) => id !== ALINA && id !== BORIS);
    await inGroups(arriving, AT_ONCE, async (one) => {
      if (one.id !== ARBITER) await one.receiveCoins(PURSE_NANO);
      await one.arrive(one.id % 2 === 0 ? "en" : "ru", manifestUrl);
      this.step();
    });
    const [alinas] = await Promise.all([
      openAlinas(this.person(ALINA), this.options.origins.telegram, manifestUrl),
      this.place(0),
      this.services(fillPurses, serviceHistory),
    ]);
    this.adChannels.set(ALINAS.username, alinas);
    const [old, ads] = await Promise.all([
      this.deals(LONG_AGO),
      beginAds(this.adChannels, (id) => this.person(id)),
    ]);
    await this.endings(old, ads);
    await this.moveTo(DAY - 10 * MINUTE);
    await this.place(2);
    const verified = await this.deals(YESTERDAY);
    await this.moveTo(2 * HOUR);
    await this.place(3);
    await Promise.all([
      this.ad("city_windows", 1008, 95),
      this.deals(TODAY),
      campaigns(this.adChannels, (id) => this.person(id)),
      waitForVisitor(this.adChannels, (id) => this.person(id), this.person(BORIS)),
    ]);
    await this.moveTo(20 * MINUTE);
    await this.deals(JUST_NOW);
    await this.moveTo(0);
    await this.services(livingOrders);
    await inGroups([...verified], AT_ONCE, ([plan, id]) => finish(plan, id, "VERIFIED"));
  }

  /**
   * Of the first deals: paid out after the hold, given back after the deadline. The advertisements go out, stand their hours and are paid at the
   * same stops: every one costs a second of the first start.
   */
  private async endings(old: ReadonlyMap<Plan, string>, ads: readonly RunAd[]): Promise<void> {
    const all = [...old];
    const wait = (seconds: number) => this.moveTo(this.options.pastSeconds - seconds);
    const ending = (...ends: Ending[]) => all.filter(([plan]) => ends.includes(plan.ends));
    await wait((GOES_OUT_MINUTES + 2) * MINUTE);
    await reach(ads, ({ dealStatus }) => dealStatus === "LIVE");
    await wait(DAY - 5 * MINUTE);
    await inGroups(ending("released"), AT_ONCE, ([plan, id]) => finish(plan, id, "VERIFIED"));
    await wait(DAY + (GOES_OUT_MINUTES + 15) * MINUTE);
    await inGroups(ending("released"), AT_ONCE, ([plan, id]) => finish(plan, id, "RELEASED"));
    await inGroups(ending("expired"), AT_ONCE, ([plan, id]) => finish(plan, id, "EXPIRED"));
    await reach(ads, ({ nextStep }) => nextStep.key === "hold_ends");
    await wait(3 * DAY + 10 * MINUTE);
    await this.place(1);
    await inGroups(ending("undelivered"), AT_ONCE, ([plan, id]) => finish(plan, id, "REFUNDED"));
    await reach(ads, ({ outcome }) => outcome === "released");
    await rate(ads);
  }

  private async moveTo(secondsAgo: number): Promise<void> {
    await this.options.moveTo(secondsAgo);
    for (const one of this.people.values()) one.forgetSignature();
  }

  private async place(wave: number): Promise<void> {
    const offers = OFFERS.filter((offer, index) => waveOf(offer.username, index) === wave);
    await inGroups(offers, AT_ONCE, async (offer) => {
      const channel = this.channels.get(offer.username ?? offer.title);
      if (!channel) throw new Error(`no channel for the offer ${offer.title}`);
      const placed = await place(offer, channel, this.person(channel.ownerId));
      this.offers.set(channel.username ?? "", placed);
      const takes = takesAds(channel.username);
      if (takes) this.adChannels.set(takes.username, await openToAds(takes, placed.knownAs, placed.seller));
      this.step();
    });
  }

  private async deals(past: readonly Past[]): Promise<Map<Plan, string>> {
    const others: Others = { arbiter: this.person(ARBITER), stranger: this.person(1006) };
    const begun = await inGroups(past, AT_ONCE, async ({ ends, username, buyer }) => {
      const offer = this.offers.get(username);
      if (!offer) throw new Error(`no offer of ${username}`);
      const plan: Plan = { ends, offer, buyer: this.person(buyer) };
      const id = await begin(plan, others);
      this.step();
      return [plan, id] as const;
    });
    return new Map(begun);
  }

  /** An advertisement in one of the open channels, agreed and paid for, that goes out `minutes` later. */
  private async ad(username: string, advertiser: number, minutes: number): Promise<void> {
    const channel = this.adChannels.get(username);
    if (!channel) throw new Error(`${username} takes no advertising`);
    await placeAd(channel, this.person(advertiser), POST, minutes);
  }

  private async services(...parts: ((person: (id: number) => Person) => Promise<void>)[]): Promise<void> {
    for (const part of parts) await part((id) => this.person(id));
    this.step();
  }

  private person(id: number): Person {
    const found = this.people.get(id);
    if (!found) throw new Error(`nobody ${id} in the demo`);
    return found;
  }

  private step(): void {
    this.done += 1;
    this.options.onProgress(Math.min(this.done, this.total), this.total);
  }
}

/** Has the chain make blocks one after another until stopped. */
function mine(tonOrigin: string): { stop(): Promise<void> } {
  let isWanted = true;
  const run = async (): Promise<void> => {
    while (isWanted) {
      await fetch(`${tonOrigin}/control/mine`, { method: "POST" }).catch(() => undefined);
      await Bun.sleep(MINE_EVERY_MS);
    }
  };
  const running = run();
  return {
    stop: () => {
      isWanted = false;
      return running;
    },
  };
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
