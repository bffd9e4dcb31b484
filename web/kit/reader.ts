/** Whether the reader is signed in, and by what: Telegram around the Mini App, a session of this browser, or nothing. */
import { useSyncExternalStore } from "react";
import { launch } from "./telegram.ts";

/** `ended`: this browser was signed in until a moment ago, and its session was ended elsewhere or has run out. */
export type Reader = "telegram" | "browser" | "visitor" | "ended";

let present: Reader = launch.isTelegram ? "telegram" : "visitor";
const listeners = new Set<() => void>();

export function setReader(reader: Reader): void {
  present = reader;
  for (const listener of listeners) listener();
}

export const isSignedIn = (): boolean => present === "telegram" || present === "browser";

export const useReader = (): Reader =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => present,
  );
