/** The clock as the page shows it, with the next deadline asked for now and then while somebody looks. */
import type { Clock } from "../protocol.ts";
import type { World } from "../world/world.ts";
import type { Controls } from "./controls.ts";

const ASK_EVERY_MS = 3_000;
const YEAR_SECONDS = 366 * 86_400;

export class HostClock {
  private readonly world: World;
  private readonly controls: Controls | null;
  private deadline: number | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(world: World, controls: Controls | null) {
    this.world = world;
    this.controls = controls;
  }

  /** Begins to ask for the deadline; `changed` is called when it is another one, `isWatched` says whether anybody looks. */
  start(isWatched: () => boolean, changed: () => void): void {
    if (!this.controls?.nextDeadline) return;
    this.timer = setInterval(() => {
      if (isWatched()) void this.ask().then((isNew) => isNew && changed());
    }, ASK_EVERY_MS);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
  }

  view(): Clock {
    return {
      now: this.world.clock.now(),
      offset: this.world.clock.offsetSeconds,
      nextDeadline: this.deadline,
      movable: this.controls !== null,
    };
  }

  /** True when the deadline is another one than before. */
  async ask(): Promise<boolean> {
    const before = this.deadline;
    try {
      this.deadline = (await this.controls?.nextDeadline?.()) ?? null;
    } catch {
      this.deadline = null;
    }
    return this.deadline !== before;
  }

  /** @throws RangeError for a step that is none; Error when the world cannot be moved. */
  async advance(seconds: number): Promise<void> {
    if (!this.controls) throw new Error("nobody here can move the clock of the whole world");
    if (!Number.isSafeInteger(seconds) || seconds <= 0 || seconds > YEAR_SECONDS) {
      throw new RangeError("a step is a whole number of seconds, forward, and at most a year");
    }
    await this.controls.advance(seconds);
    await this.ask();
  }

  /** Moves to one second after the next deadline. */
  async advanceToDeadline(): Promise<void> {
    await this.ask();
    if (this.deadline === null) throw new Error("there is no deadline ahead");
    await this.advance(Math.max(1, this.deadline - this.world.clock.now() + 1));
  }

  async canPlay(): Promise<boolean> {
    return (await this.controls?.canPlay?.().catch(() => false)) ?? false;
  }

  /** The story's events; null when nobody can play. Whoever hangs up stops it. */
  async play(signal: AbortSignal): Promise<Response | null> {
    const played = await this.controls?.play?.(signal);
    if (!played) return null;
    const { status, body } = played;
    const type = played.headers.get("content-type") ?? "application/json";
    return new Response(body, { status, headers: { "content-type": type, "cache-control": "no-store" } });
  }

  async reset(): Promise<boolean> {
    if (!this.controls?.reset) return false;
    await this.controls.reset();
    this.deadline = null;
    return true;
  }
}
