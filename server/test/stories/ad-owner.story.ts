/** The publisher's side and the smaller ways: a draft with a picture, a slot by its code, a channel's page sent in a chat, a campaign that rests, an offer to a channel. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import nextEn from "../../src/markets/channels/placements/copy-next.en.ts";
import nextRu from "../../src/markets/channels/placements/copy-next.ru.ts";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import { settleIn } from "./prepare.ts";
import { inHours, openToAds } from "./prepare-ads.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let channel: Awaited<ReturnType<typeof openToAds>>;
let campaignId = "";

describe.skipIf(!hasChromium)(`owners and drafts${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage({ env: { RATE_LIMIT_FACTOR: "100" } });
    await settleIn(stage, people.seller, "ru");
    await settleIn(stage, people.buyer, "en");
    channel = await openToAds(stage, "morning_roast", { visibility: "private" });
    const campaign = await stage.api(people.buyer).post("/api/campaigns", {
      title: "Beans of a small roaster",
      brief: "A new roast for people who brew at home.",
      categories: ["food"],
      formats: ["1/24"],
      budget: { amount: "50000000000", asset: "TON" },
    });
    campaignId = campaign.id;
    await stage.buyer.open(`c_${campaignId}`);
    await stage.seller.open();
  }, 120_000);
  afterAll(() => stage?.close());
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 120_000);
  afterEach(() => expect(stage.complaints.all()).toEqual([]));

  step("a draft of the post is kept with the campaign, picture and all", async () => {
    const { buyer } = stage;
    await buyer.app.getByTestId("drafts").getByRole("link", { name: "Write a draft" }).click();
    await buyer.app.getByRole("textbox", { name: "Name of the draft" }).fill("The short one");
    await buyer.app.getByTestId("post-editor").fill("A new roast, today.");
    await buyer.app.getByTestId("photo-input").setInputFiles(join(import.meta.dir, "pictures/pipe.png"));
    await buyer.app.getByTestId("post").getByRole("img", { name: "Picture" }).waitFor();
    await buyer.app.getByRole("progressbar").waitFor({ state: "detached" });
    await buyer.main.click();
    await buyer.app.getByTestId("drafts").getByText("The short one").waitFor();
    await buyer.shot("ad-draft-kept");
  });

  step("the campaign rests and is found by nobody, then goes on", async () => {
    const { buyer, seller } = stage;
    await buyer.app.getByRole("button", { name: "Pause", exact: true }).click();
    await buyer.app.getByText("Paused", { exact: true }).first().waitFor();
    await seller.go("/ads/campaigns");
    await seller.app.getByText("Кампаний пока нет").waitFor();
    await buyer.app.getByRole("button", { name: "Open again", exact: true }).click();
    await buyer.app.getByTestId("channel-matches").waitFor();
    await seller.go("/ads");
    await seller.go("/ads/campaigns");
    await seller.app.getByTestId("campaigns").getByText("small roaster").waitFor();
  });

  step(
    "a place that only its code opens is booked with the campaign's draft; the publisher has the post before them",
    async () => {
      const { buyer, seller } = stage;
      await seller.go(`/channels/${channel.id}/slots/${channel.slotId}`);
      const code = (await seller.app.locator(".code-display").textContent()) ?? "";
      await seller.shot("ad-slot-code");
      await buyer.go("/ads/channels");
      await buyer.app.getByRole("searchbox").fill(code);
      await buyer.app.getByRole("link", { name: /Open by the slot’s code/ }).click();
      await buyer.app.getByRole("radio", { name: /small roaster/ }).click();
      await buyer.app.getByTestId("draft-choice").getByRole("radio", { name: "The short one" }).click();
      await buyer.shot("ad-book-by-code");
      await buyer.main.click();
      await buyer.sees(nextEn.approve_creative.advertiser.title);
      const { items } = await stage.api(people.seller).get("/api/placements?open=true");
      await seller.go(`/placements/${items[0].id}`);
      await seller.sees(nextRu.approve_creative.publisher.title);
      await seller.app.getByTestId("post").getByText("A new roast, today.").waitFor();
      await seller.app.getByTestId("post").getByRole("img", { name: "Картинка" }).waitFor();
    },
  );

  step("the channel's page goes into a chat as a card, and opens from there", async () => {
    const { buyer, seller } = stage;
    await seller.go(`/channels/${channel.id}`);
    await seller.app.getByTestId("share").click();
    await seller.device.locator(".share .picker-row", { hasText: "Boris" }).click();
    await seller.shot("ad-share");
    await seller.device.locator(".share .wide-button").click();
    await buyer.leaveApp();
    await buyer.device.locator(".bar .back").click();
    await buyer.device.locator(".chat-row", { hasText: /Alina|Алина/ }).click();
    await buyer.device.locator(".inline-button").last().click();
    await buyer.ready();
    await buyer.app.getByTestId("figures").waitFor();
    await buyer.app.getByText(channel.title).first().waitFor();
    await buyer.shot("ad-media-kit");
  });

  step(
    "an advertiser offers terms of their own to the channel; the list opens where it waits, and the publisher accepts",
    async () => {
      const { buyer, seller } = stage;
      await buyer.main.click();
      await buyer.app.getByTestId("offer-price").fill("9.5");
      // Not at the hour that is booked already; the browser's clock is UTC as the world's.
      const day = (await inHours(stage, 48)).slice(0, 16);
      await buyer.app.locator('input[type="datetime-local"]').fill(day);
      await buyer.main.click();
      await buyer.app.getByTestId("offer-talk").getByText("9.5 GRAM").waitFor();
      await seller.go("/offers");
      await seller.app.getByRole("radio", { name: "Владелец канала", checked: true }).waitFor();
      await seller.app.getByTestId("offers-mine").getByRole("link").first().click();
      await seller.act("accept");
      await seller.app.getByTestId("accept").click();
      await seller.sees(nextRu.write_creative.publisher.title);
      await buyer.app.getByTestId("open-placement").waitFor();
    },
  );

  step(
    "what was promised comes first: the channel is named among those that cannot be sold yet",
    async () => {
      const { seller } = stage;
      await seller.go("/sell");
      await seller.app.getByText("Пока нельзя продать").waitFor();
      await seller.app.getByRole("link", { name: /Утренняя обжарка/ }).waitFor();
      await seller.shot("ad-not-for-sale");
    },
  );
});
