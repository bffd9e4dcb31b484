/** Putting the app on the device, where the browser offers that to a page; others have it in their menus. */
import { useSyncExternalStore } from "react";

/** Chromium's own event, which is in no list of types yet. */
type Offer = Event & { prompt(): Promise<{ outcome: "accepted" | "dismissed" }> };

let offer: Offer | null = null;
const listeners = new Set<() => void>();
const keep = (next: Offer | null): void => {
  offer = next;
  for (const listener of listeners) listener();
};

/** The offer comes once, soon after the page. */
export function followInstallOffers(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    keep(event as Offer);
  });
  window.addEventListener("appinstalled", () => keep(null));
}

export const useCanInstall = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => offer !== null,
  );

/** Asks with the browser's own dialog; an offer is good for one question. */
export async function install(): Promise<void> {
  const present = offer;
  keep(null);
  await present?.prompt();
}
