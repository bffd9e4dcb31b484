/** One person's phone on the page: the chats, the Mini App inside its frame, the wallet's sheet, Telegram's own buttons. */
import { join } from "node:path";
import type { Frame, FrameLocator, Locator, Page } from "playwright-core";
import type { LocalTelegram } from "../../../local/telegram/index.ts";
import { PICTURES } from "./browser.ts";

export class Phone {
  readonly person: number;
  readonly page: Page;
  readonly device: Locator;
  /** The Mini App. */
  readonly app: FrameLocator;
  /** The wallet. */
  readonly wallet: FrameLocator;
  /** Telegram's main button under the Mini App. */
  readonly main: Locator;
  private readonly telegram: LocalTelegram;

  constructor(page: Page, person: number, telegram: LocalTelegram) {
    this.page = page;
    this.person = person;
    this.telegram = telegram;
    this.device = page.locator(`.device[data-person="${person}"]`);
    this.app = this.device.frameLocator(".app-frame iframe");
    this.wallet = this.device.frameLocator(".wallet-sheet iframe");
    this.main = this.device.locator(".host-button.main");
  }

  /** `/start` to the bot, its question, the choice of a language, and the Mini App by the button of its answer. */
  async arrive(language: "Русский" | "English"): Promise<void> {
    await this.openBot();
    await this.start();
    await this.device.getByRole("button", { name: language, exact: true }).click();
    await this.device.getByRole("button", { name: /^(Открыть Souk|Open Souk)$/ }).click();
    await this.ready();
  }

  async openBot(): Promise<void> {
    if (await this.device.locator(".chat-screen .composer").isVisible()) return;
    await this.device.locator(".chat-row").first().click();
  }

  /** The big START button of a chat with a bot. */
  async start(): Promise<void> {
    await this.device.getByRole("button", { name: /^(START|СТАРТ)$/ }).click();
  }

  /** The Mini App by a direct link, which may carry a start parameter. */
  async open(startParam?: string): Promise<void> {
    await this.followLink(
      `${this.telegram.linkBase}/souk_local_bot/app${startParam ? `?startapp=${startParam}` : ""}`,
    );
    await this.ready();
  }

  /** Writes a link to the bot's chat and taps it there, as anybody does who was sent one. */
  async followLink(url: string): Promise<void> {
    await this.leaveApp();
    await this.openBot();
    await this.device.getByRole("textbox", { name: /^(Message|Сообщение)$/ }).fill(url);
    await this.device.getByRole("button", { name: /^(Send|Отправить)$/ }).click();
    // All of the link, or an older one that begins alike could be tapped before this one is there.
    const whole = new RegExp(`^${RegExp.escape(url)}$`);
    await this.device.locator(".bubble.out .text-link", { hasText: whole }).last().click();
  }

  /** The Mini App by the bot's profile, without a word to the bot. */
  async openByProfile(): Promise<void> {
    await this.openBot();
    await this.device.locator(".bar-avatar").click();
    await this.device.getByRole("button", { name: /^(Open app|Открыть приложение)$/ }).click();
    await this.ready();
  }

  /** The Mini App is there and past its skeletons. */
  async ready(): Promise<void> {
    await this.device.locator(".app-placeholder").waitFor({ state: "detached" });
    await this.app.locator("main:not([aria-busy]) h1").waitFor({ state: "attached" });
  }

  /** Puts the Mini App aside and closes it there, as Telegram lets one from any screen; nothing happens when none is open. */
  async leaveApp(): Promise<void> {
    if ((await this.device.locator(".mini-app").count()) === 0) return;
    await this.pressClose();
    const asks = this.device.getByRole("alertdialog");
    const closed = this.device.locator(".mini-app").waitFor({ state: "detached" });
    await Promise.race([closed, asks.waitFor()]);
    if (await asks.isVisible()) await asks.getByRole("button").last().click();
    await closed;
  }

