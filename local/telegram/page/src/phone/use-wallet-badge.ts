import { useEffect, useState } from "react";

/**
 * How many requests wait in this person's wallet, as the local TON tells it. The stream rests while the tab is hidden.
 */
export function useWalletBadge(tonOrigin: string | null, personId: number): number {
  const [pending, setPending] = useState(0);
  useEffect(() => {
    if (!tonOrigin) return;
    let source: EventSource | undefined;
    const follow = () => {
      source?.close();
      if (document.hidden) return;
      source = new EventSource(`${tonOrigin}/control/wallets/${personId}/events`);
      const take = (event: MessageEvent<string>) => setPending(countPending(event.data));
      source.onmessage = take;
      source.addEventListener("pending", take);
      source.addEventListener("requests", take);
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      source?.close();
    };
  }, [tonOrigin, personId]);
  return pending;
}

function countPending(data: string): number {
  try {
    const value = JSON.parse(data) as { pending?: unknown };
    if (typeof value.pending === "number") return value.pending;
    return Array.isArray(value.pending) ? value.pending.length : 0;
  } catch {
    return 0;
  }
}
