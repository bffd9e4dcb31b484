import { desc, eq } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { canonicalJson, sha256 } from "../../platform/ids.ts";
import { evidence } from "./tables.ts";

const zero = Buffer.alloc(32);

/**
 * Appends what was seen to the deal's chain and answers its new head (32 bytes in hex, for the contract).
 * hash = SHA-256(previous ‖ canonical JSON of {dealId, seq, at, kind, facts}). The caller holds the row of the sale or placement.
 */
export async function appendEvidence(
  tx: Tx,
  dealId: string,
  kind: string,
  facts: Record<string, unknown>,
): Promise<string> {
  const last = (
    await tx.db
      .select({ seq: evidence.seq, hash: evidence.hash })
      .from(evidence)
      .where(eq(evidence.dealId, dealId))
      .orderBy(desc(evidence.seq))
      .limit(1)
  )[0];
  const seq = (last?.seq ?? 0) + 1;
  const previous = last?.hash ?? zero;
  const text = canonicalJson({ dealId, seq, at: tx.now.toISOString(), kind, facts });
  const hash = sha256(Buffer.concat([previous, Buffer.from(text, "utf8")]));
  await tx.db.insert(evidence).values({ dealId, seq, at: tx.now, kind, facts, previous, hash });
  return hash.toString("hex");
}

/** Recomputes a chain from its entries, or a part of one that comes `after` a number; false when any of it was changed. */
export function isChainIntact(
  dealId: string,
  entries: {
    seq: number;
    at: Date;
    kind: string;
    facts: Record<string, unknown>;
    previous: Buffer;
    hash: Buffer;
  }[],
  after = 0,
): boolean {
  let previous: Buffer = after === 0 ? zero : (entries[0]?.previous ?? zero);
  return entries.every((entry, index) => {
    const text = canonicalJson({
      dealId,
      seq: entry.seq,
      at: entry.at.toISOString(),
      kind: entry.kind,
      facts: entry.facts,
    });
    const hash = sha256(Buffer.concat([previous, Buffer.from(text, "utf8")]));
    const isGood =
      entry.seq === after + index + 1 && previous.equals(entry.previous) && hash.equals(entry.hash);
    previous = hash;
    return isGood;
  });
}