  /** Moved time opens the app anew on its phone, which can undo what was put aside a moment before: then it is put aside again. */
  private async pressClose(): Promise<void> {
    const bar = this.device.locator(".minimized-bar");
    for (let attempt = 1; ; attempt += 1) {
      if (!(await bar.isVisible())) await this.device.locator(".app-tools button").first().click();
      try {
        return await bar.getByRole("button").first().click({ timeout: 4_000 });
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  /** The frame of the Mini App, for what no locator can ask. */
  async frame(): Promise<Frame> {
    const handle = await this.device.locator(".app-frame iframe").elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error(`no Mini App on the phone of ${this.person}`);
    return frame;
  }

  /** A path inside the Mini App, by its own router. */
  async go(path: string): Promise<void> {
    const frame = await this.frame();
    await frame.evaluate((to) => history.pushState(null, "", to), path);
  }

  tab(name: RegExp): Promise<void> {
    return this.app.locator(".tab-bar").getByRole("link", { name }).click();
  }

  /** Into a market by its row on the home screen. */
  async market(row: RegExp): Promise<void> {
    await this.tab(/^(Home|Главная)/);
    await this.app.getByRole("link", { name: row }).click();
  }

  /** Links the person's wallet from the open sheet: the wallet is chosen in the list, then a tap in the wallet itself. */
  async connectWallet(): Promise<void> {
    await this.app.getByTestId("connect-wallet").click();
    await this.app.getByText("Local Wallet").first().click();
    await this.approve();
  }

  /** The wallet's own "yes", and its sheet goes away by itself. */
  async approve(): Promise<void> {
    await this.wallet.locator(".sheet .button.filled").click();
    await this.device.locator(".wallet-sheet").waitFor({ state: "detached" });
  }

  /** The open sheet shows what is to be signed; the wallet is connected first when the phone has not met it yet. */
  async readyToSign(): Promise<void> {
    const sheet = this.app.getByTestId("sign-sheet");
    await sheet.getByTestId("sign").or(sheet.getByTestId("connect-wallet")).waitFor();
    if (await sheet.getByTestId("connect-wallet").isVisible()) await this.connectWallet();
    await sheet.getByTestId("sign").waitFor();
  }

  /** Signs what the open sheet shows. */
  async sign(): Promise<void> {
    await this.readyToSign();
    await this.app.getByTestId("sign").click();
    await this.approve();
  }

  /** The next-step card of the open deal. */
  get card(): Locator {
    return this.app.getByTestId("next-step");
  }

  /** A deal by the link that everybody in it has. */
  openDeal(dealId: string): Promise<void> {
    return this.open(`d_${dealId.replaceAll("-", "")}`);
  }

  /** Waits until the open deal's next step is this one. */
  async sees(title: string): Promise<void> {
    await this.card.getByRole("heading", { name: title, exact: true }).waitFor();
  }

  /** A button under one of the bot's messages, the newest with these words. */
  async press(text: string): Promise<void> {
    await this.leaveApp();
    await this.openBot();
    await this.device.locator(".inline-button", { hasText: text }).last().click();
    await this.ready();
  }

  async act(action: string): Promise<void> {
    await this.app.getByTestId(`action-${action}`).click();
  }

  /** What the phone pretends to be; the Mini App opens anew on it. */
  async become(platform: "ios" | "weba"): Promise<void> {
    const before = await this.device.locator(".app-frame iframe").elementHandle();
    await this.page
      .locator(".phone-column", { has: this.device })
      .locator(".tools select")
      .selectOption(platform);
    await this.page.waitForFunction((frame) => !frame?.isConnected, before);
    await this.ready();
  }

  /** A picture of the phone, for whoever looks at them after the stories. */
  async shot(name: string): Promise<void> {
    await this.device.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  /** What the bot wrote to this person, newest last. */
  botWrote(): string[] {
    const chat = this.telegram.state(this.person).chats.find(({ kind }) => kind === "bot");
    return (chat?.messages ?? []).filter(({ out }) => !out).map(({ text }) => text);
  }
}
