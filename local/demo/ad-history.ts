/** Advertisements of the past that ran to their end and were rated by both, and what waits for the visitor's own people. */
import { ALINAS, BORIS_CAMPAIGN, RAN, type Ran } from "./ads.ts";
import {
  formatOf,
  HOUR_MS,
  inMinutes,
  nowMs,
  type OpenChannel,
  openToAds,
  placeAd,
  ton,
} from "./advertising.ts";
import { channelsByName } from "./market.ts";
import type { Person } from "./person.ts";

const WAIT_MS = 30_000;
const POLL_MS = 150;
/** A slot is booked an hour ahead at the least. */
export const GOES_OUT_MINUTES = 62;

type Placement = { dealStatus: string | null; outcome: string | null; nextStep: { key: string } };
export type RunAd = Ran & { readonly id: string; readonly by: Person; readonly channel: OpenChannel };

/** Alina shows her wallet and opens a channel to advertising, before she has ever written to the bot. */
export async function openAlinas(
  alina: Person,
  telegramOrigin: string,
  manifestUrl: string,
): Promise<OpenChannel> {
  const channel = (await channelsByName(telegramOrigin)).get(ALINAS.username);
  if (!channel) throw new Error(`no channel ${ALINAS.username}`);
  await alina.linkWallet(manifestUrl);
  await alina.act({ type: "addBot", channelId: channel.id });
  const { id } = await alina.post<{ id: string }>("/api/channels", { chat: `@${ALINAS.username}` });
  return openToAds(ALINAS, id, alina);
}

/** Booked, agreed and paid for, all at once. */
export const beginAds = (
  channels: ReadonlyMap<string, OpenChannel>,
  person: (id: number) => Person,
): Promise<RunAd[]> =>
  Promise.all(
    RAN.map(async (ran) => {
      const channel = channels.get(ran.username);
      if (!channel) throw new Error(`${ran.username} takes no advertising`);
      const by = person(ran.advertiser);
      return { ...ran, by, channel, id: await placeAd(channel, by, ran.post, GOES_OUT_MINUTES) };
    }),
  );

/** Waits for what time alone brings about. */
export const reach = (ads: readonly RunAd[], is: (placement: Placement) => boolean): Promise<unknown> =>
  Promise.all(
    ads.map(async ({ id, by, username }) => {
      const end = Date.now() + WAIT_MS;
      for (;;) {
        const placement = await by.get<Placement>(`/api/placements/${id}`);
        if (is(placement)) return;
        if (Date.now() > end)
          throw new Error(`the advertisement in ${username} stands at ${placement.nextStep.key}`);
        await Bun.sleep(POLL_MS);
      }
    }),
  );

/** Each says what they think of the other; with the second word both are shown. */
export const rate = (ads: readonly RunAd[]): Promise<unknown> =>
  Promise.all(
    ads.map(async ({ id, by, channel, said, answered }) => {
      await by.post(`/api/deals/${id}/review`, said);
      await channel.publisher.post(`/api/deals/${id}/review`, answered);
    }),
  );

/** Somebody wants to advertise with Alina. Boris has a campaign with a draft, and a publisher who offers a place. */
export async function waitForVisitor(
  channels: ReadonlyMap<string, OpenChannel>,
  person: (id: number) => Person,
  boris: Person,
): Promise<void> {
  const [alinas, answering] = [channels.get(ALINAS.username), channels.get(BORIS_CAMPAIGN.answeredBy)];
  if (!alinas || !answering) throw new Error("a channel of the visitor's people is missing");
  const postAt = inMinutes(await nowMs(boris), (30 * HOUR_MS) / 60_000);
  const terms = { format: formatOf("1/24"), postAt };
  const { draft, answeredBy: _by, budget, message, price, ...about } = BORIS_CAMPAIGN;
  const { id } = await boris.post<{ id: string }>("/api/campaigns", { ...about, budget: ton(budget) });
  await boris.post(`/api/campaigns/${id}/creatives`, draft);
  await answering.publisher.post(`/api/campaigns/${id}/offers`, {
    channelId: answering.id,
    price: ton(price),
    message,
    ...terms,
  });
  const { advertiser, ...offered } = ALINAS.offer;
  await person(advertiser).post("/api/offers", {
    channelId: alinas.id,
    price: ton(offered.price),
    message: offered.message,
    ...terms,
  });
}
