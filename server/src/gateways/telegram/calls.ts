/**
 * Every call to the Bot API, ours and those of the bot's handlers, goes through one transformer: time-out, circuit,
 * repetition where it is harmless, and patience with 429.
 */
import { HttpError, type Transformer } from "grammy";
import { createGuard, GatewayDown, type Guard } from "../../platform/gateway.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";

/** A 5xx answer, or one that is no answer of the Bot API: a fault of the gateway, kept to be handed on as it came. */
class ServerFault extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super("Telegram answered with a fault");
    this.answer = answer;
  }
}

type Answer = { ok: boolean; error_code?: number; parameters?: { retry_after?: number } };

const isFault = (error: unknown): boolean => error instanceof HttpError || error instanceof ServerFault;
/** A time-out of these may come after the effect, and a repetition would be a second message. */
const isRepeatable = (method: string): boolean => !/^(send|forward|copy|refund)/.test(method);

export type CallOptions = {
  log: Log;
  metrics: Metrics | undefined;
  timeoutMs?: number;
  /** The longest `retry_after`, in seconds, that a call waits out by itself; beyond it the caller hears 429. */
  patienceSeconds?: number;
};

/** Time-outs and the circuit; one for everything that calls this bot. */
export const createCallGuard = ({ log, metrics }: CallOptions): Guard =>
  createGuard({ gateway: "telegram", isFault, log, metrics });

export function guardedCalls(guard: Guard, options: CallOptions): Transformer {
  const quiet = new QuietTimes();
  const patience = options.patienceSeconds ?? 5;
  const timeoutMs = options.timeoutMs ?? 8_000;

  const once = async (method: string, waitMs: number, call: (signal: AbortSignal) => Promise<Answer>) => {
    try {
      return await guard.call(
        method,
        async (signal) => {
          const answer = await call(signal);
          if (!answer.ok && !(answer.error_code && answer.error_code < 500)) throw new ServerFault(answer);
          return answer;
        },
        { timeoutMs: timeoutMs + waitMs, tries: isRepeatable(method) && method !== "getUpdates" ? 3 : 1 },
      );
    } catch (error) {
      if (error instanceof ServerFault && isAnswer(error.answer)) return error.answer;
      throw error instanceof GatewayDown ? new HttpError(error.message, error) : error;
    }
  };

  const transform = async (
    prev: (method: string, payload: unknown, signal?: AbortSignal) => Promise<unknown>,
    method: string,
    payload: { chat_id?: string | number; timeout?: number },
    given?: AbortSignal,
  ): Promise<Answer> => {
    const lane = `${method.startsWith("send") ? "send" : method} ${payload?.chat_id ?? ""}`;
    const waitMs = method === "getUpdates" ? (payload?.timeout ?? 0) * 1_000 : 0;
    for (let waited = 0; ; ) {
      const left = quiet.secondsLeft(lane);
      if (left > 0 && waited + left > patience) return tooMany(left);
      if (left > 0) await Bun.sleep(left * 1_000);
      waited += left;
      const answer = await once(
        method,
        waitMs,
        (signal) =>
          prev(method, payload, given ? AbortSignal.any([given, signal]) : signal) as Promise<Answer>,
      );
      const retryAfter = answer.error_code === 429 ? (answer.parameters?.retry_after ?? 1) : 0;
      if (retryAfter === 0) return answer;
      quiet.set(lane, retryAfter);
      if (waited + retryAfter > patience) return answer;
    }
  };
  return transform as unknown as Transformer;
}

/** What Telegram asked us to leave alone, and for how long; asked again before that it only gets longer. */
class QuietTimes {
  private readonly until = new Map<string, number>();

  secondsLeft(lane: string): number {
    const left = ((this.until.get(lane) ?? 0) - performance.now()) / 1_000;
    if (left > 0) return left;
    this.until.delete(lane);
    return 0;
  }

  set(lane: string, seconds: number): void {
    if (this.until.size > 10_000) this.until.clear();
    this.until.set(lane, performance.now() + seconds * 1_000);
  }
}

const tooMany = (seconds: number): Answer => {
  const retryAfter = Math.ceil(seconds);
  const description = `Too Many Requests: retry after ${retryAfter}`;
  return { ok: false, error_code: 429, description, parameters: { retry_after: retryAfter } } as Answer;
};

const isAnswer = (value: unknown): value is Answer =>
  typeof value === "object" && value !== null && "ok" in value && "error_code" in value;
