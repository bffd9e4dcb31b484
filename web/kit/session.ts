/**
 * Who the reader is to the API. Telegram's signed `initData` is good for an hour; it is exchanged once for a session, which renews
 * itself, so that an open Mini App goes on working. Without a session the signed data itself is sent.
 */
import type { z } from "zod";
import type { tokens as tokensShape } from "../../server/src/kernel/identity/shapes.ts";
import { type Authorization, sendAnonymously } from "./api.ts";
import { serverNow } from "./clock.ts";
import { ApiError } from "./problem.ts";

export type Tokens = z.infer<typeof tokensShape>;
type Kept = Omit<Tokens, "user"> & { userId: string };

const STORAGE_KEY = "souk.session";
const MARGIN_MS = 30_000;

export interface SessionOptions {
  initData: string;
  userId: string | null;
  storage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  call?: <T>(path: string, body: unknown) => Promise<T>;
}

export class Session implements Authorization {
  private readonly initData: string;
  private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  private readonly call: <T>(path: string, body: unknown) => Promise<T>;
  private kept: Kept | null;
  private renewal: Promise<boolean> | null = null;
  /** The reader, as the last sign-in told: saves asking for them at the start. */
  user: Tokens["user"] | null = null;

  constructor({ initData, userId, storage = sessionStorage, call = sendAnonymously }: SessionOptions) {
    this.initData = initData;
    this.storage = storage;
    this.call = call;
    this.kept = this.read(userId);
  }

  async current(): Promise<string | null> {
    if (this.kept && this.isExpired()) await this.renew();
    return this.kept ? `Bearer ${this.kept.accessToken}` : `tma ${this.initData}`;
  }

  /** One renewal at a time: a refresh token works once, and using it twice ends the session. */
  renew(): Promise<boolean> {
    this.renewal ??= this.renewNow().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async renewNow(): Promise<boolean> {
    if (this.kept && (await this.exchange("/api/auth/refresh", { refreshToken: this.kept.refreshToken })))
      return true;
    return await this.exchange("/api/auth/telegram", { initData: this.initData });
  }

  /** False when the server refused; then what was kept is of no use any more. A lost connection keeps it. */
  private async exchange(path: string, body: unknown): Promise<boolean> {
    try {
      const { user, ...tokens } = await this.call<Tokens>(path, body);
      this.user = user;
      this.kept = { ...tokens, userId: user.id };
      this.storage.setItem(STORAGE_KEY, JSON.stringify(this.kept));
      return true;
    } catch (error) {
      if (error instanceof ApiError && (error.kind === "unauthenticated" || error.kind === "invalid")) {
        this.kept = null;
        this.storage.removeItem(STORAGE_KEY);
      }
      return false;
    }
  }

  private isExpired(): boolean {
    return this.kept !== null && Date.parse(this.kept.accessTokenExpiresAt) - MARGIN_MS < serverNow();
  }

  /** A session of somebody else, left in this tab by another account of Telegram, is not taken up. */
  private read(userId: string | null): Kept | null {
    try {
      const kept = JSON.parse(this.storage.getItem(STORAGE_KEY) ?? "null") as Kept | null;
      return kept && kept.userId === userId ? kept : null;
    } catch {
      return null;
    }
  }
}
