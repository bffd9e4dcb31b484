/** Server-sent events: a whole state at connection and again after every change that shows. */

import type { Host } from "./context.ts";
import { personState, worldView } from "./views.ts";

const HEARTBEAT_MS = 15_000;
/** Changes that come together are shown together. */
const GATHER_MS = 15;

interface Listener {
  readonly personId: number | null;
  readonly send: (event: string, data: string) => void;
  lastState: string;
  lastWorld: string;
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

  stream(personId: number | null, signal: AbortSignal): Response {
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
          personId,
          send: (event, data) => write(`event: ${event}\ndata: ${data}\n\n`),
          lastState: "",
          lastWorld: "",
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
    const worldFacts = JSON.stringify({ ...world, version: 0, clock: { ...world.clock, now: 0 } });
    if (worldFacts !== listener.lastWorld) {
      listener.lastWorld = worldFacts;
      listener.send("world", JSON.stringify(world));
    }
    const person = listener.personId === null ? undefined : host.world.person(listener.personId);
    if (!person) return;
    const state = personState(host, person);
    const stateFacts = JSON.stringify({ ...state, version: 0 });
    if (stateFacts === listener.lastState) return;
    listener.lastState = stateFacts;
    listener.send("state", JSON.stringify(state));
  }
}
