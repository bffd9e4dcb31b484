/** Help within the hour, by two people with two phones: asked for, taken, answered, rated; nobody came; nobody answered; a complaint. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { people } from "../world.ts";
import { hasChromium, skipReason, staleSession } from "./browser.ts";
import { ask, type Books, knows, openBooks, orderLink } from "./prepare-services.ts";
import { openStage, type Stage, until } from "./stage.ts";

const MINUTE = 60;
const CUSTOMER = people.buyer;
const EXECUTOR = people.seller;
const MODERATOR = people.arbiter;
const HERE = { latitude: 55.79612, longitude: 49.10641 };

let stage: Stage;
let books: Books;

const available = () => stage.seller.app.getByTestId("available");
const orderOf = (person: number, id: string) => stage.api(person).get(`/api/orders/${id}`);

describe.skipIf(!hasChromium)(`urgent help${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage({ env: { STAFF: `${MODERATOR}:moderator` } });
    await stage.context.grantPermissions(["geolocation"]);
    await stage.context.setGeolocation(HERE);
    books = await openBooks(stage);
    await knows(stage, CUSTOMER, "ru");
    await knows(stage, EXECUTOR, "ru");
    await knows(stage, MODERATOR, "ru");
    await books.give(EXECUTOR, 1000n);
  }, 120_000);
  afterAll(async () => {
    await books?.close();
    await stage?.close();
  });
  afterEach(() => {
    stage.complaints.forgive(staleSession);
    expect(stage.complaints.all()).toEqual([]);
  });
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 60_000);
  let orderId = "";
  const countRequests = (path: string): (() => number) => {
    let count = 0;
    stage.context.on("request", (request) => {
      if (new URL(request.url()).pathname === path) count += 1;
    });
    return () => count;
  };

  step(
    "the customer asks in under a minute: a tile, a few words, a photo, a city by its first letters, the place by a press",
    async () => {
      const { buyer } = stage;
      await buyer.open();
      await buyer.market(/Позвать на помощь/);
      await buyer.main.click();
      await buyer.app.getByText("Выберите, какая нужна помощь.").waitFor();
      await buyer.app.getByTestId("category-plumbing").click();
      await buyer.app.getByTestId("description").fill("Течёт труба под раковиной");
      await buyer.app.getByTestId("photo-input").setInputFiles(join(import.meta.dir, "pictures/pipe.png"));
      await buyer.app.getByRole("progressbar").waitFor({ state: "detached" });
      await buyer.app.getByTestId("city").fill("каза");
      await buyer.app.getByTestId("cities").getByText("Казань", { exact: true }).click();
      await buyer.app.getByTestId("here").click();
      await buyer.app.getByText("Место указано").waitFor();
      expect(await buyer.app.getByTestId("city").inputValue()).toBe("Казань");
      await buyer.app.getByTestId("contact-field").fill("8 916 555-35-35");
      await buyer.shot("services-new");
      await buyer.main.click();
      await buyer.sees("Ищем, кто поможет");
      await buyer.shot("services-waiting");
      const { orders } = await stage.api(CUSTOMER).get("/api/orders?scope=mine");
      orderId = orders[0].id;
      expect(orders[0]).toMatchObject({
        city: "Казань",
        contact: "+79165553535",
        photos: [expect.any(String)],
      });
    },
  );

  step(
    "the executor sees it in the live list by itself, and what it costs before anything is paid",
    async () => {
      const { seller } = stage;
      await seller.open();
      await seller.market(/Брать заказы/);
      await seller.app.getByTestId(`order-${orderId}`).waitFor();
      const rereads = countRequests(`/api/orders/${orderId}`);
      const second = await ask(stage, people.arbiter, { category: "locks", city: "Омск" });
      await seller.app.getByTestId(`order-${second}`).waitFor();
      // The customer's screen shows another order: news of this one are none of its business.
      await Bun.sleep(1_400);
      expect(rereads()).toBe(0);
      await seller.shot("services-list");
      await seller.app.getByTestId(`order-${orderId}`).click();
      await seller.app.getByTestId("take-terms").getByText("Контакт заказчика — 2 ₽").waitFor();
      expect(await seller.app.getByText("555-35-35").count()).toBe(0);
      await seller.shot("services-order");
    },
  );

  step("one tap takes it: the contact is there, and the money is set aside", async () => {
    const { seller, buyer } = stage;
    await seller.main.click();
    await seller.sees("Свяжитесь с заказчиком");
    await seller.app.getByTestId("contact-text").getByText("+7 916 555-35-35").waitFor();
    expect(await seller.app.getByTestId("contact-call").getAttribute("href")).toBe("tel:+79165553535");
    expect(await seller.app.getByTestId("contact-message").getAttribute("href")).toBe(
      "https://t.me/+79165553535",
    );
    const map = seller.app.getByRole("link", { name: "На карте" });
    expect(await map.getAttribute("href")).toContain(`pt=${HERE.longitude},${HERE.latitude}`);
    await seller.shot("services-taken");
    await buyer.sees("Вам позвонят: выберите, кто поможет");
    await buyer.shot("services-respond");
  });

  step("one tap answers: the executor is chosen; one more rates them", async () => {
    const { seller, buyer } = stage;
    await buyer.app.getByTestId(`choose-${EXECUTOR}`).click();
    await buyer.sees("Вопрос решён");
    await seller.sees("Выбрали вас");
    await buyer.shot("services-rate");
    await buyer.app.getByTestId(`stars-${EXECUTOR}`).getByRole("radio").nth(4).click();
    await buyer.app.getByTestId("takers").getByText("Оценено").waitFor();
    await buyer.shot("services-answered");
    expect(await orderOf(CUSTOMER, orderId)).toMatchObject({ status: "closed", outcome: "answered" });
  });

  step(
    "nobody takes: at the end of the hour the order closes by itself, and asking again keeps what is known",
    async () => {
      const { buyer } = stage;
      const lonely = await ask(stage, CUSTOMER, { category: "pets" });
      await buyer.open(orderLink(lonely));
      await buyer.sees("Ищем, кто поможет");
      await stage.advance(60 * MINUTE + 1);
      await buyer.open(orderLink(lonely));
      await buyer.sees("За час никто не взялся");
      await buyer.shot("services-expired");
      await buyer.app.getByTestId("ask-again").click();
      expect(await buyer.app.getByTestId("category-pets").getAttribute("aria-checked")).toBe("true");
      expect(await buyer.app.getByTestId("city").inputValue()).toBe("Казань");
    },
  );

  step(
    "taken and left in silence: a quarter of an hour later the executor has the money back, and sees it",
    async () => {
      const { seller } = stage;
      const silent = await ask(stage, CUSTOMER, { category: "courier" });
      await seller.open(orderLink(silent));
      await available().getByText("8 ₽").waitFor();
      await seller.main.click();
      await seller.sees("Свяжитесь с заказчиком");
      await stage.advance(15 * MINUTE + 1);
      await until("the order is written down as over", async () => {
        const { take } = await orderOf(EXECUTOR, silent);
        return take.state === "refunded";
      });
      await seller.open(orderLink(silent));
      await seller.sees("2 ₽ вернулись");
      await seller.shot("services-refunded");
      await seller.go("/orders/work");
      await available().getByText("8 ₽").waitFor();
      await seller.app.getByTestId("taken-orders").getByText("Курьер").first().waitFor();
      const figures = seller.app.getByTestId("figures");
      for (const [row, value] of [
        ["Взято заказов", "2"],
        ["Выбрали вас", "1"],
        ["Отложено", "0 ₽"],
        ["Оплачено", "2 ₽"],
        ["Возвращено", "2 ₽"],
      ] as const)
        await figures.locator(".cell", { hasText: row }).getByText(value, { exact: true }).waitFor();
      await seller.go("/balance");
      const history = seller.app.getByTestId("history");
      await history.getByText("Контакт заказчика").first().waitFor();
      await history.getByText("Возврат за заказ").first().waitFor();
      await seller.go("/orders/work");
      await figures.waitFor();
      await seller.shot("services-work");
    },
  );

  step(
    "the executor says how often to be told of new orders; one's own orders are told as before",
    async () => {
      const { seller } = stage;
      await seller.go("/orders/settings");
      await seller.app.getByRole("switch", { name: /Сообщать о новых заказах/ }).click();
      await seller.app.getByTestId("cadence").click();
      await seller.app.getByRole("radio", { name: "Раз в 15 минут" }).click();
      await seller.app.getByTestId("cadence").getByText("Раз в 15 минут").waitFor();
      await seller.shot("services-settings");
      const { notificationSettings } = await stage.api(EXECUTOR).get("/api/users/me");
      expect(notificationSettings.cadence).toMatchObject({ new_orders: "quarter", orders: "now" });
    },
  );

  step("a complaint: one of the fixed reasons, and it is with the moderators", async () => {
    const { seller } = stage;
    const bad = await ask(stage, CUSTOMER, { category: "beauty" });
    await seller.open(orderLink(bad));
    await seller.main.click();
    await seller.sees("Свяжитесь с заказчиком");
    await seller.app.getByTestId("complain").click();
    const sheet = seller.app.getByTestId("complaint-sheet");
    await sheet.getByRole("radio", { name: "Контакт не существует или чужой" }).click();
    await seller.shot("services-complain");
    await sheet.getByRole("button", { name: "Отправить жалобу" }).click();
    await seller.app.getByText("Жалоба отправлена: её смотрит модератор.").waitFor();
    expect((await orderOf(EXECUTOR, bad)).take.hasComplained).toBe(true);
  });

  step("the moderator tries the contact and finds it dead: the executor has the money back", async () => {
    const { seller, arbiter } = stage;
    await arbiter.open();
    await arbiter.go("/moderation");
    await arbiter.app.getByTestId("disputed").click();
    await arbiter.app.getByTestId("contact-text").waitFor();
    await arbiter.app.getByTestId("dispute-takes").getByText("Пожаловался").waitFor();
    await arbiter.shot("services-dispute");
    await arbiter.go("/moderation");
    await arbiter.app.getByTestId("uphold").click();
    await arbiter.app.getByTestId("decide-sheet").getByRole("button", { name: "Решить" }).click();
    await arbiter.app.getByText("Жалоб нет").waitFor();
    await seller.sees("2 ₽ вернулись");
  });
});
