/** Delivery of updates to the bot's webhook: in order, with the secret token, repeated until a 2xx. */
import type { WebhookSettings } from "../world/model.ts";
import type { World } from "../world/world.ts";

const TIMEOUT_MS = 60_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;
const IDLE_MS = 60_000;

/** A method call that the bot may put into its answer to a webhook. */
export type WebhookReply = (call: Record<string, unknown>) => Promise<void>;

export class Webhook {
  private readonly world: World;
  private readonly onReply: WebhookReply;
  private running: AbortController | null = null;

  constructor(world: World, onReply: WebhookReply) {
    this.world = world;
    this.onReply = onReply;
    if (this.settings) this.start();
  }

  get settings(): WebhookSettings | null {
    return this.world.store.get("webhook", "current") ?? null;
  }

  set(settings: WebhookSettings): void {
    this.stop();
    this.world.store.put("webhook", "current", settings);
    this.start();
  }

  remove(): void {
    this.stop();
    this.world.store.delete("webhook", "current");
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
  }

  private start(): void {
    const running = new AbortController();
    this.running = running;
    void this.deliverAll(running.signal);
  }

  private async deliverAll(stopped: AbortSignal): Promise<void> {
    let pause = FIRST_RETRY_MS;
    while (!stopped.aborted) {
      const update = this.world.updates.pending(1)[0];
      const settings = this.settings;
      if (!settings) return;
      if (!update) {
        await this.world.updates.wait(IDLE_MS, stopped);
        continue;
      }
      const error = await this.deliver(settings, update.body, stopped);
      if (stopped.aborted) return;
      if (error === null) {
        this.world.updates.confirm(update.id);
        pause = FIRST_RETRY_MS;
        continue;
      }
      const lastError = { date: this.world.clock.now(), message: error };
      this.world.store.put("webhook", "current", { ...settings, lastError });
      await sleep(pause, stopped);
      pause = Math.min(LONGEST_RETRY_MS, pause * 2);
    }
  }

  /** Null when the webhook took the update; else what Telegram would note as the last error. */
  private async deliver(
    settings: WebhookSettings,
    body: unknown,
    stopped: AbortSignal,
  ): Promise<string | null> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (settings.secretToken) headers["x-telegram-bot-api-secret-token"] = settings.secretToken;
    try {
      const response = await fetch(settings.url, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        redirect: "manual",
        signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      const text = await response.text();
      if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`;
      await this.runReply(text);
      return null;
    } catch (error) {
      return error instanceof Error && error.name === "TimeoutError"
        ? "Read timeout expired"
        : "Connection refused";
    }
  }

  private async runReply(text: string): Promise<void> {
    if (!text.trimStart().startsWith("{")) return;
    const call: unknown = safeJson(text);
    if (typeof call === "object" && call !== null && "method" in call) {
      await this.onReply(call as Record<string, unknown>);
    }
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function sleep(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
