/**
 * The provider's list against our books, both ways. What only they have is booked at once, because it is somebody's money; what
 * only we have, or have otherwise, is written down, counted and said aloud: a person must look.
 */
import { and, eq, gte, isNull, lt, sql } from "drizzle-orm";
import type { ListPage, PaymentProvider } from "../../gateways/payments/port.ts";
import { as, type Ctx, system, type Tx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { transact } from "../../platform/verb.ts";
import { bookChargeback } from "./chargeback.ts";
import { factsOf, providerOf } from "./providers.ts";
import { recordReceipt } from "./record-receipt.ts";
import { cursors, differences, receipts } from "./tables.ts";

export type Reconciled = {
  provider: string;
  /** Receipts of the provider's list in this stretch, and how many of them we had not booked. */
  theirs: number;
  booked: number;
  /** Differences that stand after it. */
  open: number;
};

type Difference = {
  kind: "missing_here" | "missing_there" | "amount" | "refund";
  providerId: string;
  ours: bigint | null;
  theirs: bigint | null;
};

/** The last days are compared again next time: a list may be late. */
const OVERLAP_MS = 2 * 86_400_000;
/** What is younger may be on its way between the two books. */
const YOUNG_MS = 5 * 60_000;

/** @throws PaymentFailure when the list cannot be read to its end; nothing is concluded then */
export async function reconcile(ctx: Ctx, name: string): Promise<Reconciled> {
  const provider = providerOf(ctx, name);
  const own = as(ctx, system("payments.reconcile"));
  const [known] = await ctx.db
    .select()
    .from(cursors)
    .where(and(eq(cursors.provider, name), eq(cursors.purpose, "reconcile")));
  const read = await readList(provider, known?.position ?? null, ctx.clock.now() - OVERLAP_MS);
  const booked = await bookMissing(own, provider, read.page);
  const open = await transact(
    own,
    async (tx) => {
      const found = await compare(tx, name, read.page, known?.reachesTo ?? null);
      await keepDifferences(tx, name, found);
      await tx.db.execute(sql`
        insert into payments.cursors (provider, purpose, position, reaches_to, updated_at)
        values (${name}, 'reconcile', ${read.again.position}, ${read.again.reachesTo?.toISOString() ?? null}::timestamptz,
          ${tx.now.toISOString()}::timestamptz)
        on conflict (provider, purpose) do update set position = excluded.position, reaches_to = excluded.reaches_to,
          updated_at = excluded.updated_at`);
      return found;
    },
    "payments.reconcile",
  );
  for (const { kind } of open) ctx.log.warn({ provider: name, kind }, "a provider's books differ from ours");
  return { provider: name, theirs: read.page.receipts.length, booked, open: open.length };
}

type List = Pick<ListPage, "receipts" | "refunds">;
type Again = { position: string | null; reachesTo: Date | null };

/** To the end. `again` is the last position before which everything is older than the overlap. */
async function readList(
  provider: PaymentProvider,
  from: string | null,
  overlapFromMs: number,
): Promise<{ page: List; again: Again }> {
  const page: List = { receipts: [], refunds: [] };
  let again: Again = { position: from, reachesTo: null };
  let isOld = true;
  for (let cursor = from; ; ) {
    const next = await provider.list(cursor);
    page.receipts.push(...next.receipts);
    page.refunds.push(...next.refunds);
    const latest = Math.max(0, ...[...next.receipts, ...next.refunds].map(({ at }) => at.getTime()));
    isOld = isOld && latest > 0 && latest < overlapFromMs;
    if (isOld) again = { position: next.cursor, reachesTo: new Date(latest) };
    if (next.isEnd || next.cursor === cursor) return { page, again };
    cursor = next.cursor;
  }
}

async function bookMissing(ctx: Ctx, provider: PaymentProvider, page: List): Promise<number> {
  let booked = 0;
  for (const receipt of page.receipts) {
    const theirs = refundedOf(page, receipt.id);
    // The list is a hint like any other: what is new is asked for by itself, so large deposits are seen twice here too.
    const answers = (await isBooked(ctx.db, provider.name, receipt.id))
      ? []
      : await provider.get({
          about: "receipt",
          id: receipt.id,
          handle: receipt.handle,
          refundsSince: null,
        });
    booked += await transact(
      ctx,
      async (tx) => {
        let isNew = false;
        for (const answer of answers)
          isNew = (await recordReceipt(tx, factsOf(provider), { ...answer, refunded: null })) || isNew;
        await bookChargeback(tx, provider.name, receipt.id, theirs);
        return isNew ? 1 : 0;
      },
      "payments.book-missing",
    );
  }
  // What went back of payments that are older than this stretch; less than all of it may be seen, never more.
  const seen = new Set(page.receipts.map(({ id }) => id));
  for (const id of new Set(page.refunds.map(({ receiptId }) => receiptId))) {
    if (seen.has(id)) continue;
    await transact(
      ctx,
      (tx) => bookChargeback(tx, provider.name, id, refundedOf(page, id)),
      "payments.book-missing-refund",
    );
  }
  return booked;
}

const refundedOf = (page: List, receiptId: string): bigint =>
  page.refunds.reduce((sum, one) => (one.receiptId === receiptId ? sum + one.amount : sum), 0n);

async function compare(tx: Tx, provider: string, page: List, reachesTo: Date | null): Promise<Difference[]> {
  const found: Difference[] = [];
  const young = new Date(tx.now.getTime() - YOUNG_MS);
  const ours = await tx.db
    .select()
    .from(receipts)
    .where(
      and(
        eq(receipts.provider, provider),
        lt(receipts.createdAt, young),
        reachesTo ? gte(receipts.paidAt, reachesTo) : undefined,
      ),
    );
  const theirs = new Map(page.receipts.map((one) => [one.id, one]));
  for (const row of ours) {
    const there = theirs.get(row.providerId);
    const base = { providerId: row.providerId };
    // At the very edge of the stretch a receipt may stand before the position from which the list was read.
    const isAtEdge = reachesTo !== null && row.paidAt.getTime() <= reachesTo.getTime() + 1_000;
    if (!there && !isAtEdge) found.push({ ...base, kind: "missing_there", ours: row.amount, theirs: null });
    if (!there) continue;
    if (there.amount !== row.amount)
      found.push({ ...base, kind: "amount", ours: row.amount, theirs: there.amount });
    const back = refundedOf(page, row.providerId);
    const known = row.refunded + row.chargedBack;
    if (page.refunds.length > 0 && row.refunding === 0n && back < known)
      found.push({ ...base, kind: "refund", ours: known, theirs: back });
  }
  const here = new Set(ours.map((row) => row.providerId));
  for (const one of page.receipts) {
    if (one.status !== "paid" || here.has(one.id) || one.at >= young) continue;
    if (await isBooked(tx.db, provider, one.id)) continue;
    found.push({ kind: "missing_here", providerId: one.id, ours: null, theirs: one.amount });
  }
  return found;
}

async function isBooked(db: ReadDb, provider: string, providerId: string): Promise<boolean> {
  const rows = await db
    .select({ id: receipts.id })
    .from(receipts)
    .where(and(eq(receipts.provider, provider), eq(receipts.providerId, providerId)));
  return rows.length > 0;
}

/** What is found stands; what was found before and is no more is resolved. */
async function keepDifferences(tx: Tx, provider: string, found: readonly Difference[]): Promise<void> {
  await tx.db
    .update(differences)
    .set({ resolvedAt: tx.now })
    .where(and(eq(differences.provider, provider), isNull(differences.resolvedAt)));
  for (const one of found)
    await tx.db
      .insert(differences)
      .values({ id: newId(tx.now.getTime()), provider, ...one, seenAt: tx.now })
      .onConflictDoUpdate({
        target: [differences.provider, differences.kind, differences.providerId],
        set: { ours: one.ours, theirs: one.theirs, seenAt: tx.now, resolvedAt: null },
      });
}
