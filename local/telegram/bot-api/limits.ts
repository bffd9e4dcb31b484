/** Telegram's flood limits as token buckets: about one message a second per chat with a short burst, thirty a second over all chats. */
import { Refusal } from "../world/refusal.ts";

export interface LimitSettings {
  /** Messages that one chat takes at once before it is held to one a second. */
  readonly chatBurst: number;
  /** Messages a second over all chats. */
  readonly perSecond: number;
}

export const DEFAULT_LIMITS: LimitSettings = { chatBurst: 20, perSecond: 30 };

class Bucket {
  private tokens: number;
  private at: number;
  private readonly size: number;
  private readonly perMs: number;

  constructor(size: number, perSecond: number, now: number) {
    this.size = size;
    this.perMs = perSecond / 1000;
    this.tokens = size;
    this.at = now;
  }

  /** Milliseconds until one may be taken; 0 when it may be now. */
  wait(now: number): number {
    this.tokens = Math.min(this.size, this.tokens + (now - this.at) * this.perMs);
    this.at = now;
    return this.tokens >= 1 ? 0 : (1 - this.tokens) / this.perMs;
  }

  take(): void {
    this.tokens -= 1;
  }
}

export class FloodLimits {
  private readonly settings: LimitSettings | null;
  private readonly chats = new Map<number, Bucket>();
  private readonly all: Bucket;

  /** `null` lifts all limits. */
  constructor(settings: LimitSettings | null) {
    this.settings = settings;
    const perSecond = settings?.perSecond ?? 1;
    this.all = new Bucket(perSecond, perSecond, performance.now());
  }

  /** @throws Refusal 429 with `retry_after` in whole seconds. */
  take(chatId: number): void {
    if (!this.settings) return;
    const now = performance.now();
    let chat = this.chats.get(chatId);
    if (!chat) {
      chat = new Bucket(this.settings.chatBurst, 1, now);
      this.chats.set(chatId, chat);
    }
    const wait = Math.max(chat.wait(now), this.all.wait(now));
    if (wait > 0) throw tooMany(Math.max(1, Math.ceil(wait / 1000)));
    chat.take();
    this.all.take();
  }
}

export function tooMany(seconds: number): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${seconds}`, seconds);
}
