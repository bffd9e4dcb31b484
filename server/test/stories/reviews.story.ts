/** A sale is over: both rate each other, answer, complain, and a moderator decides; by taps and by keyboard, and it looks right. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import { faultsOf, namelessOf } from "./looks.ts";
import type { Phone } from "./phone.ts";
import { deliver, join, offer, type Prepared, pay, reaches, settleIn } from "./prepare.ts";
import { openStage, type Stage } from "./stage.ts";

const DAY_SECONDS = 86_400;
const wide = { width: 390, height: 844 };
const narrow = { width: 320, height: 568 };
const desk = { width: 1680, height: 1000 };

let stage: Stage;
let sale: Prepared;
let others: string;

describe.skipIf(!hasChromium)(`a sale is reviewed${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage({ env: { STAFF: `${people.arbiter}:arbiter,${people.arbiter}:moderator` } });
    await settleIn(stage, people.arbiter, "en");
    await settleIn(stage, people.seller, "ru");
    await settleIn(stage, people.buyer, "en");
    others = (await offer(stage, "quiet_shelf")).listingId;
    sale = await deliver(stage, await pay(stage, await join(stage, await offer(stage, "morning_roast"))));
    await stage.advance(DAY_SECONDS + 300);
    await reaches(stage, sale, "RELEASED");
  }, 180_000);
  afterAll(() => stage?.close());
  afterEach(() => expect(stage.complaints.all()).toEqual([]));
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 90_000);

  step(
    "the buyer is asked for stars before it is sent, gives them by the arrow keys, and sees it wait",
    async () => {
      const { buyer } = stage;
      await buyer.openDeal(sale.dealId);
      await buyer.app.getByTestId("write-review").click();
      const sheet = buyer.app.getByTestId("review-sheet");
      await sheet.locator(".sheet-actions .button").click();
      await sheet.getByRole("alert").getByText("Choose from one to five stars.").waitFor();
      const stars = sheet.getByRole("radiogroup", { name: "Your rating" });
      await stars.getByRole("radio").first().focus();
      for (const name of ["2 of 5: bad", "3 of 5: fair", "4 of 5: good"]) {
        await stage.page.keyboard.press("ArrowRight");
        await stars.getByRole("radio", { name, checked: true }).waitFor();
      }
      await sheet.getByRole("textbox").fill("Everything as agreed, the transfer took an evening longer.");
      await picture(buyer, "review-sheet", ".sheet");
      await sheet.locator(".sheet-actions .button").click();
      await sheet.waitFor({ state: "detached" });
      await buyer.app.getByText("Only you see it so far.").waitFor();
      expect(await buyer.app.getByTestId("write-review").count()).toBe(0);
    },
  );

  step("the seller is told that there is one, not what it says; writes too, and both see both", async () => {
    const { buyer, seller } = stage;
    await seller.press("Оставить отзыв");
    await seller.app.getByTestId("write-review").click();
    expect(await seller.app.getByText("Everything as agreed").count()).toBe(0);
    const sheet = seller.app.getByTestId("review-sheet");
    await sheet.getByRole("radio", { name: "5 из 5: отлично" }).click();
    await sheet.locator(".sheet-actions .button").click();
    await seller.app.getByText("Everything as agreed").waitFor();
    await buyer.app.getByRole("img", { name: "Rated 5 of 5" }).waitFor();
  });

  step(
    "the seller answers; a stranger to the deal reads it all beside an offer of the seller's",
    async () => {
      const { arbiter, seller } = stage;
      await seller.app.getByRole("button", { name: "Ответить" }).click();
      const sheet = seller.app.getByTestId("answer-sheet");
      await sheet.getByRole("textbox").fill("Telegram просил подождать, дурачьё!");
      await picture(seller, "answer-sheet", ".sheet");
      await sheet.locator(".sheet-actions .button").click();
      await seller.app.getByText("дурачьё").waitFor();
      await picture(seller, "deal-with-reviews", '[data-testid="reviews"]');
      await arbiter.open();
      await arbiter.go(`/listings/${others}`);
      await arbiter.app.getByTestId("rating").getByText("4.0 · 1 review").waitFor();
      await arbiter.app.getByTestId("rating").scrollIntoViewIfNeeded();
      await arbiter.shot("listing-with-rating");
      await arbiter.app.getByTestId("rating").click();
      await arbiter.app.getByText("Everything as agreed").waitFor();
      await picture(arbiter, "reviews", "main");
    },
  );

  step("the buyer reports the answer; the moderator hides it, and the buyer hears", async () => {
    const { arbiter, buyer, seller } = stage;
    await buyer.app.getByRole("button", { name: "Report the answer" }).click();
    const sheet = buyer.app.getByTestId("complaint-sheet");
    await sheet.getByRole("radio", { name: "Insults or threats" }).click();
    await picture(buyer, "complaint-sheet", ".sheet");
    await sheet.locator(".sheet-actions .button").click();
    await sheet.waitFor({ state: "detached" });
    await arbiter.go("/profile");
    await arbiter.app.getByRole("link", { name: "Moderator’s desk" }).click();
    await arbiter.app.getByTestId("complaint").getByText("дурачьё").waitFor();
    await picture(arbiter, "moderation", "main");
    await arbiter.app.getByTestId("uphold").click();
    await arbiter.app.getByTestId("decide-sheet").locator(".sheet-actions .button").click();
    await arbiter.app.getByText("No complaints").waitFor();
    await buyer.app.getByText("дурачьё").waitFor({ state: "detached" });
    expect(await seller.app.getByText("дурачьё").count()).toBe(1);
    await buyer.openBot();
    await buyer.device.locator(".bubble.in", { hasText: "Complaint upheld" }).waitFor({ state: "attached" });
  });
});

/** Wide and narrow, light and dark, in both languages: nothing leaves its box, nothing pale, small or nameless. */
async function picture(phone: Phone, name: string, part: string): Promise<void> {
  const frame = await phone.frame();
  const place = [people.seller, people.buyer, people.arbiter].indexOf(phone.person as 1001);
  const before = (await stage.api(phone.person).get("/api/users/me")).language;
  const found: string[] = [];
  await stage.page.setViewportSize(wide);
  await stage.page.locator(".tabs button").nth(place).click();
  for (const language of ["en", "ru"] as const)
    for (const theme of ["light", "dark"] as const) {
      await dress(phone, language, theme);
      for (const [size, viewport] of Object.entries({ wide, narrow })) {
        await stage.page.setViewportSize(viewport);
        await phone.app.locator(part).first().scrollIntoViewIfNeeded();
        const faults = await faultsOf(frame);
        if (size === "wide" && theme === "light") faults.push(...(await namelessOf(stage.page, frame)));
        found.push(...faults.map((fault) => `${name} ${size} ${theme} ${language}: ${fault}`));
        await phone.shot(`${name}-${size}-${theme}-${language}`);
      }
    }
  await dress(phone, before, "light");
  await stage.page.setViewportSize(desk);
  expect(found).toEqual([]);
}

async function dress(phone: Phone, language: "en" | "ru", theme: "light" | "dark"): Promise<void> {
  await stage.telegram.act(phone.person, { type: "setTheme", theme });
  await stage.api(phone.person).put("/api/users/me/preferences", { language });
  const frame = await phone.frame();
  await frame.waitForFunction(
    (wanted) =>
      document.documentElement.lang === wanted.language &&
      document.documentElement.dataset.theme === wanted.theme,
    { language, theme },
    { polling: 50 },
  );
}
