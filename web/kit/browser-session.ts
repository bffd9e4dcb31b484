/**
 * Who the reader is in a plain browser. The refresh token is a cookie that no script can read; here are only an access token, in memory and good for
 * ten minutes, and a note in the storage of whose session this browser has, so that a visitor's page need not ask.
 */
import type { z } from "zod";
import type { browserTokens } from "../../server/src/kernel/identity/shapes.ts";
import { type Authorization, sendAnonymously } from "./api.ts";
import { serverNow } from "./clock.ts";
import { ApiError } from "./problem.ts";

export type BrowserTokens = z.infer<typeof browserTokens>;
type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const NOTE = "souk.browser";
const MARGIN_MS = 30_000;

/** The person whose session this browser has, as far as it knows; null for a visitor's. */
export const signedInHere = (storage: Kept = localStorage): string | null => storage.getItem(NOTE);
export const noteSignedIn = (userId: string, storage: Kept = localStorage): void =>
  storage.setItem(NOTE, userId);
export const noteSignedOut = (storage: Kept = localStorage): void => storage.removeItem(NOTE);

export interface BrowserSessionOptions {
  /** Null: whoever the first tokens are of. */
  userId: string | null;
  /** The server does not take the cookie any more. */
  onEnded: () => void;
  /** Another tab signed in somebody else: what this one shows is not theirs. */
  onOther: () => void;
  call?: (path: string, body: unknown) => Promise<BrowserTokens>;
  /** One tab at a time: each renewal changes the cookie that all tabs share. */
  alone?: <T>(work: () => Promise<T>) => Promise<T>;
}

const oneTab = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks ? (navigator.locks.request("souk.session", work) as Promise<T>) : work();

export class BrowserSession implements Authorization {
  private readonly options: Required<BrowserSessionOptions>;
  private tokens: BrowserTokens | null = null;
  private renewal: Promise<boolean> | null = null;

  constructor(options: BrowserSessionOptions) {
    this.options = { call: sendAnonymously, alone: oneTab, ...options };
  }

  /** The reader, as the last renewal told. */
  get user(): BrowserTokens["user"] | null {
    return this.tokens?.user ?? null;
  }

  async current(): Promise<string | null> {
    if (!this.tokens || Date.parse(this.tokens.accessTokenExpiresAt) - MARGIN_MS < serverNow())
      await this.renew();
    return this.tokens && `Bearer ${this.tokens.accessToken}`;
  }

  /** The first tokens, by the code of a one-time link. Throws `ApiError`. */
  async enter(code: string): Promise<BrowserTokens["user"]> {
    this.tokens = await this.options.alone(() => this.options.call("/api/auth/browser", { code }));
    return this.tokens.user;
  }

  /** False when the session is over. Throws when the server could not be asked: then nothing is known, and nothing is thrown away. */
  renew(): Promise<boolean> {
    this.renewal ??= this.options
      .alone(() => this.renewNow())
      .finally(() => {
        this.renewal = null;
      });
    return this.renewal;
  }

  private async renewNow(): Promise<boolean> {
    try {
      const tokens = await this.options.call("/api/auth/browser/refresh", {});
      const whose = this.tokens?.user.id ?? this.options.userId;
      if (whose !== null && tokens.user.id !== whose) {
        this.options.onOther();
        return false;
      }
      this.tokens = tokens;
      return true;
    } catch (error) {
      const isRefused =
        error instanceof ApiError && ["unauthenticated", "invalid", "forbidden"].includes(error.kind);
      if (!isRefused) throw error;
      this.tokens = null;
      this.options.onEnded();
      return false;
    }
  }
}
