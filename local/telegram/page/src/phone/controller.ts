import type { Action, ActResult, PersonState, World } from "../../../protocol.ts";
import type { Haptic, PopupButton } from "../bridge/port.ts";
import { act } from "../host/api.ts";
import { toLanguage } from "../words/format.ts";
import { fill, type PhoneWords, phoneWords } from "../words/phone.ts";
import {
  type AppSession,
  bottomView,
  type Dialog,
  type Field,
  type PhoneUi,
  type Sheet,
  type View,
} from "./ui-state.ts";

type Launch = Extract<ActResult, { type: "launch" }>;

/** Everything that happens on one phone: navigation, dialogs, and the person's deeds with their consequences. */
export class PhoneController {
  readonly personId: number;
  private ui: PhoneUi;
  private host: { world: World; state: PersonState };
  private readonly listeners = new Set<() => void>();
  private serial = 0;
  private readonly closeGuards = new Set<() => boolean>();

  constructor(world: World, state: PersonState, first: View) {
    this.personId = state.me.id;
    this.host = { world, state };
    this.ui = {
      stack: first.kind === "list" ? [bottomView] : [bottomView, first],
      app: null,
      wallet: null,
      dialog: null,
      sheet: null,
      toast: null,
      haptic: null,
      startPayload: null,
      draft: "",
    };
  }

  getUi = (): PhoneUi => this.ui;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The newest state from the server; the phone keeps it to word its own dialogs. */
  follow(world: World, state: PersonState): void {
    const jumped = Math.abs(world.clock.offset - this.host.world.clock.offset) >= 1;
    this.host = { world, state };
    if (jumped) void this.relaunch();
  }

  get world(): World {
    return this.host.world;
  }

  get state(): PersonState {
    return this.host.state;
  }

  get words(): PhoneWords {
    return phoneWords[toLanguage(this.host.state.me.language)];
  }

  /** Fills the bot's name in, besides the values given. */
  say(template: string, values: Record<string, string> = {}): string {
    return fill(template, { bot: this.host.world.bot.name, ...values });
  }

  // Navigation

  get view(): View {
    return this.ui.stack.at(-1) ?? bottomView;
  }

  go(view: View): void {
    if (view.kind === "chat") {
      this.set({ stack: [bottomView, view], draft: "" });
    } else {
      this.set({ stack: view.kind === "list" ? [bottomView] : [...this.ui.stack, view] });
    }
  }

  back(): void {
    if (this.ui.stack.length > 1) this.set({ stack: this.ui.stack.slice(0, -1) });
  }

  setDraft(draft: string): void {
    this.set({ draft });
  }

  clearStart(): void {
    this.set({ startPayload: null });
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

  openLink(url: string): Promise<void> {
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

  // The Mini App

  launch(launch: Launch, relaunch: Action): void {
    const { url, title, queryless, buttonText } = launch;
    this.set({
      app: { key: ++this.serial, url, title, queryless, buttonText, minimized: false, relaunch },
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

  walletUrl(extra: Record<string, string> = {}): string | undefined {
    const { tonOrigin } = this.host.world;
    if (!tonOrigin) return undefined;
    return this.decorateWallet(`${tonOrigin}/wallet?person=${this.personId}`, extra);
  }

  private decorateWallet(address: string, extra: Record<string, string> = {}): string {
    const url = new URL(address, this.host.world.origin);
    const { theme, language } = this.host.state.me;
    const all = { person: String(this.personId), theme, lang: toLanguage(language), ...extra };
    for (const [key, value] of Object.entries(all))
      if (!url.searchParams.has(key)) url.searchParams.set(key, value);
    return url.href;
  }

  openWallet(address?: string): void {
    const url = address ? this.decorateWallet(address) : this.walletUrl();
    if (url) this.set({ wallet: { key: ++this.serial, url } });
  }

  closeWallet(): void {
    this.set({ wallet: null });
  }

  // Dialogs

  ask(
    message: string,
    buttons: PopupButton[],
    more: { title?: string; fields?: Field[] } = {},
  ): Promise<Parameters<Dialog["resolve"]>[0]> {
    this.ui.dialog?.resolve(undefined);
    return new Promise((resolve) => {
      const dialog: Dialog = {
        title: more.title ?? "",
        message,
        buttons,
        fields: more.fields ?? [],
        resolve: (answer) => {
          if (this.ui.dialog === dialog) this.set({ dialog: null });
          resolve(answer);
        },
      };
      this.set({ dialog });
    });
  }

  async alert(message: string): Promise<void> {
    await this.ask(message, [{ id: "ok", kind: "ok", text: "" }]);
  }

  async confirm(
    message: string,
    yes: string,
    options: { no?: string; destructive?: boolean } = {},
  ): Promise<boolean> {
    const answer = await this.ask(message, [
      { id: "no", kind: "cancel", text: options.no ?? "" },
      { id: "yes", kind: options.destructive ? "destructive" : "default", text: yes },
    ]);
    return answer?.button === "yes";
  }

  openSheet(sheet: Sheet): void {
    this.closeSheet();
    this.set({ sheet });
  }

  /** Closing without a choice tells whoever waits for one. */
  closeSheet(): void {
    const { sheet } = this.ui;
    this.set({ sheet: null });
    if (sheet && "resolve" in sheet) sheet.resolve(false);
  }

  finishSheet(): void {
    const { sheet } = this.ui;
    this.set({ sheet: null });
    if (sheet && "resolve" in sheet) sheet.resolve(true);
  }

  toast(text: string): void {
    const id = ++this.serial;
    this.set({ toast: { id, text } });
    setTimeout(() => this.ui.toast?.id === id && this.set({ toast: null }), 3200);
  }

  haptic(feedback: Haptic): void {
    const id = ++this.serial;
    this.set({ haptic: { id, feedback } });
    setTimeout(() => this.ui.haptic?.id === id && this.set({ haptic: null }), 500);
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

  private set(patch: Partial<PhoneUi>): void {
    this.ui = { ...this.ui, ...patch };
    for (const listener of this.listeners) listener();
  }
}
