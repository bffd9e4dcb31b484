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
