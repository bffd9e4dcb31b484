/** The app as a browser's own: its service worker, and being told of things while it is closed. */
import { send } from "../../../kit/api.ts";
import { config } from "./config.ts";

/** Only where we are the page ourselves: inside of Telegram's web client we are a frame, and Telegram tells. */
const canInstall = (): boolean =>
  window.top === window && "serviceWorker" in navigator && window.isSecureContext;

/** `navigate` shows a page of ours: a tap on a notification may find the app open. */
export function startServiceWorker(navigate: (path: string) => void): void {
  if (!canInstall()) return;
  navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type !== "open") return;
    const { origin, pathname, search } = new URL(String(data.href), location.origin);
    if (origin === location.origin) navigate(pathname + search);
  });
}

/** Whoever is signed in here comes back: all screens are kept for then, and for a page that outlives its version on the server. */
export async function keepApp(): Promise<void> {
  const { saveData } = (navigator as { connection?: { saveData?: boolean } }).connection ?? {};
  if (!canInstall() || saveData) return;
  (await registered()).active?.postMessage({ type: "keep" });
}

export const canPush = (): boolean =>
  canInstall() && "PushManager" in window && "Notification" in window && config().pushPublicKey !== null;

/** On an iPhone only an app on the home screen is told of things. */
export const needsHomeScreen = (): boolean =>
  config().pushPublicKey !== null && /iPhone|iPad/.test(navigator.userAgent) && !("PushManager" in window);

const registered = async (): Promise<ServiceWorkerRegistration> => navigator.serviceWorker.ready;

export async function isPushOn(): Promise<boolean> {
  if (!canPush() || Notification.permission !== "granted") return false;
  return (await (await registered()).pushManager.getSubscription()) !== null;
}

/** `denied`: the person, or the browser, said no. `unreachable`: the browser has no push service, or does not get through to it. */
export type SwitchedOn = "on" | "denied" | "unreachable";

export async function switchPushOn(): Promise<SwitchedOn> {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  const subscription = await subscribe();
  if (!subscription) return "unreachable";
  const { endpoint, keys } = subscription.toJSON();
  try {
    await send("POST", "/api/push/subscriptions", { endpoint, keys });
  } catch (error) {
    // Nobody would ever write to it, and the switch must not say that it is on.
    await subscription.unsubscribe();
    throw error;
  }
  return "on";
}

async function subscribe(): Promise<PushSubscription | null> {
  const { pushManager } = await registered();
  try {
    return await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: config().pushPublicKey,
    });
  } catch {
    return null;
  }
}

export async function switchPushOff(): Promise<void> {
  if (!canPush()) return;
  const subscription = await (await registered()).pushManager.getSubscription();
  if (!subscription) return;
  await send("DELETE", "/api/push/subscriptions", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

/** Lets go of what this browser subscribed to, when nobody is signed in any more who could tell the server. */
export async function dropPush(): Promise<void> {
  if (!canPush()) return;
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
