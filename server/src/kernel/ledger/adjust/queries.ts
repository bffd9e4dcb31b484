import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../../platform/context.ts";
import type { ReadDb } from "../../../platform/db.ts";
import type { Asset } from "../../../platform/shapes.ts";
import { uuid } from "../../../platform/shapes.ts";
import { ledgerErrors } from "../errors.ts";
import type { Adjustment, adjustmentPage } from "../shapes.ts";

type Row = {
  id: string;
  user_id: string;
  asset: Asset;
  amount: bigint;
  reason: string;
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  is_approved: boolean | null;
};

async function select(db: ReadDb, where: SQL): Promise<Adjustment[]> {
  const { rows } = await db.execute<Row>(sql`
    select a.*, d.decided_by, d.decided_at, d.is_approved
    from ledger.adjustments a left join ledger.decisions d on d.adjustment_id = a.id ${where}`);
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    asset: row.asset,
    amount: row.amount.toString(),
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: new Date(row.proposed_at).toISOString(),
    state: row.is_approved === null ? "proposed" : row.is_approved ? "approved" : "rejected",
    decidedBy: row.decided_by,
    decidedAt: row.decided_at ? new Date(row.decided_at).toISOString() : null,
  }));
}

export async function adjustmentOf(db: ReadDb, id: string): Promise<Adjustment> {
  const found = (await select(db, sql`where a.id = ${id}`))[0];
  if (!found) throw ledgerErrors.not_found();
  return found;
}

/** Newest first; ids follow time. */
export async function listAdjustments(
  ctx: Ctx,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.input<typeof adjustmentPage>> {
  const before = uuid.safeParse(query.cursor).data;
  const rows = await select(
    ctx.db,
    sql`${before === undefined ? sql`` : sql`where a.id < ${before}`} order by a.id desc limit ${query.limit + 1}`,
  );
  const items = rows.slice(0, query.limit);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}
