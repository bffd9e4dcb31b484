/** The Mini App as a browser's own: installable, with a shell without network, and told of things while nobody looks. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { buildPages, MINI_APP } from "../../../launcher/build.ts";
import { type App, createApp } from "../../src/app.ts";
import { createWorld, people, type World } from "../world.ts";
import { hasChromium, launchBrowser, skipReason } from "./browser.ts";
import { until } from "./stage.ts";

let world: World;
let app: App;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let origin = "";
const dist = join(import.meta.dir, "../../../web/miniapp/dist");
const folders: string[] = [];

const partsIn = async (folder: string): Promise<string[]> =>
  (await readdir(join(folder, "assets"))).filter((name) => /\.(js|css)$/.test(name));

/** The same app under other names, as a build of changed sources is: nothing of the old build is there any more. */
async function nextVersion(): Promise<string> {
  const to = await mkdtemp(join(tmpdir(), "souk-next-"));
  folders.push(to);
  await cp(dist, to, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
  const names = await partsIn(to);
  const renamed = new Map(names.map((name) => [name, name.replace(/\.(js|css)$/, "-next.$1")]));
  const any = new RegExp(names.map((name) => RegExp.escape(name)).join("|"), "g");
  for (const path of ["index.html", "sw.js", ...names.map((name) => `assets/${name}`)]) {
    const text = (await readFile(join(to, path), "utf8")).replaceAll(
      any,
      (name) => renamed.get(name) ?? name,
    );
    await rm(join(to, path));
    const name = path.replace(/[^/]+$/, (last) => renamed.get(last) ?? last);
    await writeFile(join(to, name), text.replace(/(const version = ")/, "$1next-"));
  }
  return to;
}

const kept = () =>
  page.evaluate(async () => {
    const [name = ""] = await caches.keys();
    return (await (await caches.open(name)).keys()).length;
  });

const worker = async () => context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
const told = { title: "Новый заказ", body: "Сантехника, 1,2 км", link: "/channels", tag: "t1" };

describe.skipIf(!hasChromium)(`the installed app${skipReason}`, () => {
  beforeAll(async () => {
    [world, browser] = await Promise.all([
      createWorld({ withChain: false, env: { ROLES: "web" } }),
      launchBrowser(),
      buildPages([MINI_APP]),
    ]);
    app = await createApp({ env: world.env, staticDirectory: dist });
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
    for (const folder of folders) await rm(folder, { recursive: true });
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

  test("a page that is older than what was installed meanwhile goes on; the next one is new", async () => {
    await world.http(people.seller).put("/api/users/me/preferences", { language: "ru" });
    const link = await world.http(people.seller).post("/api/auth/browser/links");
    await page.goto(`${origin}/enter${new URL(link.body.url).hash}`);
    await page.getByTestId("enter").click();
    await page.getByTestId("stay").click();
    await page.getByRole("heading", { name: /Здравствуйте/ }).waitFor();
    const parts = await partsIn(dist);
    await until("all parts are kept", async () => (await kept()) >= parts.length + 2);
    const missing: string[] = [];
    context.on("response", (answer) => {
      if (answer.status() === 404) missing.push(answer.url());
    });
    const { port } = new URL(origin);
    await app.stop();
    const staticDirectory = await nextVersion();
    app = await createApp({ env: { ...world.env, PORT: port }, staticDirectory });
    await app.start();

    await page.getByRole("link", { name: /Каналы на продажу|Купить канал/ }).click();
    await page
      .getByTestId("catalogue")
      .or(page.getByRole("heading", { level: 1 }))
      .first()
      .waitFor();
    expect(missing).toEqual([]);

    const fresh = await context.newPage();
    await fresh.goto(origin);
    await fresh.getByRole("heading", { name: /Здравствуйте/ }).waitFor();
    expect(await fresh.locator('script[type="module"]').first().getAttribute("src")).toContain("-next.js");
    await fresh.close();
    expect(missing).toEqual([]);

    // Where nothing is kept any more, and inside of Telegram, an old page is loaded anew where it stands.
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.clearBrowserCache");
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await page.getByRole("button", { name: "Назад" }).click();
    await page.getByRole("link", { name: /Брать заказы/ }).click();
    await page.waitForFunction(() => document.querySelector('script[src*="-next.js"]') !== null);
    await page.waitForURL(`${origin}/orders`);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }, 60_000);
});
