/** Scripted misbehaviour for tests: what happens to the next calls of a method, and to the next updates. */
import type { UpdateFault, UpdateQueue } from "../world/updates.ts";

export type CallFault =
  /** No answer ever; the effect has happened (`after`) or not (`before`). */
  | { readonly kind: "timeout"; readonly effect: "before" | "after" }
  | { readonly kind: "tooMany"; readonly retryAfter: number }
  | { readonly kind: "status"; readonly status: number; readonly description: string }
  /** 200 with a body that is no JSON; the effect has happened. */
  | { readonly kind: "malformed" };

export class Faults {
  private readonly scripts = new Map<string, CallFault[]>();
  private readonly updates: UpdateQueue;

  constructor(updates: UpdateQueue) {
    this.updates = updates;
  }

  /** `method` is a Bot API method, or `*` for whichever comes next. Several faults hit as many calls. */
  next(method: string, ...faults: CallFault[]): void {
    const known = this.scripts.get(method) ?? [];
    this.scripts.set(method, [...known, ...faults]);
  }

  /** The next updates come twice, or never, by webhook and polling alike. */
  nextUpdate(...faults: UpdateFault[]): void {
    this.updates.script(...faults);
  }

  clear(): void {
    this.scripts.clear();
  }

  take(method: string): CallFault | null {
    return this.scripts.get(method)?.shift() ?? this.scripts.get("*")?.shift() ?? null;
  }
}
