/** From a campaign to a publisher who is paid: an offer, other terms, the creative with its picture, the money, the hours, both reviews, by taps alone. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import nextEn from "../../src/markets/channels/placements/copy-next.en.ts";
import nextRu from "../../src/markets/channels/placements/copy-next.ru.ts";
import { people } from "../world.ts";
import { hasChromium, skipReason, staleSession } from "./browser.ts";
import { goesOut, hoursPass } from "./prepare-ads.ts";
import { openStage, type Stage, until } from "./stage.ts";

let stage: Stage;
let placementId = "";

describe.skipIf(!hasChromium)(`an advertisement runs${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 240_000);
  afterEach(() => {
    stage.complaints.forgive(staleSession);
    expect(stage.complaints.all()).toEqual([]);
  });

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
    await buyer.app.getByTestId("photo-input").setInputFiles(join(import.meta.dir, "pictures/pipe.png"));
    await buyer.app.getByTestId("post").getByRole("img", { name: "Picture" }).waitFor();
    await buyer.app.getByRole("progressbar").waitFor({ state: "detached" });
    await buyer.app.getByRole("button", { name: "Add a button" }).click();
    await buyer.app.getByRole("textbox", { name: "Button 1" }).fill("See the beans");
    await buyer.app.getByRole("textbox", { name: "Link", exact: true }).fill("coffee.example/beans");
    await buyer.shot("ad-editor");
    await buyer.main.click();
    await buyer.connectWallet();
    await buyer.sees(nextEn.approve_creative.advertiser.title);
    await seller.app.getByTestId("action-approve").waitFor();
    await seller.app.getByTestId("post").locator("b", { hasText: "A new roast" }).waitFor();
    await seller.app.getByTestId("post").getByRole("img", { name: "Картинка" }).waitFor();
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

  step("at its minute it stands in the channel, picture and all", async () => {
    const { buyer, seller } = stage;
    await goesOut(stage, placementId);
    const { post, phase } = await placement();
    expect({ phase, delaySeconds: post.delaySeconds < 120 }).toEqual({ phase: "live", delaySeconds: true });
    const posted = stage.telegram
      .state(people.seller)
      .chats.flatMap(({ messages }) => messages)
      .find(({ text, photo }) => text.startsWith("A new roast") && photo !== null);
    expect(posted?.id).toBe(post.messageIds[0]);
    await buyer.openDeal(placementId);
    await buyer.app.getByTestId("post-state").getByText("Stands", { exact: true }).waitFor();
    await buyer.shot("ad-live");
    await seller.openDeal(placementId);
    await seller.app.getByTestId("post-state").waitFor();
  });

  step("it stands its hours, is verified, and the publisher is paid", async () => {
    const { buyer, seller } = stage;
    const isOver = async () => (await placement()).nextStep.key === "hold_ends";
    await hoursPass(stage, 50, isOver);
    await until("the last look found it", isOver, 30_000);
    await buyer.openDeal(placementId);
    await buyer.sees(nextEn.hold_ends.advertiser.title);
    await buyer.shot("ad-verified");
    const isDone = async () => (await placement()).phase === "done";
    await hoursPass(stage, 30, isDone);
    await until("it is paid", isDone, 30_000);
    expect((await placement()).outcome).toBe("released");
    await buyer.openDeal(placementId);
    await buyer.sees(nextEn.released.advertiser.title);
    await buyer.shot("ad-released");
    await seller.openDeal(placementId);
    await seller.sees(nextRu.released.publisher.title);
  });

  step("each rates the other, and both see both", async () => {
    const { buyer, seller } = stage;
    await buyer.app.getByTestId("write-review").click();
    const written = buyer.app.getByTestId("review-sheet");
    await written.getByRole("radio", { name: "4 of 5: good" }).click();
    await written.getByRole("textbox").fill("On time, and the readers did come.");
    await written.locator(".sheet-actions .button").click();
    await written.waitFor({ state: "detached" });
    await seller.app.getByTestId("write-review").click();
    expect(await seller.app.getByText("the readers did come").count()).toBe(0);
    const answer = seller.app.getByTestId("review-sheet");
    await answer.getByRole("radio", { name: "5 из 5: отлично" }).click();
    await answer.locator(".sheet-actions .button").click();
    await seller.app.getByText("the readers did come").waitFor();
    await buyer.app.getByRole("img", { name: "Rated 5 of 5" }).waitFor();
    await buyer.shot("ad-reviews");
  });

  step("the figures of both: what it cost, what it brought, and the same as a file", async () => {
    const { buyer, seller } = stage;
    await buyer.go("/ads/figures/advertiser");
    await buyer.app.getByTestId("sums").getByText("12.5 GRAM").waitFor();
    await buyer.app
      .getByTestId("history")
      .getByRole("link", { name: /Утренняя обжарка/ })
      .waitFor();
    await buyer.shot("ad-figures-advertiser");
    const saved = stage.page.waitForEvent("download");
    await buyer.app.getByTestId("figures-download").click();
    const rows = readFileSync(await (await saved).path(), "utf8")
      .trim()
      .split(/\r?\n/);
    expect([rows.length, rows[1]?.includes("12.5")]).toEqual([2, true]);
    await seller.go("/ads/figures/publisher");
    // 97 % of the price.
    await seller.app.getByTestId("sums").getByText("12,125 GRAM").waitFor();
    await seller.shot("ad-figures-publisher");
    await seller.go("/ads/mine");
    await seller.app.getByRole("link", { name: /Утренняя обжарка/ }).click();
    await seller.app.getByRole("link", { name: "Как видят рекламодатели" }).click();
    // The advertiser's stars, in the channel's average at once.
    await seller.app.getByText("4,0").first().waitFor();
    await seller.shot("ad-card-rated");
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
