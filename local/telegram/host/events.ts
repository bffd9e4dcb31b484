/** Server-sent events: a whole state at connection and again after every change that shows. */

import type { Host } from "./context.ts";
import { personState, worldView } from "./views.ts";

const HEARTBEAT_MS = 15_000;
/** Changes that come together are shown together. */
const GATHER_MS = 15;

interface Listener {
  readonly people: readonly number[];
  readonly send: (event: string, data: string) => void;
  /** What was shown last, by event and person. */
  readonly last: Map<string, string>;
}

export class Events {
  private readonly host: Host;
  private readonly listeners = new Set<Listener>();
  private readonly forget: () => void;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(host: Host) {
    this.host = host;
    this.forget = host.world.store.onChange(() => this.soon());
  }

  get audience(): number {
    return this.listeners.size;
  }

  /** One stream for any number of people: browsers allow few connections to one origin. */
  stream(people: readonly number[], signal: AbortSignal): Response {
    const encoder = new TextEncoder();
    let end = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const write = (text: string): void => {
          try {
            controller.enqueue(encoder.encode(text));
          } catch {
            end();
          }
        };
        const listener: Listener = {
          people,
          send: (event, data) => write(`event: ${event}\ndata: ${data}\n\n`),
          last: new Map(),
        };
        const heartbeat = setInterval(() => write(": \n\n"), HEARTBEAT_MS);
        end = () => {
          clearInterval(heartbeat);
          this.listeners.delete(listener);
        };
        signal.addEventListener("abort", end, { once: true });
        this.listeners.add(listener);
        write("retry: 1000\n\n");
        this.show(listener);
      },
      cancel: () => end(),
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
    });
  }

  /** Shows the next state even where nothing was kept, such as a moved clock. */
  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      for (const listener of this.listeners) this.show(listener);
    }, GATHER_MS);
  }

  stop(): void {
    this.forget();
    if (this.timer) clearTimeout(this.timer);
    this.listeners.clear();
  }

  private show(listener: Listener): void {
    const { host } = this;
    const world = worldView(host);
    const seen = { ...world, clock: { ...world.clock, now: 0 } };
    this.showOne(listener, "world", "world", seen, world);
    for (const id of listener.people) {
      const person = host.world.person(id);
      if (!person) continue;
      const state = personState(host, person);
      this.showOne(listener, "state", String(id), state, state);
    }
  }

  /** Sends `value` unless what is seen of it is what was shown before; the version alone is nothing to show. */
  private showOne(listener: Listener, event: string, key: string, seen: object, value: object): void {
    const facts = JSON.stringify({ ...seen, version: 0 });
    if (listener.last.get(key) === facts) return;
    listener.last.set(key, facts);
    listener.send(event, JSON.stringify(value));
  }
}
