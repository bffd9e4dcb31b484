import type { Action, ActResult, PersonState, World } from "../../../protocol.ts";
import type { InvoiceOutcome } from "../bridge/port.ts";
import { act } from "../host/api.ts";
import { toLanguage } from "../words/format.ts";
import { PhoneShell } from "./shell.ts";
import type { AppSession, ShareSheet } from "./ui-state.ts";

type Launch = Extract<ActResult, { type: "launch" }>;

/** `t.me/share/url?url=…&text=…` is the client's own: the text to send, or undefined for any other link. */
function sharedLink(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.hostname !== "t.me" || !/^\/share(\/url)?\/?$/.test(url.pathname)) return undefined;
  const parts = [url.searchParams.get("url"), url.searchParams.get("text")];
  return parts.filter((part) => part).join("\n") || undefined;
}

/** What the person on this phone does, and what follows from it: chats, links, the Mini App, the wallet. */
export class PhoneController extends PhoneShell {
  private readonly closeGuards = new Set<() => boolean>();

  /** The newest state from the server; the phone keeps it to word its own dialogs. */
  follow(world: World, state: PersonState): void {
    const jumped = Math.abs(world.clock.offset - this.host.world.clock.offset) >= 1;
    this.host = { world, state };
    if (jumped) void this.relaunch();
  }

  openBot(startPayload: string | null = null): void {
    this.minimizeApp();
    this.go({ kind: "chat", chatId: this.host.world.bot.id });
    this.set({ startPayload });
  }

  // Deeds

  /** Does it on the server; says a failure plainly and answers undefined then. */
  async perform(action: Action): Promise<ActResult | undefined> {
    const reply = await act(this.personId, action);
    if (reply.ok) return reply.result;
    this.toast(reply.message || reply.code);
    return undefined;
  }

  /** `perform` and open whatever it leads to. */
  async performAndFollow(action: Action): Promise<void> {
    const result = await this.perform(action);
    if (result) this.followResult(result, action);
  }

  followResult(result: ActResult, action: Action): void {
    if (result.type === "launch") this.launch(result, action);
    else if (result.type === "requestChat") void this.pickChat(result);
    else if (result.type === "link") this.followLink(result.target, action);
    else if (result.type === "callbackAnswer") this.showCallback(result);
  }

  private showCallback(result: Extract<ActResult, { type: "callbackAnswer" }>): void {
    if (result.url) return void this.openLink(result.url);
    const text = result.answered ? result.text : this.words.silentBot;
    if (text === "") return;
    if (result.alert) void this.alert(text);
    else this.toast(text);
  }

  async openLink(url: string): Promise<void> {
    const shared = sharedLink(url);
    if (shared) return this.shareText(shared);
    return this.performAndFollow({ type: "openLink", url });
  }

  private followLink(target: Extract<ActResult, { type: "link" }>["target"], action: Action): void {
    if (target.kind === "webApp") {
      this.launch(
        { type: "launch", url: target.url, title: target.title, queryless: false, buttonText: null },
        action,
      );
    } else if (target.kind === "startBot") {
      this.openBot(target.payload);
    } else if (target.kind === "chat") {
      this.minimizeApp();
      this.go({ kind: "chat", chatId: target.chatId });
    } else if (target.kind === "channel") {
      this.set({ sheet: { kind: "channel", channel: target.channel } });
    } else if (target.kind === "invoice") {
      void this.openInvoice(target.slug);
    } else if (target.kind === "wallet") {
      this.openWallet(target.url);
    } else {
      this.openExternal(target.url);
    }
  }

