/** What anybody sees of a public channel in a browser, without an account. Errors are `PublicPageFailure`. */
import { OutsideFailure } from "../../platform/gateway.ts";

export type PagePost = {
  id: number;
  /** Words alone, line breaks kept. */
  text: string;
  /** Null is "unknown", never 0. Rounded as the page rounds: 1.2K is 1200. */
  views: number | null;
  at: Date | null;
  isEdited: boolean;
  photos: number;
  /** Links that somebody put under words; those that Telegram finds by itself are not among them. Offsets in UTF-16 units of `text`. */
  links: { offset: number; length: number; url: string }[];
  /** Buttons with an address; null when the page shows none, which does not say that there are none. */
  buttons: { text: string; url: string }[][] | null;
};

export type PublicPagePort = {
  /** One post as its embedded widget shows it. `no_channel`: no public channel has this name. */
  post(
    username: string,
    messageId: number,
  ): Promise<({ kind: "post" } & PagePost) | { kind: "no_post" | "no_channel" }>;
  /** The last twenty posts or so (`before`: those before this one), the oldest first; `not_public` when there is no such page. */
  channel(
    username: string,
    before?: number,
  ): Promise<
    { kind: "channel"; title: string; members: number | null; posts: PagePost[] } | { kind: "not_public" }
  >;
};

/** The page did not answer, or with something that it never shows. Says nothing about the world. */
export class PublicPageFailure extends OutsideFailure {
  constructor(message: string) {
    super(message);
    this.name = "PublicPageFailure";
  }
}
