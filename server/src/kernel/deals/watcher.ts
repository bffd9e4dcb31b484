/**
 * The watcher: one cursor on the hub, however many deals. What arrives there is a hint that makes us read the named contract's own
 * transactions; the timeline comes from those alone. Deals near a deadline are read without a hint.
 */
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { parseEscrowEvent } from "../../gateways/ton/contracts/port.ts";
import type { ChainTransaction } from "../../gateways/ton/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { errorFields } from "../../platform/log.ts";
import type { Loop } from "../../platform/module.ts";
import { transact } from "../../platform/verb.ts";
import { bodyOf } from "./chain-facts.ts";
import { operatorOf } from "./operator.ts";
import { readDeal } from "./read-deal.ts";
import { cursors, deals } from "./tables.ts";

const PAGE = 100;
const DUE_AT_ONCE = 20;
const READ_AT_ONCE = 4;
/** How long a claimed deal is left to whoever claimed it; a crash gives it back after this. */
const CLAIM_SECONDS = 30;

/** One round: hints, then everything that is due. Answers how many deals were read. */
export async function watchOnce(ctx: Ctx): Promise<number> {
  await readHub(ctx);
  const due = await claimDue(ctx);
  let read = 0;
  // A few at a time: endpoints count requests, and people's own questions wait in the same line.
  for (let from = 0; from < due.length; from += READ_AT_ONCE) {
    const group = due.slice(from, from + READ_AT_ONCE).map((dealId) => readClaimed(ctx, dealId));
    read += (await Promise.all(group)).filter(Boolean).length;
  }
  return read;
}

/** Turns new transactions of the hub into due reads. The cursor moves in the same transaction, so no hint is lost. */
export async function readHub(ctx: Ctx): Promise<void> {
  const hub = operatorOf(ctx.settings).address;
  for (;;) {
    const [known] = await ctx.db.select().from(cursors).where(eq(cursors.account, hub));
    const rows = await ctx.gateways.ton.transactions(hub, known?.lt ?? 0n, PAGE);
    const last = rows.at(-1);
    if (!last) return;
    await transact(
      ctx,
      async (tx) => {
        const sources = hintedContracts(rows);
        if (sources.length > 0)
          await tx.db
            .update(deals)
            .set({ readDueAt: tx.now })
            .where(and(inArray(deals.escrowAddress, sources), eq(deals.isFinal, false)));
        await tx.db
          .insert(cursors)
          .values({ account: hub, lt: last.lt, updatedAt: tx.now })
          .onConflictDoUpdate({
            target: cursors.account,
            set: { lt: last.lt, updatedAt: tx.now },
            setWhere: lt(cursors.lt, last.lt),
          });
      },
      "deals.read-hub",
    );
    if (rows.length < PAGE) return;
  }
}

/** Senders of what looks like an event. Whether they are contracts of ours, the deals' addresses decide. */
const hintedContracts = (rows: ChainTransaction[]): string[] => [
  ...new Set(
    rows.flatMap(({ inMessage }) => {
      const body = bodyOf(inMessage);
      return inMessage?.source && body && parseEscrowEvent(body) ? [inMessage.source] : [];
    }),
  ),
];

/** Takes what is due; another watcher at the same moment takes other deals. */
async function claimDue(ctx: Ctx): Promise<string[]> {
  return transact(
    ctx,
    async (tx) => {
      const until = new Date(tx.now.getTime() + CLAIM_SECONDS * 1000);
      const { rows } = await tx.db.execute<{ id: string }>(sql`
      update deals.deals set read_due_at = ${until.toISOString()}::timestamptz where id in (
        select id from deals.deals where read_due_at <= ${tx.now.toISOString()}::timestamptz
        order by read_due_at limit ${DUE_AT_ONCE} for update skip locked
      ) returning id`);
      return rows.map(({ id }) => id);
    },
    "deals.claim-due",
  );
}

async function readClaimed(ctx: Ctx, dealId: string): Promise<boolean> {
  try {
    await readDeal(ctx, dealId);
    return true;
  } catch (error) {
    ctx.log.warn({ ...errorFields(error), dealId }, "a deal could not be read");
    await ctx.db.execute(sql`
      update deals.deals set read_failures = read_failures + 1,
        read_due_at = platform.now() + least(60, power(2, least(read_failures, 6))) * interval '1 second'
      where id = ${dealId} and not is_final`);
    return false;
  }
}

/** After a stop anything may have been missed: every deal that is not over is read again, whatever the hub said. */
export async function rereadAll(ctx: Ctx): Promise<void> {
  await ctx.db.execute(sql`
    update deals.deals set read_due_at = platform.now()
    where not is_final and (escrow_state <> 'Init' or served_at is not null)`);
}

/** Chain time of the last successful round, Unix seconds, for the lag that operators see. */
export const watched = { chainTime: 0 };

export const watcher: Loop = {
  name: "deals.watcher",
  role: "ton",
  async run(ctx, signal) {
    const pause = ctx.settings.env.TON_POLL_MS;
    let isFresh = false;
    for (let round = 0; !signal.aborted; round += 1) {
      try {
        if (!isFresh) await rereadAll(ctx);
        isFresh = true;
        // The newest block's time once in a while: it costs a request of its own.
        if (round % 10 === 0) watched.chainTime = await ctx.gateways.ton.now();
        await watchOnce(ctx);
      } catch (error) {
        ctx.log.warn(errorFields(error), "the chain could not be watched");
      }
      await pauseFor(pause, signal);
    }
  },
};

/** Waits, but not longer than the program lives. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(finish, ms);
    function finish() {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      done();
    }
    signal.addEventListener("abort", finish, { once: true });
    if (signal.aborted) finish();
  });
}
