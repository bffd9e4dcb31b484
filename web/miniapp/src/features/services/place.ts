/** Where the reader is: asked of Telegram where it can tell, else of the browser. Asked only when they press for it. */
import { locationManager } from "@tma.js/sdk-react";
import { launch } from "../../../../kit/telegram.ts";
import type { Point } from "./queries.ts";

export type Located = { point: Point } | { problem: "refused" | "unknown" };

const TIMEOUT_MS = 12_000;
/** A metre: enough to be found, and no more is kept. */
const round = (value: number): number => Math.round(value * 1e5) / 1e5;

async function fromTelegram(): Promise<Located | null> {
  if (!launch.isTelegram || !locationManager.mount.isAvailable()) return null;
  try {
    if (!locationManager.isMounted()) await locationManager.mount();
    // Telegram on a computer has no such thing, and would answer as if it had been refused.
    if (!locationManager.isAvailable() || !locationManager.requestLocation.isAvailable()) return null;
    const found = await locationManager.requestLocation();
    if (!found) return { problem: "refused" };
    const { latitude, longitude } = found;
    return { point: { latitude: round(latitude), longitude: round(longitude) } };
  } catch {
    return null;
  }
}

function fromBrowser(): Promise<Located> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve({ problem: "unknown" });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ point: { latitude: round(coords.latitude), longitude: round(coords.longitude) } }),
      ({ code, PERMISSION_DENIED }) =>
        resolve({ problem: code === PERMISSION_DENIED ? "refused" : "unknown" }),
      { timeout: TIMEOUT_MS, maximumAge: 60_000, enableHighAccuracy: true },
    );
  });
}

export const locate = async (): Promise<Located> => (await fromTelegram()) ?? (await fromBrowser());
