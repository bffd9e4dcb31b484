/** An executor without money: what is missing is said before the press, it is paid by card, and one is back at the order that waits. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import { ask, knows, orderLink } from "./prepare-services.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let orderId = "";

describe.skipIf(!hasChromium)(`the balance is empty${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage({
      program: join(import.meta.dir, "../programs/with-cards.ts"),
      env: { PAYMENT_MEANS: "stars=balance@telegram; cards=balance@any" },
    });
    await knows(stage, people.buyer, "ru");
    await knows(stage, people.seller, "ru");
  }, 120_000);
  afterAll(() => stage?.close());
  afterEach(() => expect(stage.complaints.all()).toEqual([]));
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 60_000);

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

  step("paid by card on the provider's page, one is back at the order with the money there", async () => {
    const { seller } = stage;
    await seller.main.click();
    const opened = stage.context.waitForEvent("page");
    await seller.app.getByTestId("pay-page").click();
    const page = await opened;
    await page.getByRole("button", { name: "Pay by card" }).click();
    await page.getByText("Paid").waitFor();
    await page.close();
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
    const { balances } = await stage.api(people.seller).get("/api/balance");
    expect(balances.find(({ asset }: { asset: string }) => asset === "RUB")).toMatchObject({
      available: "9800",
      held: "200",
    });
  });
});
