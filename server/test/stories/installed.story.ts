/** The Mini App as a browser's own: installable, with a shell without network, and told of things while nobody looks. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { buildPages, MINI_APP } from "../../../launcher/build.ts";
import { type App, createApp } from "../../src/app.ts";
import { createWorld, type World } from "../world.ts";
import { hasChromium, launchBrowser, skipReason } from "./browser.ts";

let world: World;
let app: App;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let origin = "";

const worker = async () => context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
const told = { title: "Новый заказ", body: "Сантехника, 1,2 км", link: "/channels", tag: "t1" };

describe.skipIf(!hasChromium)(`the installed app${skipReason}`, () => {
  beforeAll(async () => {
    [world, browser] = await Promise.all([
      createWorld({ withChain: false, env: { ROLES: "web" } }),
      launchBrowser(),
      buildPages([MINI_APP]),
    ]);
    const staticDirectory = join(import.meta.dir, "../../../web/miniapp/dist");
    app = await createApp({ env: world.env, staticDirectory });
    origin = `http://localhost:${(await app.start()).port}`;
    context = await browser.newContext({ locale: "ru-RU" });
    await context.grantPermissions(["notifications"], { origin });
    page = await context.newPage();
    await page.goto(origin);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await world?.close();
  });

  test("has a manifest with icons that exist", async () => {
    const href = await page.locator('link[rel="manifest"]').getAttribute("href");
    const manifest = await (await page.request.get(origin + href)).json();
    expect(manifest).toMatchObject({ display: "standalone", start_url: "/" });
    for (const { src } of manifest.icons) {
      const icon = await page.request.get(origin + src);
      expect([icon.status(), icon.headers()["content-type"]]).toEqual([200, "image/png"]);
    }
  });

  test("shows what was pushed while nobody looked, and a tap leads there", async () => {
    const devtools = await context.newCDPSession(page);
    const registration = new Promise<string>((resolve) => {
      devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        if (registrations[0]) resolve(registrations[0].registrationId);
      });
    });
    await devtools.send("ServiceWorker.enable");
    await devtools.send("ServiceWorker.deliverPushMessage", {
      origin,
      registrationId: await registration,
      data: JSON.stringify(told),
    });
    const shown = () =>
      page.evaluate(async () => {
        const found = await (await navigator.serviceWorker.ready).getNotifications();
        return found.map(({ title, body, tag }) => ({ title, body, tag }));
      });
    while ((await shown()).length === 0) await Bun.sleep(50);
    expect(await shown()).toEqual([{ title: told.title, body: told.body, tag: told.tag }]);
    await page.goto(`${origin}/`);
    await (await worker()).evaluate(async () => {
      const scope = globalThis as unknown as {
        registration: { getNotifications(): Promise<unknown[]> };
        NotificationEvent: new (type: string, init: { notification: unknown }) => Event;
        dispatchEvent(event: Event): boolean;
      };
      const [notification] = await scope.registration.getNotifications();
      scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
    });
    await page.waitForURL(`${origin}/channels`);
    while ((await shown()).length > 0) await Bun.sleep(50);
  }, 60_000);

  test("without network opens, says so, and gives no old answer of the API", async () => {
    await context.setOffline(true);
    await page.reload();
    await page
      .getByText(/нет связи|нет сети|нет интернета|не удалось связаться/i)
      .first()
      .waitFor();
    const answer = await page.evaluate(() =>
      fetch("/api/config").then(
        () => "answered",
        () => "no network",
      ),
    );
    expect(answer).toBe("no network");
    await context.setOffline(false);
    await page.reload();
    await page.getByRole("heading").first().waitFor();
  }, 60_000);
});
