/**
 * Live events over one WebSocket, resumable: the last number is kept for the tab's life, so a reconnect asks for what was missed.
 * An event says only what changed; who listens asks for the thing again.
 */
import type { LiveEvent } from "../../server/src/platform/shapes.ts";
import { currentAuthorization } from "./api.ts";

export type LiveStatus = "connecting" | "open" | "closed";
type ServerMessage =
  | { type: "ready"; seq: string }
  | { type: "event"; event: LiveEvent }
  | { type: "reset"; seq?: string };

export interface Live {
  onEvent(listener: (event: LiveEvent) => void): () => void;
  /** Too much was missed: everything has to be asked for again. */
  onReset(listener: () => void): () => void;
  onStatus(listener: () => void): () => void;
  status(): LiveStatus;
  stop(): void;
}

const BACK_OFF_MS = [500, 1000, 2000, 5000, 10_000, 20_000];
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
}

export function startLive({
  url,
  storage = sessionStorage,
  connect = (to) => new WebSocket(to),
}: LiveOptions): Live {
  const [events, resets, statuses] = [listeners<[LiveEvent]>(), listeners<[]>(), listeners<[]>()];
  let socket: WebSocket | null = null;
  let status: LiveStatus = "connecting";
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;

  const setStatus = (next: LiveStatus) => {
    if (status === next) return;
    status = next;
    statuses.emit();
  };
  let readySeq = "";
  const remember = (seq: string) => storage.setItem(STORAGE_KEY, seq);

  const receive = (message: ServerMessage | null) => {
    if (message?.type === "ready") {
      failures = 0;
      readySeq = message.seq;
      if (!storage.getItem(STORAGE_KEY)) remember(message.seq);
      setStatus("open");
    } else if (message?.type === "event") {
      remember(message.event.seq);
      events.emit(message.event);
    } else if (message?.type === "reset") {
      remember(message.seq ?? readySeq);
      resets.emit();
    }
  };

  const open = () => {
    timer = null;
    if (isStopped) return;
    setStatus("connecting");
    const since = storage.getItem(STORAGE_KEY);
    const current = connect(since ? `${url}?since=${encodeURIComponent(since)}` : url);
    socket = current;
    current.onopen = async () => {
      const authorization = await currentAuthorization();
      if (socket === current) current.send(JSON.stringify({ authorization }));
    };
    current.onmessage = ({ data }) => receive(parse(data));
    current.onclose = () => {
      if (socket !== current || isStopped) return;
      setStatus("closed");
      timer = setTimeout(open, backOff(failures++));
    };
  };

  const hurry = () => {
    if (document.visibilityState === "hidden" || !timer) return;
    clearTimeout(timer);
    open();
  };
  const hasDocument = typeof document !== "undefined";
  if (hasDocument) {
    document.addEventListener("visibilitychange", hurry);
    window.addEventListener("online", hurry);
  }
  open();

  return {
    onEvent: events.add,
    onReset: resets.add,
    onStatus: statuses.add,
    status: () => status,
    stop: () => {
      isStopped = true;
      if (timer) clearTimeout(timer);
      if (hasDocument) {
        document.removeEventListener("visibilitychange", hurry);
        window.removeEventListener("online", hurry);
      }
      socket?.close();
    },
  };
}
