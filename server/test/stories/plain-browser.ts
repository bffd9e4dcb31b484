/**
 * The app in a plain browser, outside of any phone. Chromium subscribes to pushes at its maker's service, which no story may call: here the page is
 * handed a subscription of the local push service instead, and what comes there goes into the browser where its maker's service would put it.
 */
import { join } from "node:path";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { pushKeys } from "../../../launcher/push-keys.ts";
import { startLocalPush } from "../../../local/push/index.ts";
import { PICTURES } from "./browser.ts";
import { until } from "./stage.ts";

export type PushService = Awaited<ReturnType<typeof openPushService>>;

/** The push service of a story, and what the product has to know of it. */
export async function openPushService() {
  const keys = pushKeys();
  const service = await startLocalPush();
  const browser = service.browser(keys.publicKey);
  return {
    env: {
      WEB_PUSH_PUBLIC_KEY: keys.publicKey,
      WEB_PUSH_PRIVATE_KEY: keys.privateKey,
      WEB_PUSH_HOSTS: service.origin,
    },
    /** Decrypted, oldest first. */
    received: () => browser.read() as { title: string; body: string; link: string; tag: string }[],
    subscription: browser.subscription,
    stop: service.stop,
  };
}

/** Before a page opens: its browser subscribes at the story's service. Everything else of push is Chromium's own. */
export async function subscribeHere(context: BrowserContext, origin: string, push: PushService) {
  await context.grantPermissions(["notifications", "clipboard-read", "clipboard-write"], { origin });
  await context.addInitScript((subscription) => {
    if (!("PushManager" in window)) return;
    const kept = "story.subscribed";
    const made = () =>
      ({
        endpoint: subscription.endpoint,
        toJSON: () => subscription,
        unsubscribe: async () => {
          localStorage.removeItem(kept);
          return true;
        },
      }) as unknown as PushSubscription;
    PushManager.prototype.subscribe = async () => {
      localStorage.setItem(kept, "yes");
      return made();
    };
    PushManager.prototype.getSubscription = async () => (localStorage.getItem(kept) ? made() : null);
  }, push.subscription);
}

/** One person's plain browser: the page, and what is shown by its service worker. */
export class PlainBrowser {
  readonly page: Page;
  private readonly origin: string;
  private devtools: Promise<{ session: CDPSession; registrationId: string }> | undefined;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.origin = origin;
  }

  /** Past its skeletons, and with a service worker that answers for it. */
  async ready(): Promise<void> {
    await this.page.locator("main:not([aria-busy]) h1").first().waitFor({ state: "attached" });
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
    await this.ready();
  }

  /** By the app's own router, as a tap on a link goes. */
  async follow(path: string): Promise<void> {
    await this.page.evaluate((to) => history.pushState(null, "", to), path);
    await this.page.locator("main:not([aria-busy]) h1").first().waitFor({ state: "attached" });
  }

  /** The bar at the foot of a screen, where Telegram would have its main button. */
  get main() {
    return this.page.locator(".main-button-bar button");
  }

  get path(): string {
    return new URL(this.page.url()).pathname;
  }

  /** Puts a push into the browser, as its maker's service does; on a busy machine Chromium's tool now and then loses one, so it is put there again. */
  async deliver(push: { title: string }): Promise<void> {
    this.devtools ??= this.open();
    const { session, registrationId } = await this.devtools;
    const isShown = async () => (await this.shown()).some(({ title }) => title === push.title);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await session.send("ServiceWorker.deliverPushMessage", {
        origin: this.origin,
        registrationId,
        data: JSON.stringify(push),
      });
      if (await until("it is shown", isShown, 2_000).catch(() => false)) return;
    }
    throw new Error(`the push is not shown: ${push.title}`);
  }

  shown(): Promise<{ title: string; body: string }[]> {
    return this.page.evaluate(async () => {
      const found = await (await navigator.serviceWorker.ready).getNotifications();
      return found.map(({ title, body }) => ({ title, body }));
    });
  }

  /** A tap on the one notification that is shown. */
  async tap(): Promise<void> {
    const worker = await until("the service worker runs", () =>
      this.page
        .context()
        .serviceWorkers()
        .find((one) => one.url().startsWith(this.origin)),
    );
    await worker.evaluate(async () => {
      const scope = globalThis as unknown as {
        registration: { getNotifications(): Promise<unknown[]> };
        NotificationEvent: new (type: string, init: { notification: unknown }) => Event;
        dispatchEvent(event: Event): boolean;
      };
      const [notification] = await scope.registration.getNotifications();
      scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
    });
  }

  async shot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  private async open(): Promise<{ session: CDPSession; registrationId: string }> {
    const session = await this.page.context().newCDPSession(this.page);
    const registrationId = new Promise<string>((resolve) => {
      session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(this.origin));
        if (own) resolve(own.registrationId);
      });
    });
    await session.send("ServiceWorker.enable");
    return { session, registrationId: await registrationId };
  }
}
