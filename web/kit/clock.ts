/**
 * The server's clock. Deadlines are shown against it, because the phone's clock may be wrong and a local world may be moved
 * into the future. `GET /api/config` carries the time; half of the round trip is taken off.
 */
import { useSyncExternalStore } from "react";

let offset = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let second = 0;

/** `serverNow` is an ISO instant; `sentAt` and `receivedAt` are this device's milliseconds around the request. */
export function setServerClock(serverNow: string, sentAt: number, receivedAt: number): void {
  const parsed = Date.parse(serverNow);
  if (Number.isNaN(parsed)) return;
  offset = parsed + (receivedAt - sentAt) / 2 - receivedAt;
  tick();
}

/** Milliseconds since the epoch, by the server. */
export const serverNow = (): number => Date.now() + offset;

function tick(): void {
  second = Math.floor(serverNow() / 1000);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = null;
    }
  };
}

function snapshot(): number {
  if (!timer) second = Math.floor(serverNow() / 1000);
  return second;
}

/** The server's time in whole seconds as milliseconds; re-renders once a second, all users of it in the same tick. */
export const useNow = (): number => useSyncExternalStore(subscribe, snapshot) * 1000;
