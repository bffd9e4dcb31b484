/** Outside of Telegram: signed in by the bot's link, told by a push of an order that was taken, signed out here and from elsewhere. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import { faultsOf } from "./looks.ts";
import { openPushService, PlainBrowser, type PushService, subscribeHere } from "./plain-browser.ts";
import { type Books, knows, openBooks } from "./prepare-services.ts";
import { openStage, type Stage, until } from "./stage.ts";

const CUSTOMER = people.buyer;
const EXECUTORS = [people.seller, people.arbiter] as const;

const dresses = [
  { name: "phone", size: { width: 390, height: 844 }, colorScheme: "light", language: "ru" },
  { name: "desk", size: { width: 1280, height: 900 }, colorScheme: "dark", language: "en" },
] as const;
const places = [
  "/deals",
  "/channels",
  "/sell",
  "/orders",
  "/orders/new",
  "/orders/mine",
  "/orders/settings",
  "/balance",
  "/balance/recharge",
  "/payments",
  "/inbox",
  "/profile",
];

let stage: Stage;
let books: Books;
let push: PushService;
let browser: PlainBrowser;
let orderId = "";

/** What a press on the phone opens outside of Telegram. */
async function opens(press: () => Promise<void>): Promise<PlainBrowser> {
  const opened = stage.context.waitForEvent("page");
  await press();
  const page = await opened;
  await page.setViewportSize({ width: 390, height: 844 });
  return new PlainBrowser(page, stage.productOrigin);
}
const inlineButton = (text: string) =>
  stage.buyer.device.locator(".inline-button", { hasText: text }).last().click();
async function enter(): Promise<void> {
  await browser.page.getByTestId("enter").click();
  await browser.page.getByRole("heading", { name: "Вы вошли как Boris" }).waitFor();
  await browser.page.getByTestId("stay").click();
  await browser.page.getByRole("heading", { name: /Здравствуйте, Boris/ }).waitFor();
  await browser.ready();
}
const take = (person: number) => stage.api(person).post(`/api/orders/${orderId}/take`);

