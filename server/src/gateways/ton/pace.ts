/** Keeps to a provider's limit by waiting before a call instead of being refused after it. */

/** Answers a function that resolves when the next call may start; at most `perSecond` of them, in the order of asking. */
export function createPace(perSecond: number): () => Promise<void> {
  if (!Number.isFinite(perSecond)) return async () => undefined;
  const gapMs = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const mine = Math.max(now, next);
    next = mine + gapMs;
    if (mine > now) await Bun.sleep(mine - now);
  };
}

/** toncenter's limits: one a second without a key, ten with a free one (docs.ton.org, api/rate-limit). A server of one's own has none. */
export function callsPerSecond(url: string, apiKey: string | undefined): number {
  if (!new URL(url).hostname.endsWith("toncenter.com")) return Number.POSITIVE_INFINITY;
  return apiKey ? 9 : 0.95;
}