  openExternal(url: string): void {
    if (!/^https?:\/\//i.test(url)) return;
    const opened = window.open(url, "_blank");
    if (opened) opened.opener = null;
    else void this.alert(url);
  }

  async pickChat(request: Extract<ActResult, { type: "requestChat" }>): Promise<boolean> {
    const { type: _type, ...sheet } = request;
    return new Promise<boolean>((resolve) => this.openSheet({ kind: "picker", ...sheet, resolve }));
  }

  /** A sheet with chats to send something to; resolves with whether it was sent. */
  share(content: Pick<ShareSheet, "preview" | "targets" | "send">): Promise<boolean> {
    return new Promise((resolve) => this.openSheet({ kind: "share", ...content, resolve }));
  }

  private async shareText(text: string): Promise<void> {
    const { world, state } = this.host;
    const friends = world.people.filter(({ id, role }) => role !== null && id !== this.personId);
    const targets = [
      ...friends.map(({ id, firstName, avatarUrl }) => ({ chatId: id, title: firstName, avatarUrl })),
      ...state.chats
        .filter((chat) => chat.channel?.canPost)
        .map(({ id, title, avatarUrl }) => ({ chatId: id, title, avatarUrl })),
    ];
    const send = async (chatIds: readonly number[]) => {
      for (const chatId of chatIds) {
        const deed: Action =
          chatId < 0 ? { type: "post", channelId: chatId, text } : { type: "sendText", chatId, text };
        if (!(await this.perform(deed))) return false;
      }
      return true;
    };
    await this.share({ preview: { text, entities: [] }, targets, send });
  }

  // Stars

  /** The sheet of an invoice; resolves when it is closed, with what became of it. */
  async openInvoice(slug: string): Promise<InvoiceOutcome> {
    const found = await this.perform({ type: "openInvoice", slug });
    if (found?.type !== "invoiceSheet") return "failed";
    const { type: _type, balance: _balance, ...shown } = found;
    let outcome: InvoiceOutcome = "cancelled";
    const pay = async (): Promise<InvoiceOutcome> => {
      const result = await this.perform({ type: "payInvoice", slug });
      outcome = result?.type === "invoice" ? result.status : "failed";
      if (outcome === "paid") {
        this.haptic({ type: "notification", kind: "success" });
        this.toast(this.say(this.words.starsPaid, { title: shown.title }));
      } else if (result?.type === "invoice") {
        this.toast(result.message === "BOT_PRECHECKOUT_TIMEOUT" ? this.words.silentBot : result.message);
      }
      return outcome;
    };
    return new Promise((resolve) =>
      this.openSheet({ kind: "invoice", ...shown, pay, resolve: () => resolve(outcome) }),
    );
  }

  // The Mini App

  launch(launch: Launch, relaunch: Action): void {
    const { url, title, queryless, buttonText } = launch;
    this.set({
      app: { key: this.next(), url, title, queryless, buttonText, minimized: false, relaunch },
      sheet: null,
    });
  }

  minimizeApp(minimized = true): void {
    if (this.ui.app) this.setApp({ ...this.ui.app, minimized });
  }

  closeApp(): void {
    this.setApp(null);
  }

  /** A fresh frame with fresh initData; nothing happens when no Mini App is open. */
  async relaunch(): Promise<void> {
    const { app } = this.ui;
    if (!app) return;
    const result = await this.perform(app.relaunch);
    if (result) this.followResult(result, app.relaunch);
  }

  private setApp(app: AppSession | null): void {
    this.set({ app });
  }

  // The wallet

  private walletUrl(): string | undefined {
    const { tonOrigin } = this.host.world;
    if (!tonOrigin) return undefined;
    return this.decorateWallet(`${tonOrigin}/wallet?person=${this.personId}`);
  }

  private decorateWallet(address: string): string {
    const url = new URL(address, this.host.world.origin);
    const { theme, language } = this.host.state.me;
    // The wallet's page calls `start` what Telegram's links call `startapp`.
    const start = url.searchParams.get("startapp");
    const all = {
      ...(start ? { start } : {}),
      person: String(this.personId),
      theme,
      lang: toLanguage(language),
    };
    for (const [key, value] of Object.entries(all))
      if (!url.searchParams.has(key)) url.searchParams.set(key, value);
    return url.href;
  }

  openWallet(address?: string): void {
    const url = address ? this.decorateWallet(address) : this.walletUrl();
    if (url) this.set({ wallet: { key: this.next(), url } });
  }

  closeWallet(): void {
    this.set({ wallet: null });
  }

  /** A Mini App with unsaved changes says so here; returns the way to take it back. */
  guardClose(guard: () => boolean): () => void {
    this.closeGuards.add(guard);
    return () => this.closeGuards.delete(guard);
  }

  /** Closes the Mini App, asking first when it wants that. */
  async requestCloseApp(): Promise<void> {
    if ([...this.closeGuards].some((guard) => guard())) {
      const sure = await this.confirm(this.words.closeConfirm, this.words.closeAnyway, { destructive: true });
      if (!sure) return;
    }
    this.closeApp();
  }
}
