/** From a campaign to a post that is paid for and scheduled: an offer, other terms, the creative, the money, by taps alone. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import nextEn from "../../src/markets/channels/placements/copy-next.en.ts";
import nextRu from "../../src/markets/channels/placements/copy-next.ru.ts";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let placementId = "";

describe.skipIf(!hasChromium)(`an advertisement runs${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 240_000);
  afterEach(() => expect(stage.complaints.all()).toEqual([]));

  step("a publisher opens a channel to advertising", async () => {
    const { seller } = stage;
    await seller.arrive("Русский");
    await seller.app.getByRole("link", { name: /Зарабатывать на канале/ }).click();
    await seller.app.getByRole("link", { name: /Мои каналы/ }).click();
    await seller.app.getByTestId("pick-channel").click();
    await seller.device.locator(".picker-row", { hasText: "Утренняя обжарка" }).click();
    await seller.device.getByRole("alertdialog").getByRole("button", { name: "Разрешить" }).click();
    await seller.app.getByRole("link", { name: /Утренняя обжарка/ }).click();
    await seller.app.getByRole("button", { name: "Открыть для рекламы" }).click();
    await seller.app.getByRole("button", { name: "Еда" }).click();
    await seller.main.click();
    await seller.app.getByTestId("own-slots").waitFor();
    await seller.shot("ad-manage");
  });

  step("an advertiser begins a campaign", async () => {
    const { buyer } = stage;
    await buyer.arrive("English");
    await buyer.tab(/Profile/);
    await buyer.app.getByRole("link", { name: "My campaigns" }).click();
    await buyer.main.click();
    await buyer.app.getByLabel("Name", { exact: true }).fill("Beans of a small roaster");
    await buyer.app.getByLabel("What you advertise").fill("A new roast for people who brew at home.");
    await buyer.app.getByTestId("campaign-budget").fill("50");
    await buyer.app.getByRole("button", { name: "Food" }).click();
    await buyer.main.click();
    await buyer.app.getByTestId("budget").getByText("50 GRAM").first().waitFor();
    await buyer.app.getByTestId("channel-matches").getByText("Subject: Food").waitFor();
    await buyer.shot("ad-campaign");
  });

  step("the publisher finds it and offers a place", async () => {
    const { seller } = stage;
    await seller.go("/ads/campaigns");
    await seller.app
      .getByTestId("campaigns")
      .getByRole("link", { name: /small roaster/ })
      .click();
    await seller.main.click();
    await seller.app.getByTestId("offer-price").fill("14");
    await seller.app.getByLabel("Несколько слов").fill("Читают утром, лучше в восемь.");
    await seller.main.click();
    await seller.card.waitFor();
    await seller.app.getByTestId("offer-talk").getByText("14 GRAM").waitFor();
  });

  step("the advertiser names other terms, and the publisher accepts them", async () => {
    const { buyer, seller } = stage;
    await buyer.app
      .getByTestId("campaign-offers")
      .getByRole("link", { name: /Answer/ })
      .click();
    await buyer.act("counter");
    await buyer.app.getByTestId("counter-price").fill("12.5");
    await buyer.app.getByTestId("send-counter").click();
    await buyer.app.getByTestId("offer-talk").getByText("12.5 GRAM").waitFor();
    await buyer.shot("ad-offer-waits");
    await seller.app.getByTestId("action-accept").waitFor();
    await seller.shot("ad-offer-countered");
    await seller.act("accept");
    await seller.connectWallet();
    await seller.app.getByTestId("accept").click();
    await seller.sees(nextRu.write_creative.publisher.title);
    const { items } = await stage.api(people.seller).get("/api/placements?open=true");
    placementId = items[0].id;
  });

  step("the advertiser writes the post, and the publisher agrees to it", async () => {
    const { buyer, seller } = stage;
    await buyer.app.getByTestId("open-placement").click();
    await buyer.sees(nextEn.write_creative.advertiser.title);
    await buyer.act("edit_creative");
    const text = buyer.app.getByTestId("post-editor");
    await text.fill("A new roast\n\nFor people who brew at home.");
    await text.press("Control+Home");
    await text.press("Shift+End");
    await buyer.app.getByRole("button", { name: "Bold" }).click();
    await buyer.app.getByTestId("post").locator("b", { hasText: "A new roast" }).waitFor();
    await buyer.app.getByRole("button", { name: "Add a button" }).click();
    await buyer.app.getByRole("textbox", { name: "Button 1" }).fill("See the beans");
    await buyer.app.getByRole("textbox", { name: "Link", exact: true }).fill("coffee.example/beans");
    await buyer.shot("ad-editor");
    await buyer.main.click();
    await buyer.connectWallet();
    await buyer.sees(nextEn.approve_creative.advertiser.title);
    await seller.app.getByTestId("action-approve").waitFor();
    await seller.app.getByTestId("post").locator("b", { hasText: "A new roast" }).waitFor();
    await seller.act("approve");
    await seller.shot("ad-approve");
    await seller.app.getByTestId("approve").click();
  });

  step("paid into escrow, the post is scheduled on both phones", async () => {
    const { buyer, seller } = stage;
    if (await approvesToo()) await buyer.app.getByTestId("approve").click();
    await buyer.sees(nextEn.pay.advertiser.title);
    await buyer.act("pay");
    await buyer.sign();
    await Promise.all([
      buyer.sees(nextEn.bot_posts.advertiser.title),
      seller.sees(nextRu.bot_posts.publisher.title),
    ]);
    await buyer.shot("ad-scheduled");
  });
});

const placement = () => stage.api(people.buyer).get(`/api/placements/${placementId}`);

/** Who proposed a version may have to say so once more. */
async function approvesToo(): Promise<boolean> {
  const { nextStep } = await placement();
  if (!nextStep.actions.includes("approve")) return false;
  await stage.buyer.act("approve");
  return true;
}
