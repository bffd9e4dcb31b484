/** Chain time: this machine's clock plus an offset that only ever grows. Seconds. */
export class Clock {
  offset: number;

  constructor(offset: number) {
    this.offset = offset;
  }

  now(): number {
    return Math.floor(Date.now() / 1000) + this.offset;
  }
}
