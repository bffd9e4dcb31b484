/** News for the shop's address, one after another's try: only 200 counts, anything else is told again, longer and longer apart. */
import type { Notification } from "./objects.ts";

const DAY_MS = 86_400_000;

export type Notifier = {
  tell(notification: Notification): void;
  /** What happens to the next news: lost, told twice, or put off behind the one after it. */
  order(...deeds: Deed[]): void;
  /** Resolves when nothing is under way; what waits for its next try is not. */
  rest(): Promise<void>;
  stop(): void;
};
export type Deed = "lose" | "repeat" | "delay";

/** `url` of null: nobody is told. `firstRetryMs` doubles with each try. */
export function createNotifier(url: string | null, firstRetryMs: number): Notifier {
  const deeds: Deed[] = [];
  const under = new Set<Promise<void>>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let held: Notification | null = null;
  let isStopped = false;

  const send = (notification: Notification, waitMs: number, since: number): void => {
    const sending = post(url, notification).then((isTaken) => {
      under.delete(sending);
      if (isTaken || isStopped || Date.now() - since > DAY_MS) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        send(notification, waitMs * 2, since);
      }, waitMs);
      timers.add(timer);
    });
    under.add(sending);
  };
  const now = (notification: Notification): void => send(notification, firstRetryMs, Date.now());
  return {
    tell(notification) {
      if (url === null) return;
      const deed = deeds.shift();
      if (deed === "lose") return;
      if (deed === "delay") {
        held = notification;
        return;
      }
      now(notification);
      if (deed === "repeat") now(notification);
      if (held) now(held);
      held = null;
    },
    order: (...more) => void deeds.push(...more),
    rest: async () => {
      while (under.size > 0) await Promise.all(under);
    },
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

async function post(url: string | null, notification: Notification): Promise<boolean> {
  if (url === null) return true;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(notification),
      signal: AbortSignal.timeout(10_000),
      redirect: "manual",
    });
    return response.status === 200;
  } catch {
    return false;
  }
}
