/** Idempotence keys: for a day the same request is one request, and the same key with other data is refused. */
import { invalid } from "./objects.ts";

const DAY_MS = 86_400_000;
type Known = { request: string; answer: unknown; at: number };

export class Idempotence {
  private readonly known = new Map<string, Known>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Does it once for a key. A refusal is not remembered. @throws Refusal */
  once<T>(key: string | null, request: string, run: () => T): T {
    if (key === null || key === "") throw invalid("Idempotence-Key header is required", "Idempotence-Key");
    if (key.length > 64) throw invalid("Idempotence key is too long", "Idempotence-Key");
    const before = this.known.get(key);
    if (before && this.now() - before.at < DAY_MS) {
      if (before.request !== request) throw invalid("Idempotence key duplicated", "Idempotence-Key");
      return before.answer as T;
    }
    const answer = run();
    this.known.set(key, { request, answer, at: this.now() });
    return answer;
  }

  clear(): void {
    this.known.clear();
  }
}
