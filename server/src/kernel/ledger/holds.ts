import { sql } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { assert } from "../../platform/errors.ts";
import type { Asset } from "../../platform/shapes.ts";
import { isAccountName, isGuarded, MAX_LEG } from "./rules.ts";
import { type Cause, type Posted, type PostedRow, posted } from "./transfer.ts";

/** A hold, JSON-safe. `postedAmount` is what left the account; the rest became available again. */
export type HoldView = {
  key: string;
  account: string;
  asset: Asset;
  amount: string;
  expiresAt: string | null;
  state: "placed" | "posted" | "voided" | "expired";
  postedAmount: string;
  endedAt: string | null;
};

export type PlaceHoldInput = {
  /** Names the hold from now on. */
  key: string;
  cause: Cause;
  /** `user:<id>` or `escrow:<deal>`. */
  account: string;
  asset: Asset;
  amount: bigint;
  /** Without it the hold stays until it is posted or voided. From this moment on it cannot be posted. */
  expiresAt?: Date;
  note?: string;
};

/** Sets money aside: it stays in the account and is no longer available. `insufficient_funds` leaves the transaction good. */
export async function placeHold(tx: Tx, input: PlaceHoldInput): Promise<Posted> {
  assert(isAccountName(input.account) && isGuarded(input.account), `ledger: no hold on ${input.account}`);
  assert(input.amount > 0n && input.amount <= MAX_LEG, "ledger: a hold holds something");
  const { rows } = await tx.db.execute<PostedRow>(sql`
    select * from ledger.place_hold(${input.key}, ${input.cause.kind}, ${input.cause.id}, ${input.note ?? null},
      ${input.account}, ${input.asset}, ${input.amount.toString()}::bigint, ${input.expiresAt?.toISOString() ?? null}::timestamptz)`);
  return posted(rows[0], input.key);
}

export type PostHoldInput = {
  /** The key that the hold was placed with. */
  hold: string;
  cause: Cause;
  /** Who gets it: positive amounts, in sum at most what is held. What is not posted becomes available again. */
  to: readonly { account: string; amount: bigint }[];
  note?: string;
};

/**
 * Ends a hold by moving it, in part or whole. Repeating the same is a replay; a hold that ended otherwise is `hold_ended`
 * with how it ended, also one whose time is over though nobody swept it yet.
 */
export async function postHold(tx: Tx, input: PostHoldInput): Promise<Posted> {
  assert(input.to.length > 0, "ledger: a hold is posted to somebody; otherwise void it");
  assert(
    input.to.every((one) => isAccountName(one.account) && one.amount > 0n && one.amount <= MAX_LEG),
    "ledger: a hold is posted in positive amounts to accounts that can be",
  );
  const { rows } = await tx.db.execute<PostedRow>(sql`
    select * from ledger.post_hold(${input.hold}, ${input.cause.kind}, ${input.cause.id}, ${input.note ?? null},
      ${sql.param(input.to.map((one) => one.account))}::text[],
      ${sql.param(input.to.map((one) => one.amount.toString()))}::bigint[])`);
  return posted(rows[0], input.hold);
}

/** Ends a hold by letting all of it go. */
export async function voidHold(
  tx: Tx,
  input: { hold: string; cause: Cause; note?: string },
): Promise<Posted> {
  const { rows } = await tx.db.execute<PostedRow>(sql`
    select * from ledger.void_hold(${input.hold}, ${input.cause.kind}, ${input.cause.id}, ${input.note ?? null})`);
  return posted(rows[0], input.hold);
}

/** Ends a hold whose time is over. Before that it answers `hold_ended` with `not_yet`. A schedule does it for all of them. */
export async function expireHold(tx: Tx, input: { hold: string }): Promise<Posted> {
  const { rows } = await tx.db.execute<PostedRow>(sql`select * from ledger.expire_hold(${input.hold})`);
  return posted(rows[0], input.hold);
}
