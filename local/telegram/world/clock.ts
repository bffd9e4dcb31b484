/** The world's clock: the machine's clock plus an offset that only grows. A world may begin in the past, with an offset below zero. */
export class WorldClock {
  private offset: number;
  private readonly keep: (offset: number) => void;

  /** @param offset seconds, as kept from the last run. @param keep called with every new offset. */
  constructor(offset: number, keep: (offset: number) => void) {
    this.offset = offset;
    this.keep = keep;
  }

  /** Unix seconds. */
  now(): number {
    return Math.floor(Date.now() / 1000) + this.offset;
  }

  get offsetSeconds(): number {
    return this.offset;
  }

  /** @throws RangeError when time would go back, or for anything that is no whole number of seconds. */
  setOffset(seconds: number): void {
    if (!Number.isSafeInteger(seconds) || seconds < this.offset) {
      throw new RangeError(`the clock goes forward only: ${seconds} after ${this.offset}`);
    }
    if (seconds === this.offset) return;
    this.offset = seconds;
    this.keep(seconds);
  }

  /** Where a new world's time begins; only for a world that is made anew. */
  restart(seconds = 0): void {
    this.offset = seconds;
    this.keep(seconds);
  }
}
