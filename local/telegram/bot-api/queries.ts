/**
 * Questions that a person's client has put to the bot and waits for: pressed buttons, inline queries. And what is seen only for a moment:
 * "typing". None of it is kept over a restart, as in Telegram.
 */
import type { AnswerCallback, AnswerCheckout, AnswerInline } from "./answers.ts";

/** How long a client waits for the bot. */
const CLIENT_WAIT_MS = 15_000;
/** How long the bot may answer before Telegram calls the query too old. */
const ANSWERABLE_MS = 30_000;
const CHECKOUT_WAIT_MS = 10_000;
const CHAT_ACTION_MS = 5_000;

interface Open<A> {
  readonly at: number;
  resolve: (answer: A | null) => void;
}

export class Questions<A> {
  private readonly open = new Map<string, Open<A>>();
  private readonly waitMs: number;

  constructor(waitMs = CLIENT_WAIT_MS) {
    this.waitMs = waitMs;
  }

  /** Resolves with the bot's answer, or null when it was silent for too long. */
  ask(id: string): Promise<A | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), this.waitMs);
      this.open.set(id, {
        at: Date.now(),
        resolve: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
      });
    });
  }

  /** False when there is no such question or it is too old. */
  answer(id: string, answer: A): boolean {
    const question = this.open.get(id);
    this.open.delete(id);
    const answerableMs = this.waitMs === CLIENT_WAIT_MS ? ANSWERABLE_MS : this.waitMs;
    if (!question || Date.now() - question.at > answerableMs) return false;
    question.resolve(answer);
    return true;
  }

  /** Lets everybody who waits go. */
  close(): void {
    for (const question of this.open.values()) question.resolve(null);
    this.open.clear();
  }
}

export class Queries {
  readonly callbacks = new Questions<AnswerCallback>();
  readonly inline = new Questions<AnswerInline>();
  /** Whether a payment may go on: after ten seconds the client calls it off. */
  readonly checkouts = new Questions<AnswerCheckout>(CHECKOUT_WAIT_MS);
  private readonly actions = new Map<number, { readonly action: string; readonly until: number }>();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private readonly touch: () => void;

  /** @param touch called when what is seen changes. */
  constructor(touch: () => void) {
    this.touch = touch;
  }

  showAction(personId: number, action: string): void {
    this.actions.set(personId, { action, until: Date.now() + CHAT_ACTION_MS });
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.touch();
    }, CHAT_ACTION_MS + 20);
    this.timers.add(timer);
    this.touch();
  }

  endAction(personId: number): void {
    this.actions.delete(personId);
  }

  action(personId: number): string | null {
    const shown = this.actions.get(personId);
    return shown && shown.until > Date.now() ? shown.action : null;
  }

  close(): void {
    this.callbacks.close();
    this.inline.close();
    this.checkouts.close();
    for (const timer of this.timers) clearTimeout(timer);
  }
}
