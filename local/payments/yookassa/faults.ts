/** What a provider does on a bad day, on order. */
export type Call = "create" | "get" | "refund" | "list" | "*";
export type Fault = { call: Call; times?: number } & (
  | { kind: "silence_before" | "silence_after"; seconds: number }
  | { kind: "status"; status: number }
  /** The answer stops being JSON. */
  | { kind: "malformed" }
  /** Taken, and not worked on yet: 202 with `retry_after` milliseconds. */
  | { kind: "processing"; retryAfterMs: number }
);

export class Faults {
  private list: Fault[] = [];

  add(fault: Fault): void {
    this.list.push({ ...fault });
  }

  clear(): void {
    this.list = [];
  }

  all(): readonly Fault[] {
    return this.list;
  }

  /** The fault that this call meets; without `times` it stays. */
  take(call: Call): Fault | undefined {
    const fault = this.list.find((one) => one.call === call || one.call === "*");
    if (fault?.times !== undefined) {
      fault.times -= 1;
      if (fault.times <= 0) this.list = this.list.filter((one) => one !== fault);
    }
    return fault;
  }
}
