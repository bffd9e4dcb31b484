import type { PersonState, World } from "../../../protocol.ts";
import { fetchState, fetchWorld } from "./api.ts";

/**
 * One live connection: the stream sends whole states, so a missed event costs nothing and a reconnection heals
 * everything. Hidden tabs let their connections go, because browsers allow only six per origin.
 */
export class Live {
  private source: EventSource | undefined;
  private readonly url: string;
  private readonly onEvent: (name: "state" | "world", data: string) => void;
  private readonly onOnline: (online: boolean) => void;

  constructor(
    url: string,
    onEvent: (name: "state" | "world", data: string) => void,
    onOnline: (online: boolean) => void,
  ) {
    this.url = url;
    this.onEvent = onEvent;
    this.onOnline = onOnline;
  }

  start(): () => void {
    const follow = () => (document.hidden ? this.close() : this.open());
    document.addEventListener("visibilitychange", follow);
    follow();
    return () => {
      document.removeEventListener("visibilitychange", follow);
      this.close();
    };
  }

  private open(): void {
    if (this.source) return;
    const source = new EventSource(this.url);
    this.source = source;
    for (const name of ["state", "world"] as const) {
      source.addEventListener(name, (event) => this.onEvent(name, event.data));
    }
    source.onopen = () => this.onOnline(true);
    source.onerror = () => {
      this.onOnline(false);
      // A refused connection is not retried by the browser, so we do it.
      if (source.readyState !== EventSource.CLOSED) return;
      this.close();
      setTimeout(() => document.hidden || this.open(), 1500);
    };
  }

  private close(): void {
    this.source?.close();
    this.source = undefined;
  }
}

export interface HostSnapshot {
  world: World | undefined;
  states: ReadonlyMap<number, PersonState>;
  online: boolean;
}

/** The page's only store: the world and what each of the three people sees. */
export class HostStore {
  private snapshot: HostSnapshot = { world: undefined, states: new Map(), online: true };
  private readonly listeners = new Set<() => void>();
  private stream: (() => void) | undefined;

  getSnapshot = (): HostSnapshot => this.snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Loads the world, then follows every phone; repeats until the server is there. */
  async start(): Promise<void> {
    try {
      const world = await fetchWorld();
      this.takeWorld(world);
      await Promise.all(world.phones.map(async ({ personId }) => this.takeState(await fetchState(personId))));
      this.set({ online: true });
    } catch {
      this.set({ online: false });
      setTimeout(() => void this.start(), 1000);
    }
  }

  private takeWorld(world: World): void {
    this.set({ world });
    this.stream ??= this.follow(world.phones.map(({ personId }) => personId)).start();
  }

  private takeState(state: PersonState): void {
    const states = new Map(this.snapshot.states);
    states.set(state.me.id, state);
    this.set({ states });
  }

  /** One stream for all phones: browsers allow only six connections to an origin. */
  private follow(people: readonly number[]): Live {
    return new Live(
      `/host/events?${people.map((id) => `person=${id}`).join("&")}`,
      (name, data) => {
        if (name === "world") this.takeWorld(JSON.parse(data) as World);
        else this.takeState(JSON.parse(data) as PersonState);
      },
      (online) => this.set({ online }),
    );
  }

  private set(patch: Partial<HostSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...patch };
    for (const listener of this.listeners) listener();
  }
}
