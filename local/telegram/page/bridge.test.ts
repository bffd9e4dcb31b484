/** The stock SDK in the real page: `bun test ./local/telegram/page/bridge.test.ts`. Needs a Chromium; skipped without one. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Frame, type Locator, type Page } from "playwright-core";
import { type LocalTelegram, startLocalTelegram } from "../index.ts";
import type {} from "./bridge.fixture.tsx";
import { ensurePage } from "./build.ts";

const candidates = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
const reason = executablePath ? "" : " (skipped: no Chromium is installed; CHROMIUM_PATH may name one)";
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
const SELLER = 1001;

let product: ReturnType<typeof Bun.serve>;
let telegram: LocalTelegram;
let browser: Browser;
let page: Page;

async function serveFixture() {
  const built = await Bun.build({
    entrypoints: [join(import.meta.dir, "bridge.fixture.tsx")],
    target: "browser",
  });
  const script = await built.outputs[0]?.text();
  const html = `<!doctype html><meta charset="utf-8"><title>App</title><div id="root"></div><script type="module" src="/app.js"></script>`;
  return Bun.serve({
    port: 0,
    fetch: (request) =>
      new URL(request.url).pathname === "/app.js"
        ? new Response(script, { headers: { "content-type": "text/javascript" } })
        : new Response(html, { headers: { "content-type": "text/html" } }),
  });
}

interface Opened {
  page: Page;
  phone: Locator;
  app: Frame;
}

const NO_RIGHTS = Object.fromEntries(
  [
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
  ].map((right) => [right, false]),
);

async function botApi<T>(method: string, params: object): Promise<T> {
  const response = await fetch(`${telegram.apiRoot}/bot${telegram.botToken}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(params),
  });
  const reply = (await response.json()) as { ok: boolean; result: T; description?: string };
  if (!reply.ok) throw new Error(`${method}: ${reply.description}`);
  return reply.result;
}

/** The Local Telegram loaded anew, with the seller's Mini App open and ready. */
async function openApp(work: (opened: Opened) => Promise<void>): Promise<void> {
  await page.goto(telegram.origin, { waitUntil: "commit" });
  const phone = page.locator(`.device[data-person="${SELLER}"]`);
  await phone.locator(".bar-avatar").click();
  await phone.getByRole("button", { name: "Open app" }).click();
  const handle = await phone.locator(".app-frame iframe").elementHandle();
  const app = await handle?.contentFrame();
  if (!app) throw new Error("the Mini App has no frame");
  await phone.locator(".app-placeholder").waitFor({ state: "detached" });
  await work({ page, phone, app });
}

/** The payload of the first event of this name that the Mini App heard, waiting for it. */
async function heard(app: Frame, name: string): Promise<unknown> {
  await app.waitForFunction((wanted) => window.heard.some((event) => event.name === wanted), name);
  return app.evaluate((wanted) => window.heard.find((event) => event.name === wanted)?.payload, name);
}

