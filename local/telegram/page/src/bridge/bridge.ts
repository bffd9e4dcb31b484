import { absentMethods } from "./absent-methods.ts";
import { askMethods } from "./ask-methods.ts";
import { chromeMethods, sendViewport } from "./chrome-methods.ts";
import { Refusal, record } from "./params.ts";
import type { BridgeContext, Method, PhonePort } from "./port.ts";
import { initialState, type MiniAppState } from "./state.ts";
import { storageTable } from "./storage-methods.ts";

const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...chromeMethods, ...askMethods, ...storageTable, ...absentMethods }),
);

/** A message as the window receives it; only these three members are looked at. */
export interface IncomingMessage {
  source: unknown;
  origin: string;
  data: unknown;
}

export interface Frame {
  window: { postMessage(message: string, targetOrigin: string): void };
  origin: string;
}

/**
 * The host's side of Telegram's web bridge for one open Mini App. It believes only messages that come from this frame's
 * window *and* from this phone's origin, and answers to that origin alone: the neighbours on the page are strangers.
 */
export class Bridge {
  private state: MiniAppState = initialState;
  private readonly listeners = new Set<() => void>();
  private readonly context: BridgeContext;
  private readonly frame: () => Frame | undefined;

  constructor(frame: () => Frame | undefined, port: PhonePort) {
    this.frame = frame;
    this.context = {
      port,
      get: () => this.state,
      update: (patch) => this.update(patch),
      emit: (eventType, eventData) => this.emit(eventType, eventData),
    };
  }

  getState = (): MiniAppState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Handles one message event; returns whether it was for this bridge. */
  receive(message: IncomingMessage): boolean {
    const frame = this.frame();
    if (!frame || message.source !== frame.window || message.origin !== frame.origin) return false;
    const envelope = parseEnvelope(message.data);
    if (!envelope) return false;
    void this.run(envelope.eventType, envelope.eventData);
    return true;
  }

  emit(eventType: string, eventData?: unknown): void {
    const frame = this.frame();
    frame?.window.postMessage(JSON.stringify({ eventType, eventData: eventData ?? null }), frame.origin);
  }

  themeChanged(): void {
    this.emit("theme_changed", { theme_params: this.context.port.theme() });
  }

  viewportChanged(): void {
    sendViewport(this.context);
  }

  private async run(eventType: string, eventData: unknown): Promise<void> {
    const method = methods.get(eventType);
    if (!method) return this.context.port.refused(eventType, "Telegram has no such method");
    try {
      await method(record(eventData), this.context);
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
      this.context.port.refused(eventType, reason.message);
    }
  }

  private update(patch: Partial<MiniAppState>): void {
    this.state = { ...this.state, ...patch };
    for (const listener of this.listeners) listener();
  }
}

function parseEnvelope(data: unknown): { eventType: string; eventData: unknown } | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const { eventType, eventData } = record(JSON.parse(data));
    return typeof eventType === "string" ? { eventType, eventData } : undefined;
  } catch {
    return undefined;
  }
}
