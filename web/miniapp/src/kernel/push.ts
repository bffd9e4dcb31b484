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

export const canPush = (): boolean =>
  canInstall() && "PushManager" in window && "Notification" in window && config().pushPublicKey !== null;

const registered = async (): Promise<ServiceWorkerRegistration> => navigator.serviceWorker.ready;

export async function isPushOn(): Promise<boolean> {
  if (!canPush() || Notification.permission !== "granted") return false;
  return (await (await registered()).pushManager.getSubscription()) !== null;
}

/** False when the person, or the browser, said no. */
export async function switchPushOn(): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const { pushManager } = await registered();
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: config().pushPublicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  await send("POST", "/api/push/subscriptions", { endpoint, keys });
  return true;
}

export async function switchPushOff(): Promise<void> {
  const subscription = await (await registered()).pushManager.getSubscription();
  if (!subscription) return;
  await send("DELETE", "/api/push/subscriptions", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}
