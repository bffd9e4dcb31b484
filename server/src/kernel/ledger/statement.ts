/** What a user may see of their money: balances, history, statements. */
import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import { platformErrors } from "../../platform/errors.ts";
import { sha256 } from "../../platform/ids.ts";
import type { Asset } from "../../platform/shapes.ts";
import { decodePlace, encodePlace } from "./cursor.ts";
import { ledgerErrors } from "./errors.ts";
import { balancesOf } from "./queries.ts";
import { account } from "./rules.ts";
import type { Balances, historyPage, historyQuery, Movement, Statement, statementQuery } from "./shapes.ts";

const DAYS_MAX = 400;
/** More than this in one answer is a report for another day. */
const MOVEMENTS_MAX = 20_000;

export const self = (ctx: Ctx): string => {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  return ctx.actor.userId;
};

export async function myBalances(ctx: Ctx): Promise<Balances> {
  const found = await balancesOf(ctx.db, self(ctx));
  return {
    balances: found.map(({ asset, available, held }) => ({
      asset,
      available: available.toString(),
      held: held.toString(),
    })),
  };
}

/** Newest first. */
export async function myHistory(
  ctx: Ctx,
  query: z.output<typeof historyQuery>,
): Promise<z.input<typeof historyPage>> {
  const name = account.user(self(ctx));
  const key = ctx.settings.dataKey;
  const before = query.cursor === undefined ? undefined : decodePlace(key, name, query.cursor);
  const rows = await movementRows(
    ctx.db,
    sql`e.account = ${name}
      ${query.asset === undefined ? sql`` : sql`and e.asset = ${query.asset}`}
      ${before === undefined ? sql`` : sql`and (e.transfer_id, e.asset) < (${before.transferId.toString()}::bigint, ${before.asset})`}
      order by e.transfer_id desc, e.asset desc limit ${query.limit + 1}`,
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const place = last && { transferId: last.transfer_id, asset: last.asset };
  return {
    items: items.map(movementView),
    next: rows.length > query.limit && place ? encodePlace(key, name, place) : null,
  };
}

/** All movements of a period with the balances at its ends, per asset. `format` is the route's affair. */
export async function myStatement(ctx: Ctx, query: z.output<typeof statementQuery>): Promise<Statement> {
  return statementOf(ctx.db, self(ctx), query);
}

export async function statementOf(
  db: ReadDb,
  userId: string,
  query: { from: string; to: string; asset?: Asset | undefined },
): Promise<Statement> {
  const from = new Date(query.from);
  const to = new Date(query.to);
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  if (days <= 0 || days > DAYS_MAX) throw ledgerErrors.period_invalid({ daysMax: DAYS_MAX });
  const name = account.user(userId);
  const rows = await movementRows(
    db,
    sql`e.account = ${name} ${query.asset === undefined ? sql`` : sql`and e.asset = ${query.asset}`}
      and t.at >= ${query.from}::timestamptz and t.at < ${query.to}::timestamptz
      order by e.transfer_id, e.asset limit ${MOVEMENTS_MAX + 1}`,
  );
  if (rows.length > MOVEMENTS_MAX) throw ledgerErrors.period_invalid({ movementsMax: MOVEMENTS_MAX });
  const openings = await balancesAt(db, name, from);
  const assets = (await balancesOf(db, userId))
    .map((one) => one.asset)
    .filter((one) => query.asset === undefined || one === query.asset);
  return {
    from: query.from,
    to: query.to,
    assets: assets.map((asset) => {
      const own = rows.filter((row) => row.asset === asset).map(movementView);
      const opening = (openings.get(asset) ?? 0n).toString();
      return { asset, opening, closing: own.at(-1)?.balanceAfter ?? opening, movements: own };
    }),
  };
}

/** Times never go back within an account, so the last entry before a moment holds the balance at it. */
async function balancesAt(db: ReadDb, name: string, at: Date): Promise<Map<Asset, bigint>> {
  const { rows } = await db.execute<{ asset: Asset; balance: bigint }>(sql`
    select s.code as asset, last.balance_after as balance from ledger.assets s cross join lateral (
      select e.balance_after from ledger.entries e join ledger.transfers t on t.id = e.transfer_id
       where e.account = ${name} and e.asset = s.code and t.at < ${at.toISOString()}::timestamptz
       order by e.transfer_id desc limit 1) last`);
  return new Map(rows.map((row) => [row.asset, row.balance]));
}

type MovementRow = {
  transfer_id: bigint;
  hash: Buffer;
  at: Date;
  kind: Movement["kind"];
  cause_kind: string;
  cause_id: string;
  asset: Asset;
  amount: bigint;
  held: bigint;
  balance_after: bigint;
  held_after: bigint;
};

async function movementRows(db: ReadDb, where: SQL): Promise<MovementRow[]> {
  const { rows } = await db.execute<MovementRow>(sql`
    select t.hash, t.at, t.kind, t.cause_kind, t.cause_id, e.transfer_id, e.asset, e.amount, e.held, e.balance_after, e.held_after
    from ledger.entries e join ledger.transfers t on t.id = e.transfer_id where ${where}`);
  return rows;
}

const movementView = (row: MovementRow): Movement => ({
  id: publicId(row.hash, row.asset),
  at: new Date(row.at).toISOString(),
  kind: row.kind,
  cause: { kind: row.cause_kind, id: row.cause_id },
  asset: row.asset,
  amount: row.amount.toString(),
  heldChange: row.held.toString(),
  balanceAfter: row.balance_after.toString(),
  heldAfter: row.held_after.toString(),
});

/** Names a leg without telling how many transfers there are: from the transfer's hash and the asset. A UUID of version 8. */
function publicId(hash: Buffer, asset: Asset): string {
  const bytes = sha256(Buffer.concat([hash, Buffer.from(asset)])).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
