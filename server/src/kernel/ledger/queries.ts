import { sql } from "drizzle-orm";
import type { ReadDb } from "../../platform/db.ts";
import type { Asset } from "../../platform/shapes.ts";
import type { HoldView } from "./holds.ts";
import { account } from "./rules.ts";

/** Minor units. `available` = `balance` − `held`. */
export type Balance = { asset: Asset; balance: bigint; held: bigint; available: bigint };

type BalanceRow = { asset: Asset; balance: bigint; held: bigint };
const view = (row: BalanceRow): Balance => ({ ...row, available: row.balance - row.held });

/** Of any account; zero for one that never had money. Of a platform account: what was folded, and the entries since. */
export async function balanceOf(db: ReadDb, name: string, asset: Asset): Promise<Balance> {
  const { rows } = await db.execute<BalanceRow>(
    sql`select ${asset} as asset, balance, held from ledger.balance_of(${name}, ${asset})`,
  );
  return view(rows[0] ?? { asset, balance: 0n, held: 0n });
}

/** All assets that the user ever had, in the order of the assets. */
export async function balancesOf(db: ReadDb, userId: string): Promise<Balance[]> {
  const { rows } = await db.execute<BalanceRow>(sql`
    select a.asset, a.balance, a.held from ledger.accounts a join ledger.assets s on s.code = a.asset
    where a.name = ${account.user(userId)} order by s.place`);
  return rows.map(view);
}

export type Entry = {
  transferId: bigint;
  key: string;
  kind: "transfer" | "hold" | "post" | "void" | "expire" | "reversal" | "adjustment" | "conversion";
  cause: { kind: string; id: string };
  note: string | null;
  at: Date;
  account: string;
  asset: Asset;
  /** Change of the balance, and of what is held of it. */
  amount: bigint;
  held: bigint;
  /** Of accounts with a running balance. */
  balanceAfter: bigint | null;
  heldAfter: bigint | null;
};

type EntryRow = Omit<Entry, "cause" | "at"> & { cause_kind: string; cause_id: string; at: Date };

/** Legs of the transfers whose key is `key`, or starts with `keyPrefix` (`deal:<id>:`), in the order of posting. */
export async function entriesOf(db: ReadDb, of: { key: string } | { keyPrefix: string }): Promise<Entry[]> {
  const match = "key" in of ? sql`t.key = ${of.key}` : sql`starts_with(t.key, ${of.keyPrefix})`;
  const { rows } = await db.execute<EntryRow>(sql`
    select t.id as "transferId", t.key, t.kind, t.cause_kind, t.cause_id, t.note, t.at, e.account, e.asset, e.amount,
      e.held, e.balance_after as "balanceAfter", e.held_after as "heldAfter"
    from ledger.transfers t join ledger.entries e on e.transfer_id = t.id
    where ${match} order by t.id, e.leg`);
  return rows.map(({ cause_kind, cause_id, at, ...row }) => ({
    ...row,
    cause: { kind: cause_kind, id: cause_id },
    at: new Date(at),
  }));
}

/** The hold that was placed with this key; null when there is none. */
export async function holdOf(db: ReadDb, key: string): Promise<HoldView | null> {
  const { rows } = await db.execute<{
    account: string;
    asset: Asset;
    amount: bigint;
    expires_at: Date | null;
    ended: string | null;
    posted: bigint;
    ended_at: Date | null;
  }>(sql`
    select h.account, h.asset, h.amount, h.expires_at, x.kind as ended, x.at as ended_at,
      coalesce((select -e.amount from ledger.entries e where e.transfer_id = x.id and e.account = h.account), 0)::bigint as posted
    from ledger.holds h join ledger.transfers t on t.id = h.transfer_id left join ledger.transfers x on x.ends_hold = h.transfer_id
    where t.key = ${key}`);
  const row = rows[0];
  if (!row) return null;
  const states: Record<string, HoldView["state"]> = { post: "posted", void: "voided", expire: "expired" };
  return {
    key,
    account: row.account,
    asset: row.asset,
    amount: row.amount.toString(),
    expiresAt: row.expires_at ? new Date(row.expires_at).toISOString() : null,
    state: row.ended === null ? "placed" : (states[row.ended] ?? "placed"),
    postedAmount: row.posted.toString(),
    endedAt: row.ended_at ? new Date(row.ended_at).toISOString() : null,
  };
}
