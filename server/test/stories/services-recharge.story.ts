/** An executor without money: what is missing is said before the press, it is paid by card, and one is back at the order that waits. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { people } from "../world.ts";
import { hasChromium, PICTURES, skipReason } from "./browser.ts";
import { ask, knows, orderLink } from "./prepare-services.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let orderId = "";

describe.skipIf(!hasChromium)(`the balance is empty${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage();
    await knows(stage, people.buyer, "ru");
    await knows(stage, people.seller, "ru");
  }, 120_000);
  afterAll(() => stage?.close());
  afterEach(() => expect(stage.complaints.all()).toEqual([]));
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 60_000);

  /** The provider's page beside the Mini App, as Telegram opens links of Mini Apps. */
  const openPage = async (): Promise<Page> => {
    const opened = stage.context.waitForEvent("page");
    await stage.seller.app.getByTestId("pay-page").click();
    const page = await opened;
    await page.locator("form").waitFor();
    return page;
  };
  const rubles = async () => {
    const { balances } = await stage.api(people.seller).get("/api/balance");
    return balances.find(({ asset }: { asset: string }) => asset === "RUB");
  };

  step("the order says what is missing, and the button leads to the top-up", async () => {
    const { seller } = stage;
    orderId = await ask(stage, people.buyer, { contact: "@boris_helps" });
    await seller.open(orderLink(orderId));
    await seller.app.getByTestId("not-enough").getByText("Не хватает 2 ₽").waitFor();
    await seller.shot("services-not-enough");
    await seller.main.click();
    await seller.app.getByTestId("recharge-amount").waitFor();
    expect(await seller.app.getByTestId("recharge-amount").inputValue()).toBe("100");
    await seller.shot("services-recharge");
  });

  step(
    "by card or by SBP is the payer's choice; the bank declines the card, and nothing was taken",
    async () => {
      const { seller } = stage;
      await seller.main.click();
      await seller.app.getByTestId("mean-yookassa-sbp-RUB").waitFor();
      await seller.app.getByTestId("mean-yookassa-bank_card-RUB").click();
      await seller.shot("recharge-ways");
      await seller.app.getByTestId("pay-go").click();
      await seller.app.getByTestId("pay-page").waitFor();
      await seller.shot("recharge-by-card");
      // On a phone there is no other phone to read a code with.
      expect(await seller.app.getByTestId("pay-on-phone").count()).toBe(0);
      const page = await openPage();
      await page.screenshot({ path: join(PICTURES, "checkout.png"), fullPage: true });
      await page.getByRole("button", { name: /declines|откажет/ }).click();
      await page.getByRole("heading").waitFor();
      await page.close();
      await seller.app.getByTestId("pay-failed").getByText("Банк отклонил платёж").waitFor();
      await seller.shot("recharge-declined");
      expect(await rubles()).toBeUndefined();
    },
  );

  step("by SBP it is paid; while one looks, the Mini App says so, and leads back to the order", async () => {
    const { seller } = stage;
    await seller.app.getByTestId("mean-yookassa-sbp-RUB").click();
    await seller.app.getByTestId("pay-go").click();
    const page = await openPage();
    await page.getByRole("button", { name: /^(Pay|Оплатить)/ }).click();
    const back = page.getByRole("link", { name: /Back|Вернуться/ });
    await back.waitFor();
    await page.screenshot({ path: join(PICTURES, "checkout-paid.png"), fullPage: true });
    // The way back is the Mini App itself, at this payment.
    expect(await back.getAttribute("href")).toMatch(/\/souk_local_bot\/app\?startapp=p_[0-9a-f]{32}$/);
    await page.close();
    await seller.app.getByTestId("pay-done").waitFor();
    await seller.shot("recharge-paid");
    await seller.app.getByTestId("pay-done").click();
    await seller.app.getByTestId("available").getByText("100 ₽").waitFor();
    await seller.app.getByTestId("take-terms").waitFor();
  });

  step("one tap takes it: a name in Telegram to write to, and two rubles set aside", async () => {
    const { seller } = stage;
    await seller.main.click();
    await seller.sees("Свяжитесь с заказчиком");
    await seller.app.getByTestId("contact-text").getByText("@boris_helps").waitFor();
    expect(await seller.app.getByTestId("contact-call").count()).toBe(0);
    expect(await rubles()).toMatchObject({ available: "9800", held: "200" });
  });

  step("at a computer the page of the payment is a code for the phone as well", async () => {
    const { seller } = stage;
    const topUp = { asset: "RUB", amount: "50000" };
    const { id } = await stage.api(people.seller).post("/api/balance/recharge", topUp);
    await seller.become("weba");
    await seller.go(`/payments/${id}`);
    await seller.app.getByTestId("pay-on-phone").click();
    await seller.app.getByTestId("pay-qr").locator("path").waitFor();
    await seller.app.getByTestId("pay-qr").scrollIntoViewIfNeeded();
    await seller.shot("recharge-on-phone");
    await seller.become("ios");
  });

  step("the link back opens the Mini App at the payment, which leads on to the order", async () => {
    const { seller } = stage;
    const { items } = await stage.api(people.seller).get("/api/payments");
    const payment = items.find(({ status }: { status: string }) => status === "paid");
    await seller.open(`p_${payment.id.replaceAll("-", "")}`);
    await seller.app.getByTestId("pay-done").click();
    await seller.app.getByTestId("contact-text").waitFor();
  });
});
