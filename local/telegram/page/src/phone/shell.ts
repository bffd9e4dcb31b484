import type { PersonState, World } from "../../../protocol.ts";
import type { Haptic, PopupButton } from "../bridge/port.ts";
import { toLanguage } from "../words/format.ts";
import { fill, type PhoneWords, phoneWords } from "../words/phone.ts";
import { bottomView, type Dialog, type Field, type PhoneUi, type Sheet, type View } from "./ui-state.ts";

/** What every phone can do by itself: show screens, ask questions, say things, tremble. It knows no server. */
export class PhoneShell {
  readonly personId: number;
  protected ui: PhoneUi;
  protected host: { world: World; state: PersonState };
  private readonly listeners = new Set<() => void>();
  private serial = 0;

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

  get view(): View {
    return this.ui.stack.at(-1) ?? bottomView;
  }

  go(view: View): void {
    if (view.kind === "chat") {
      this.set({ stack: [bottomView, view], draft: "", startPayload: null });
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
    const id = this.next();
    this.set({ toast: { id, text } });
    setTimeout(() => this.ui.toast?.id === id && this.set({ toast: null }), 3200);
  }

  haptic(feedback: Haptic): void {
    const id = this.next();
    this.set({ haptic: { id, feedback } });
    setTimeout(() => this.ui.haptic?.id === id && this.set({ haptic: null }), 500);
  }

  /** A number that this phone has not used before. */
  protected next(): number {
    this.serial += 1;
    return this.serial;
  }

  protected set(patch: Partial<PhoneUi>): void {
    this.ui = { ...this.ui, ...patch };
    for (const listener of this.listeners) listener();
  }
}
