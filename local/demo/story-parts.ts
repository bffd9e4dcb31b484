/** What a played story is made of. */

export type LocalText = { readonly ru: string; readonly en: string };
/** What the phone shows; the Local Telegram's page knows how. */
export type PlayView =
  | { readonly kind: "chat"; readonly chatId: number }
  | { readonly kind: "app"; readonly path: string }
  | { readonly kind: "wallet" };
export type PlayEvent =
  | {
      readonly type: "step";
      readonly index: number;
      readonly total: number;
      readonly personId: number;
      readonly caption: LocalText;
      readonly show: PlayView | null;
    }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly message: string };

/** One scene: `show` is what the person looks at, `act` happens before the viewer's eyes, `after` is where that leads. */
export type Scene = {
  readonly who: number;
  readonly caption: LocalText;
  readonly show?: () => PlayView;
  readonly act?: () => Promise<void>;
  readonly after?: () => PlayView;
};

export const SELLER = 1001;
export const BUYER = 1002;
