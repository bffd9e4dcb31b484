/**
 * The reader's own check of a chain of evidence: every link is worked out again on this device, from the first to the last, so that nobody,
 * Souk included, can have changed, added or left out anything without its showing.
 */
import type { EvidencePage } from "./queries.ts";

export type Entry = EvidencePage["items"][number];

const ZERO = "0".repeat(64);

/** JSON with sorted keys: equal values have equal text, as on the server. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function hashOf(dealId: string, { seq, at, kind, facts, previous }: Entry): Promise<string> {
  const text = new TextEncoder().encode(canonicalJson({ dealId, seq, at, kind, facts }));
  const before = bytesOf(previous);
  const all = new Uint8Array(before.length + text.length);
  all.set(before);
  all.set(text, before.length);
  return hexOf(await crypto.subtle.digest("SHA-256", all));
}

/** The number of the first entry that does not fit; null when the whole chain does. `entries` begin with the first. */
export async function firstBroken(dealId: string, entries: readonly Entry[]): Promise<number | null> {
  let previous = ZERO;
  for (const [place, entry] of entries.entries()) {
    const fits = entry.seq === place + 1 && entry.previous === previous;
    if (!fits || (await hashOf(dealId, entry)) !== entry.hash) return entry.seq;
    previous = entry.hash;
  }
  return null;
}
