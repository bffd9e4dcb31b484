import { useEffect, useState } from "react";

const EVERY_MS = 2000;

async function countRequests(tonOrigin: string, personId: number): Promise<number> {
  const response = await fetch(`${tonOrigin}/control/wallets/${personId}/requests`);
  if (!response.ok) return 0;
  const { requests } = (await response.json()) as { requests?: unknown };
  return Array.isArray(requests) ? requests.length : 0;
}

/**
 * How many requests wait in this person's wallet. Asked for again and again instead of streamed: browsers allow six
 * connections to an origin, and each phone's Mini App and wallet already hold one to the local TON.
 */
export function useWalletBadge(tonOrigin: string | null, personId: number): number {
  const [pending, setPending] = useState(0);
  useEffect(() => {
    if (!tonOrigin) return;
    let wanted = true;
    let asking = false;
    const ask = async () => {
      if (document.hidden || asking) return;
      asking = true;
      const waiting = await countRequests(tonOrigin, personId).catch(() => 0);
      asking = false;
      if (wanted) setPending(waiting);
    };
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [tonOrigin, personId]);
  return pending;
}
