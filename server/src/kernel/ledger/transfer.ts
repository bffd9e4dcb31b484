import type { Tx } from "../../platform/context.ts";
import { runPrepared } from "../../platform/db.ts";
import { assert } from "../../platform/errors.ts";
import { ledgerErrors } from "./errors.ts";
import { faultOf, type Leg } from "./rules.ts";

/** Why money moved: `kind` is `<module>.<event>` and has words under `causes` of that module's copy, `id` names the thing. */
export type Cause = { kind: string; id: string };
/** `isReplay`: the key was there already, with the same input; nothing moved now. JSON-safe. */
export type Posted = { id: string; at: string; isReplay: boolean };

export type TransferInput = {
  /** Unique and deterministic, 1 to 200 characters: `payment:<id>:credit`. The same key with another input is `key_reused`. */
  key: string;
  cause: Cause;
  legs: readonly Leg[];
  note?: string;
};

const statement = {
  name: "ledger.transfer",
  text: "select * from ledger.transfer($1, $2, $3, $4, $5::text[], $6::text[], $7::bigint[])",
};

/**
 * Moves money between accounts, in one round trip. Sums to zero per asset; accounts of users are locked in sorted order and
 * never go negative: then `insufficient_funds`, nothing is written, and the caller's transaction is still good.
 */
export async function transfer(tx: Tx, input: TransferInput): Promise<Posted> {
  const fault = faultOf(input.legs);
  assert(fault === undefined, `ledger: ${fault}`);
  const rows = await runPrepared<PostedRow>(tx.db, statement, [
    input.key,
    input.cause.kind,
    input.cause.id,
    input.note ?? null,
    input.legs.map((leg) => leg.account),
    input.legs.map((leg) => leg.asset),
    input.legs.map((leg) => leg.amount.toString()),
  ]);
  return posted(rows[0], input.key);
}

export type PostedRow = { outcome: string; id: bigint | null; at: Date | null; detail: string | null };

/** Turns what a posting function of the database answered into a result or the module's error. */
export function posted(row: PostedRow | undefined, key: string): Posted {
  assert(row, "ledger: a posting answers one row");
  switch (row.outcome) {
    case "posted":
    case "replayed":
      assert(row.id !== null && row.at !== null, "ledger: a posting has an id and a time");
      return {
        id: row.id.toString(),
        at: new Date(row.at).toISOString(),
        isReplay: row.outcome === "replayed",
      };
    case "insufficient_funds":
      throw ledgerErrors.insufficient_funds({ asset: row.detail });
    case "hold_ended":
      throw ledgerErrors.hold_ended({ outcome: row.detail });
    case "key_reused":
    case "hold_not_found":
    case "hold_exceeded":
    case "already_reversed":
    case "not_reversible":
    case "not_found":
      throw ledgerErrors[row.outcome]({ key });
    default:
      throw new Error(`ledger: unknown outcome ${row.outcome}`);
  }
}