describe.skipIf(!executablePath)(`the stock SDK inside the Local Telegram${reason}`, () => {
  beforeAll(async () => {
    await ensurePage();
    product = await serveFixture();
    telegram = await startLocalTelegram({
      botToken: "7000000001:LOCAL-souk-bot-token-for-this-machine",
      botUsername: "souk_local_bot",
      productOrigin: `http://localhost:${product.port}`,
    });
    await telegram.act(SELLER, { type: "setLanguage", language: "en" });
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: quiet });
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: "en-GB",
      reducedMotion: "reduce",
    });
    page = await context.newPage();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await telegram?.stop();
    await product?.stop(true);
  });

  test("the Mini App starts on the phone's own origin with signed launch data", () =>
    openApp(async ({ app }) => {
      const facts = await app.evaluate(() => ({
        origin: location.origin,
        raw: window.sdk.retrieveRawInitData(),
        params: window.sdk.retrieveLaunchParams(),
      }));
      expect(telegram.phoneOrigins).toContain(facts.origin);
      expect(facts.raw).toContain("hash=");
      expect(facts.params.tgWebAppData?.user?.id).toBe(SELLER);
      expect(facts.params.tgWebAppPlatform).toBe("ios");
    }));

  test("the viewport is the frame's real size and follows the main button", () =>
    openApp(async ({ phone, app }) => {
      const size = async () => ({
        told: await app.evaluate(() => window.sdk.viewport.height()),
        real: await app.evaluate(() => window.innerHeight),
        expanded: await app.evaluate(() => window.sdk.viewport.isExpanded()),
      });
      const before = await size();
      expect(before).toEqual({ told: before.real, real: before.real, expanded: true });
      await app.evaluate(() => window.sdk.mainButton.setParams({ text: "Pay", isVisible: true }));
      await phone.locator(".host-button.main").waitFor();
      await app.waitForFunction((old) => window.sdk.viewport.height() < old, before.told);
      const after = await size();
      expect(after.told).toBe(after.real);
      expect(await app.evaluate(() => window.sdk.viewport.safeAreaInsets())).toEqual({
        top: 0,
        bottom: 0,
        left: 0,
        right: 0,
      });
    }));

  test("a theme chosen on the phone reaches the Mini App without a reload", () =>
    openApp(async ({ phone, app }) => {
      expect(await app.textContent("#shown")).toStartWith("#ffffff");
      await phone.getByRole("button", { name: "More" }).click();
      await phone.getByRole("menuitem", { name: "Dark theme" }).click();
      await app.waitForFunction(() => document.getElementById("shown")?.textContent?.startsWith("#000000"));
      expect(telegram.state(SELLER).me.theme).toBe("dark");
      await telegram.act(SELLER, { type: "setTheme", theme: "light" });
    }));

  test("main, secondary, back and settings buttons are the phone's, and their presses come back", () =>
    openApp(async ({ phone, app }) => {
      await app.evaluate(() => {
        window.sdk.mainButton.setParams({ text: "Sell", isVisible: true, bgColor: "#22aa66" });
        window.sdk.secondaryButton.setParams({ text: "Later", isVisible: true, position: "right" });
        window.sdk.backButton.show();
        window.sdk.settingsButton.show();
      });
      const main = phone.getByRole("button", { name: "Sell" });
      expect(await main.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
        "rgb(34, 170, 102)",
      );
      await main.click();
      await heard(app, "main_button_pressed");
      await phone.getByRole("button", { name: "Later" }).click();
      await heard(app, "secondary_button_pressed");
      await phone.locator(".app-leave").click();
      await heard(app, "back_button_pressed");
      await phone.getByRole("button", { name: "More" }).click();
      await phone.getByRole("menuitem", { name: "Settings" }).click();
      await heard(app, "settings_button_pressed");
      await app.evaluate(() => window.sdk.mainButton.setParams({ isEnabled: false }));
      await phone.locator(".host-button.main:disabled").waitFor();
    }));

  test("a popup resolves with the button that was pressed, and with null when it is dismissed", () =>
    openApp(async ({ phone, app }) => {
      const ask = () =>
        app.evaluate(() =>
          window.sdk.popup.show({
            title: "Sell it?",
            message: "For 1 250 GRAM",
            buttons: [
              { id: "yes", type: "default", text: "Sell now" },
              { id: "no", type: "cancel" },
            ],
          }),
        );
      const first = ask();
      await phone.getByRole("button", { name: "Sell now" }).click();
      expect(await first).toBe("yes");
      const second = ask();
      await phone.getByRole("alertdialog").waitFor();
      await phone.getByRole("button", { name: "Cancel" }).press("Escape");
      expect((await second) ?? null).toBeNull();
    }));

  test("closing asks only while the Mini App wants it", () =>
    openApp(async ({ phone, app }) => {
      await app.evaluate(() => window.sdk.closingBehavior.enableConfirmation());
      await phone.locator(".app-leave").click();
      await phone.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
      expect(await phone.locator(".app-frame iframe").count()).toBe(1);
      await app.evaluate(() => window.sdk.closingBehavior.disableConfirmation());
      await phone.locator(".app-leave").click();
      await phone.locator(".app-frame iframe").waitFor({ state: "detached" });
    }));

  test("what the phone lacks is answered, not left waiting", () =>
    openApp(async ({ app }) => {
      const answers = await app.evaluate(async () => ({
        fullscreen: await window.sdk.viewport.requestFullscreen().catch((error: Error) => error.name),
        biometry: await window.sdk.biometry.mount().then(() => window.sdk.biometry.isSupported()),
        location: await window.sdk.locationManager
          .mount()
          .then(() => window.sdk.locationManager.isAccessGranted()),
        homeScreen: await window.sdk.checkHomeScreenStatus(),
      }));
      expect(answers.fullscreen).toBe("FullscreenFailedError");
      expect(answers).toMatchObject({ biometry: true, location: false, homeScreen: "unsupported" });
    }));

  test("a prepared button opens the picker, and the bot learns only of the channel that was chosen", () =>
    openApp(async ({ phone, app }) => {
      const rights = { ...NO_RIGHTS, can_manage_chat: true, can_post_messages: true };
      const request_chat = {
        request_id: 7,
        chat_is_channel: true,
        chat_is_created: true,
        bot_administrator_rights: rights,
        user_administrator_rights: rights,
      };
      const button = { text: "Channel", request_chat };
      const { id } = await botApi<{ id: string }>("savePreparedKeyboardButton", { user_id: SELLER, button });
      const ask = () =>
        app.evaluate((req_id) => {
          window.heard.length = 0;
          parent.postMessage(
            JSON.stringify({ eventType: "web_app_request_chat", eventData: { req_id } }),
            new URL(document.referrer).origin,
          );
        }, id);
      await ask();
      await phone.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
      expect(await heard(app, "requested_chat_failed")).toEqual({ error: "USER_DECLINED" });
      await ask();
      const first = phone.locator(".picker-row").first();
      const title = await first.locator("b").textContent();
      await first.click();
      await phone.getByRole("alertdialog").getByRole("button", { name: "Allow" }).click();
      await heard(app, "requested_chat_sent");
      const [shared] = telegram
        .state(SELLER)
        .chats.flatMap((chat) =>
          chat.messages.flatMap(({ service }) => (service?.type === "chat_shared" ? [service.title] : [])),
        );
      expect(shared).toBe(title ?? "");
    }));

  test("a shared link goes to the chats that the person picks; a web link opens a tab of its own", () =>
    openApp(async ({ phone, app }) => {
      await app.evaluate(() =>
        window.sdk.shareURL("https://t.me/souk_local_bot/app?startapp=x", "Look at this"),
      );
      await phone.locator(".picker-row").first().click();
      await phone.getByRole("dialog").getByRole("button", { name: "Send" }).click();
      await phone.locator(".sheet").waitFor({ state: "detached" });
      const written = telegram
        .state(SELLER)
        .chats.flatMap(({ messages }) => messages.map(({ text }) => text));
      expect(written).toContain("https://t.me/souk_local_bot/app?startapp=x\nLook at this");
      const popup = page.context().waitForEvent("page");
      await app.evaluate((url) => window.sdk.openLink(url), `${telegram.origin}/host/world`);
      const opened = await popup;
      expect(opened.url()).toBe(`${telegram.origin}/host/world`);
      expect(await opened.evaluate(() => window.opener)).toBeNull();
      await opened.close();
    }));

  test("messages from a neighbour's frame or another origin change nothing", () =>
    openApp(async ({ page, phone, app }) => {
      const forged = JSON.stringify({
        eventType: "web_app_setup_main_button",
        eventData: { is_visible: true, text: "Forged" },
      });
      await page.evaluate((message) => {
        const stranger = document.createElement("iframe");
        stranger.srcdoc = `<script>parent.postMessage(${JSON.stringify(message)}, "*")</script>`;
        document.body.append(stranger);
        window.postMessage(message, "*");
      }, forged);
      await page.waitForTimeout(300);
      expect(await phone.locator(".host-button").count()).toBe(0);
      await app.evaluate((message) => parent.postMessage(message, "*"), forged);
      await phone.getByRole("button", { name: "Forged" }).waitFor();
    }));
});
