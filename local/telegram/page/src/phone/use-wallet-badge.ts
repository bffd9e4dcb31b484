import { useEffect, useState } from "react";

async function countRequests(tonOrigin: string, personId: number): Promise<number> {
  const response = await fetch(`${tonOrigin}/control/wallets/${personId}/requests`);
  if (!response.ok) return 0;
  const { requests } = (await response.json()) as { requests?: unknown };
  return Array.isArray(requests) ? requests.length : 0;
}

/**
 * How many requests wait in this person's wallet. The local TON says on its stream *that* something happened there; the
 * count is asked for then. The stream rests while the tab is hidden.
 */
export function useWalletBadge(tonOrigin: string | null, personId: number): number {
  const [pending, setPending] = useState(0);
  useEffect(() => {
    if (!tonOrigin) return;
    let source: EventSource | undefined;
    let wanted = true;
    const count = async () => {
      const waiting = await countRequests(tonOrigin, personId).catch(() => 0);
      if (wanted) setPending(waiting);
    };
    const follow = () => {
      source?.close();
      if (document.hidden) return;
      source = new EventSource(`${tonOrigin}/control/wallets/${personId}/events`);
      source.onmessage = () => void count();
      source.onopen = () => void count();
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      wanted = false;
      document.removeEventListener("visibilitychange", follow);
      source?.close();
    };
  }, [tonOrigin, personId]);
  return pending;
}
