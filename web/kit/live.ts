/**
 * Live events over one WebSocket, resumable: the last number is kept for the tab's life, so a reconnect asks for what was missed.
 * An event says only what changed; who listens asks for the thing again. Visitors who have not signed in hear of public lists only.
 */
import type { LiveEvent, PublicTopic } from "../../server/src/platform/shapes.ts";
import { currentAuthorization } from "./api.ts";

export type LiveStatus = "connecting" | "open" | "closed";
type ServerMessage =
  | { type: "ready"; seq: string }
  | { type: "event"; event: LiveEvent }
  | { type: "reset"; seq?: string }
  | { type: "subscribed"; topics: PublicTopic[] }
  | { type: "public"; topic: PublicTopic; ids: string[] };
/** What changed in a public list; null: some of it may have been missed, the list has to be read again. */
type PublicListener = (ids: readonly string[] | null) => void;

export interface Live {
  onEvent(listener: (event: LiveEvent) => void): () => void;
  /** Too much was missed: everything has to be asked for again. */
  onReset(listener: () => void): () => void;
  /** News of a public list for as long as somebody listens; null at the start and whenever news may have been missed. */
  onPublic(topic: PublicTopic, listener: PublicListener): () => void;
  onStatus(listener: () => void): () => void;
  status(): LiveStatus;
  stop(): void;
}

const BACK_OFF_MS = [500, 1000, 2000, 5000, 10_000, 20_000];
/** When everybody has to read a list again, not everybody does at once. */
const AGAIN_SPREAD_MS = 1_500;
const STORAGE_KEY = "souk.live.seq";

/** With jitter, so that a restart of the server is not met by everybody at once. */
export const backOff = (failures: number, random = Math.random()): number =>
  (BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 20_000) * (0.75 + random / 2);

function parse(data: unknown): ServerMessage | null {
  try {
    const message = JSON.parse(String(data)) as ServerMessage;
    return message && typeof message.type === "string" ? message : null;
  } catch {
    return null;
  }
}

function listeners<T extends unknown[]>() {
  const set = new Set<(...args: T) => void>();
  return {
    emit: (...args: T) => {
      for (const listener of set) listener(...args);
    },
    add: (listener: (...args: T) => void) => {
      set.add(listener);
      return () => void set.delete(listener);
    },
  };
}

export interface LiveOptions {
  url: string;
  storage?: Pick<Storage, "getItem" | "setItem">;
  connect?: (url: string) => WebSocket;
  /** Not signed in: connects when there is a public list to follow. */
  isVisitor?: boolean;
}

export const startLive = (options: LiveOptions): Live => new Connection(options);

class Connection implements Live {
  private readonly url: string;
  private readonly storage: Pick<Storage, "getItem" | "setItem">;
  private readonly connect: (url: string) => WebSocket;
  private readonly events = listeners<[LiveEvent]>();
  private readonly resets = listeners<[]>();
  private readonly statuses = listeners<[]>();
  private readonly lists = new Map<PublicTopic, Set<PublicListener>>();
  private readonly isVisitor: boolean;
  private socket: WebSocket | null = null;
  private present: LiveStatus = "connecting";
  private failures = 0;
  private readySeq = "";
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isStopped = false;
  /** It has said who it is, so it may subscribe. */
  private hasSpoken = false;

  readonly onEvent = this.events.add;
  readonly onReset = this.resets.add;
  readonly onStatus = this.statuses.add;
  readonly status = (): LiveStatus => this.present;

  constructor(options: LiveOptions) {
    const { url, storage = sessionStorage, connect = (to) => new WebSocket(to), isVisitor = false } = options;
    this.url = url;
    this.isVisitor = isVisitor;
    this.storage = storage;
    this.connect = connect;
    if (typeof document !== "undefined") {
      document.addEventListener("visibilitychange", this.hurry);
      window.addEventListener("online", this.hurry);
    }
    this.open();
  }

  stop(): void {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
    if (typeof document !== "undefined") {
      document.removeEventListener("visibilitychange", this.hurry);
      window.removeEventListener("online", this.hurry);
    }
    this.socket?.close();
  }

  onPublic(topic: PublicTopic, listener: PublicListener): () => void {
    const present = this.lists.get(topic) ?? new Set();
    this.lists.set(topic, present.add(listener));
    if (present.size === 1) {
      this.say({ subscribe: [topic] });
      if (!this.socket && !this.timer) this.open();
    }
    return () => {
      present.delete(listener);
      if (present.size > 0 || this.lists.get(topic) !== present) return;
      this.lists.delete(topic);
      this.say({ unsubscribe: [topic] });
    };
  }

  private say(message: unknown): void {
    if (this.hasSpoken) this.socket?.send(JSON.stringify(message));
  }

  private open(): void {
    this.timer = null;
    this.hasSpoken = false;
    if (this.isStopped || (this.isVisitor && this.lists.size === 0)) {
      this.socket = null;
      return;
    }
    this.setStatus("connecting");
    const since = this.storage.getItem(STORAGE_KEY);
    const socket = this.connect(since ? `${this.url}?since=${encodeURIComponent(since)}` : this.url);
    this.socket = socket;
    socket.onopen = async () => {
      const authorization = this.isVisitor ? null : await currentAuthorization();
      if (this.socket !== socket) return;
      this.hasSpoken = true;
      if (!this.isVisitor) this.say({ authorization });
      if (this.lists.size > 0) this.say({ subscribe: [...this.lists.keys()] });
    };
    socket.onmessage = ({ data }) => this.receive(parse(data));
    socket.onclose = () => {
      if (this.socket !== socket || this.isStopped) return;
      this.setStatus("closed");
      this.timer = setTimeout(() => this.open(), backOff(this.failures++));
    };
  }

  private receive(message: ServerMessage | null): void {
    if (message?.type === "ready") {
      this.failures = 0;
      this.readySeq = message.seq;
      if (!this.storage.getItem(STORAGE_KEY)) this.remember(message.seq);
      this.setStatus("open");
    } else if (message?.type === "event") {
      this.remember(message.event.seq);
      this.events.emit(message.event);
    } else if (message?.type === "reset") {
      this.remember(message.seq ?? this.readySeq);
      this.resets.emit();
    } else if (message?.type === "subscribed") {
      if (this.isVisitor) this.failures = 0;
      if (this.isVisitor) this.setStatus("open");
      for (const topic of message.topics) this.tell(topic, null);
    } else if (message?.type === "public") {
      if (message.ids.length > 0) this.tell(message.topic, message.ids);
      else setTimeout(() => this.tell(message.topic, null), Math.random() * AGAIN_SPREAD_MS);
    }
  }

  private tell(topic: PublicTopic, ids: readonly string[] | null): void {
    for (const listener of this.lists.get(topic) ?? []) listener(ids);
  }

  /** Back on the screen, or back on the network: now is better than later. */
  private readonly hurry = (): void => {
    if (document.visibilityState === "hidden" || !this.timer) return;
    clearTimeout(this.timer);
    this.open();
  };

  private remember(seq: string): void {
    this.storage.setItem(STORAGE_KEY, seq);
  }

  private setStatus(next: LiveStatus): void {
    if (this.present === next) return;
    this.present = next;
    this.statuses.emit();
  }
}