describe.skipIf(!hasChromium)(`the app in a plain browser${skipReason}`, () => {
  beforeAll(async () => {
    push = await openPushService();
    stage = await openStage({ env: push.env });
    await subscribeHere(stage.context, stage.productOrigin, push);
    books = await openBooks(stage);
    await knows(stage, CUSTOMER, "ru");
    for (const executor of EXECUTORS) {
      await knows(stage, executor, "ru");
      await books.give(executor, 1000n);
    }
  }, 120_000);
  afterAll(async () => {
    await books?.close();
    await stage?.close();
    await push?.stop();
  });
  afterEach(() => expect(stage.complaints.all()).toEqual([]));
  const step = (name: string, work: () => Promise<void>) =>
    test(
      name,
      () =>
        stage.step(name, () =>
          work().catch(async (error) => {
            await browser?.shot("failed-in-the-browser").catch(() => undefined);
            throw error;
          }),
        ),
      60_000,
    );

  step("a visitor who wants what is one's own is told how to get in, and by whom", async () => {
    const page = await stage.context.newPage();
    const visitor = new PlainBrowser(page, stage.productOrigin);
    await page.setViewportSize({ width: 1280, height: 900 });
    await visitor.go("/deals");
    await page.getByRole("heading", { name: "Sign in to Souk" }).waitFor();
    const bot = `${stage.telegram.linkBase}/souk_local_bot?start=login`;
    expect(await page.getByRole("link", { name: "Open the bot" }).getAttribute("href")).toBe(bot);
    await page.getByRole("img", { name: /QR code/ }).waitFor();
    expect(await faultsOf(page.mainFrame())).toEqual([]);
    await visitor.shot("enter-guide-wide");
    await page.setViewportSize({ width: 320, height: 568 });
    expect(await faultsOf(page.mainFrame())).toEqual([]);
    await visitor.shot("enter-guide-narrow");
    await page.getByTestId("sign-in-link").fill("something else");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("This does not look like a link").waitFor();
    await page.getByTestId("sign-in-link").fill(`${stage.productOrigin}/enter#${"A".repeat(32)}`);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByTestId("enter").click();
    await page.getByText("This link does not work any more").waitFor();
    stage.complaints.forgive(/401.*api\/auth\/browser/);
    await page.close();
  });

  step(
    "the bot's link opens a page that asks first, names the account, and leaves no code behind",
    async () => {
      const { buyer } = stage;
      await buyer.openBot();
      await buyer.device.getByRole("textbox", { name: /^(Message|Сообщение)$/ }).fill("/login");
      await buyer.device.getByRole("button", { name: /^(Send|Отправить)$/ }).click();
      await buyer.device.locator(".inline-button", { hasText: "Открыть в браузере" }).last().waitFor();
      await buyer.shot("enter-bot");
      browser = await opens(() => inlineButton("Открыть в браузере"));
      await browser.page.getByTestId("enter").waitFor();
      expect(browser.page.url()).toBe(`${stage.productOrigin}/enter`);
      await browser.page.getByTestId("copy-link").click();
      const copied = await browser.page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toStartWith(`${stage.productOrigin}/enter#`);
      await browser.shot("enter-confirm");
      expect(await stage.api(CUSTOMER).get("/api/auth/sessions")).toEqual([]);
      await browser.page.getByTestId("enter").click();
      await browser.page.getByTestId("stay").waitFor();
      await browser.shot("enter-named");
      await browser.page.getByRole("button", { name: /Это не я|Not me/ }).click();
      await browser.page.getByText(/Здесь ничего не осталось|Nothing has stayed here/).waitFor();
      expect(await stage.api(CUSTOMER).get("/api/auth/sessions")).toEqual([]);
      await browser.page.close();
    },
  );

  step("signed in, everything of the Mini App is there, and stays over a reload", async () => {
    await stage.buyer.device.getByRole("textbox", { name: /^(Message|Сообщение)$/ }).fill("/login");
    await stage.buyer.device.getByRole("button", { name: /^(Send|Отправить)$/ }).click();
    await stage.buyer.device.locator(".inline-button", { hasText: "Открыть в браузере" }).nth(1).waitFor();
    browser = await opens(() => inlineButton("Открыть в браузере"));
    await browser.page.getByTestId("enter").click();
    await browser.page.getByTestId("stay").click();
    await browser.page.getByRole("heading", { name: /Здравствуйте, Boris/ }).waitFor();
    await browser.page.reload();
    await browser.ready();
    await browser.page.getByRole("heading", { name: /Здравствуйте, Boris/ }).waitFor();
    await browser.shot("browser-home");
    expect(await browser.page.evaluate(() => document.cookie)).toBe("");
  });

  step(
    "push is switched on, and an order that somebody takes is told by it; a tap opens the order",
    async () => {
      const { page } = browser;
      await browser.go("/profile");
      const toggle = page.getByRole("switch", { name: "Уведомления в этом браузере" });
      await toggle.click();
      await until("it is on", async () => (await toggle.getAttribute("aria-checked")) === "true");
      await page.evaluate(() => {
        const offer = new Event("beforeinstallprompt");
        dispatchEvent(Object.assign(offer, { prompt: async () => ({ outcome: "accepted" }) }));
      });
      await page.getByTestId("install").click();
      await page.getByTestId("install").waitFor({ state: "detached" });
      await browser.go("/orders/new");
      await page.getByTestId("category-plumbing").click();
      await page.getByTestId("description").fill("Течёт труба под раковиной");
      await page.getByTestId("city").fill("каза");
      await page.getByTestId("cities").getByText("Казань", { exact: true }).click();
      await page.getByTestId("contact-field").fill("8 916 555-35-35");
      await browser.main.click();
      await page.getByRole("heading", { name: "Ищем, кто поможет" }).waitFor();
      orderId = browser.path.split("/").at(-1) ?? "";
      await browser.shot("browser-order");
      await browser.go("/");
      await take(EXECUTORS[0]);
      const [told] = await until(
        "the push service has it",
        () => push.received().length > 0 && push.received(),
      );
      expect(told).toMatchObject({ link: `/orders/${orderId}` });
      if (!told) throw new Error("nothing was pushed");
      await browser.deliver(told);
      expect(await browser.shown()).toEqual([{ title: told.title, body: told.body }]);
      await browser.tap();
      await page.waitForURL(`${stage.productOrigin}/orders/${orderId}`);
      await page.getByTestId("takers").waitFor();
    },
  );

  step("what is set of notifications stands after a reload, and governs what is told", async () => {
    const { page } = browser;
    const row = (name: string) => page.getByRole("button", { name: new RegExp(`^${name}`) });
    await browser.go("/profile");
    await row("Мои заказы и отклики").click();
    await page.getByRole("radio", { name: "Не писать" }).click();
    await row("Сделки").click();
    await page.getByRole("radio", { name: "Раз в час" }).click();
    await page.getByRole("switch", { name: "Тихие часы" }).click();
    await page.getByLabel("С", { exact: true }).fill("23:30");
    await page.getByLabel("С", { exact: true }).blur();
    await until("it is kept", async () => {
      const { notificationSettings } = await stage.api(CUSTOMER).get("/api/users/me");
      return notificationSettings.quietHours?.from === "23:30";
    });
    await page.reload();
    await browser.ready();
    await row("Мои заказы и отклики").getByText("Не писать").waitFor();
    await row("Сделки").getByText("Раз в час").waitFor();
    expect(await page.getByLabel("С", { exact: true }).inputValue()).toBe("23:30");
    const before = push.received().length;
    await take(EXECUTORS[1]);
    await signInAndOut();
    const [told] = await until(
      "what comes next is told",
      () => push.received().slice(before).length > 0 && push.received().slice(before),
    );
    expect(told?.title).toBe("Вход в браузере");
  });

  test("every screen is whole on a phone and on a desk, light and dark, in both languages", async () => {
    const { page } = browser;
    const faults: string[] = [];
    for (const { name, size, colorScheme, language } of dresses) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await stage.api(CUSTOMER).put("/api/users/me/preferences", { language });
      await browser.go("/profile");
      await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
      for (const [path, called = path.slice(1).replaceAll("/", "-")] of [
        ...places.map((one) => [one] as const),
        ["/", "home"],
        [`/orders/${orderId}`, "order"],
      ] as const) {
        await browser.follow(path);
        const found = await faultsOf(page.mainFrame());
        faults.push(...found.map((fault) => `${path} ${name}: ${fault}`));
        await browser.shot(`browser-${name}-${called}`);
      }
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "light" });
    await stage.api(CUSTOMER).put("/api/users/me/preferences", { language: "ru" });
    expect(faults).toEqual([]);
  }, 60_000);

  step("signed out, this browser is a visitor's, and nothing of the person stays in it", async () => {
    await browser.go("/profile");
    await browser.page.getByTestId("sign-out").click();
    await browser.page.getByRole("link", { name: "Войти" }).waitFor();
    expect(await stage.api(CUSTOMER).get("/api/auth/sessions")).toEqual([]);
    expect(await browser.page.evaluate(() => Object.keys(localStorage))).toEqual(["souk.language"]);
    await browser.page.close();
  });

  step("from the Mini App into the browser; ended by the bot's button, the page says so", async () => {
    const { buyer } = stage;
    await buyer.open();
    await buyer.tab(/^Профиль/);
    browser = await opens(() => buyer.app.getByTestId("open-in-browser").click());
    const told = buyer.device.locator(".inline-button", { hasText: "Это не я, завершить сеанс" });
    const before = await told.count();
    await enter();
    await buyer.leaveApp();
    await buyer.openBot();
    await until("the bot tells of it", async () => (await told.count()) > before);
    await told.last().click();
    await browser.page.getByRole("heading", { name: "Сеанс завершён" }).waitFor();
    await browser.shot("browser-ended");
    stage.complaints.forgive(/401/);
    await browser.page.close();
  });
});

/** Somewhere else: the person is told of it whatever they have set, after what was to be told before. */
async function signInAndOut(): Promise<void> {
  const { url } = await stage.api(CUSTOMER).post("/api/auth/browser/links");
  const post = (path: string, headers: object, body: object) =>
    fetch(`${stage.productOrigin}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const answer = await post("/api/auth/browser", {}, { code: new URL(url).hash.slice(1) });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  await post("/api/auth/logout", { authorization: `Bearer ${accessToken}` }, {});
}
