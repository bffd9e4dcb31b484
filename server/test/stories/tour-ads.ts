/** Advertising on the tour: a post that stands, one that is still written, a campaign with an offer, and the way to each screen. */
import { join } from "node:path";
import { people } from "../world.ts";
import type { Phone } from "./phone.ts";
import { settleIn } from "./prepare.ts";
import { book, inHours, livePost, openToAds } from "./prepare-ads.ts";
import type { Stage } from "./stage.ts";
import type { Screen } from "./tour-screen.ts";

export type Ads = {
  readonly channelId: string;
  readonly ownChannelId: string;
  readonly ownSlotId: string;
  readonly campaignId: string;
  readonly offerId: string;
  readonly live: string;
  readonly written: string;
};

const ton = (amount: string) => ({ amount, asset: "TON" });
const format = { key: "1/24", topHours: 1, feedHours: 24 };

/** Some hours go by in it. */
export async function furnishAds(stage: Stage): Promise<Ads> {
  const owner = stage.telegram
    .world()
    .channels.find(({ username }) => username === "home_kitchen_ru")?.ownerId;
  if (owner) await settleIn(stage, owner, "ru");
  const channel = await openToAds(stage, "home_kitchen_ru", {
    note: `Достопримечательности высокопревосходительства, ${"everything-about-everything ".repeat(6)}`,
    forbiddenTopics: ["alcohol", "supplements", "gambling"],
  });
  const own = await openToAds(stage, "morning_roast");
  const { placementId: live } = await livePost(stage, channel);
  const { placementId: written } = await book(stage, channel, 30);
  const campaign = await stage.api(people.buyer).post("/api/campaigns", {
    title: "Beans of a small roaster, for people who brew at home every morning",
    brief: `A new roast. ${"Everything-about-everything ".repeat(8)}`,
    categories: ["food", "lifestyle"],
    languages: ["ru", "en"],
    formats: ["1/24", "2/48"],
    budget: ton("1234567123400000"),
    priceMax: ton("123456712340000"),
  });
  await stage.api(people.buyer).post(`/api/campaigns/${campaign.id}/creatives`, {
    title: "The short one",
    text: "A new roast for people who brew at home.",
  });
  const offer = await stage.api(people.seller).post(`/api/campaigns/${campaign.id}/offers`, {
    channelId: own.id,
    price: ton("123456712340000"),
    format,
    postAt: await inHours(stage, 48),
    message: "Читают утром, лучше в восемь.",
  });
  return {
    channelId: channel.id,
    ownChannelId: own.id,
    ownSlotId: own.slotId,
    campaignId: campaign.id,
    offerId: offer.id,
    live,
    written,
  };
}

const picture = join(import.meta.dir, "pictures/pipe.png");

/** Words, and an album of three. */
async function write(phone: Phone): Promise<void> {
  await phone.app.getByTestId("post-editor").fill("A new roast\n\nFor people who brew at home.");
  await phone.app.getByTestId("photo-input").setInputFiles([picture, picture, picture]);
  await phone.app.locator('.photo-tile[data-state="sent"]').nth(2).waitFor();
}

export function adScreens(ads: Ads): Screen[] {
  const of =
    (person: number, who: string) =>
    (name: string, path: string, more: Partial<Screen> = {}) => ({
      name: `${who}-ad-${name}`,
      person,
      path,
      ...more,
    });
  const buyer = of(people.buyer, "buyer");
  const seller = of(people.seller, "seller");
  return [
    buyer("channels", "/ads/channels"),
    buyer("channel", `/channels/${ads.channelId}`, { primary: "main" }),
    buyer("make-offer", `/channels/${ads.channelId}/offer`, { primary: "main" }),
    buyer("campaign", `/campaigns/${ads.campaignId}`),
    buyer("campaign-editor", `/campaigns/${ads.campaignId}/edit`),
    buyer("offer", `/offers/${ads.offerId}`, { primary: '[data-testid="action-accept"]' }),
    buyer("counter", `/offers/${ads.offerId}`, { press: (phone) => phone.act("counter"), isSheet: true }),
    buyer("placement", `/placements/${ads.live}`),
    buyer("evidence", `/placements/${ads.live}/evidence`),
    buyer("editor", `/placements/${ads.written}/creative`, { press: write }),
    buyer("figures", "/ads/figures/advertiser"),
    seller("campaigns", "/ads/campaigns"),
    seller("offers", "/offers"),
    seller("own-channels", "/ads/mine"),
    seller("manage", `/channels/${ads.ownChannelId}/manage`),
    seller("slot", `/channels/${ads.ownChannelId}/slots/${ads.ownSlotId}`, { primary: "main" }),
    seller("figures", "/ads/figures/publisher"),
  ];
}
