/** Providers that push nothing are read: their list is followed with a cursor, and what came goes the way of every event. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { ListPage, PaymentEvent, PaymentProvider, Receipt } from "../../gateways/payments/port.ts";
import type { Ctx, Tx } from "../../platform/context.ts";
import { errorFields } from "../../platform/log.ts";
import type { Loop } from "../../platform/module.ts";
import { transact } from "../../platform/verb.ts";
import { factsOf } from "./providers.ts";
import { recordReceipt } from "./record-receipt.ts";
import { cursors } from "./tables.ts";
import { keepEvent } from "./take-event.ts";

/** One round over all providers that are followed. Returns how many receipts were new. */
export async function followOnce(ctx: Ctx): Promise<number> {
  let found = 0;
  for (const provider of ctx.gateways.payments.values()) {
    if (provider.isFollowed) found += await followProvider(ctx, provider);
  }
  return found;
}

/**
 * Page by page to the end; the cursor moves in the transaction that books the page, so nothing is lost or counted twice. What the
 * list alone does not prove becomes an event, about which is asked until there is an answer: it holds up nobody else's money.
 */
export async function followProvider(ctx: Ctx, provider: PaymentProvider): Promise<number> {
  for (let found = 0; ; ) {
    const [known] = await ctx.db
      .select()
      .from(cursors)
      .where(and(eq(cursors.provider, provider.name), eq(cursors.purpose, "follow")));
    const page = await provider.list(known?.position ?? null);
    const isNew = page.cursor !== (known?.position ?? null);
    if (isNew || isOld(ctx, known?.updatedAt))
      found += await transact(
        ctx,
        (tx) => bookPage(tx, provider, page, known?.position ?? null),
        "payments.follow",
      );
    if (page.isEnd) return found;
  }
}

/** That the list was read to its end is written down now and then, also when it brings nothing. */
const SAY_EVERY_MS = 30_000;
const isOld = (ctx: Ctx, at: Date | undefined): boolean =>
  at === undefined || ctx.clock.now() - at.getTime() > SAY_EVERY_MS;

async function bookPage(
  tx: Tx,
  provider: PaymentProvider,
  page: ListPage,
  from: string | null,
): Promise<number> {
  // Whoever read the same page at the same time has booked it: the place from which it was read must still be ours.
  const { rowCount } = await tx.db.execute(sql`
    insert into payments.cursors as c (provider, purpose, position, updated_at)
    values (${provider.name}, 'follow', ${page.cursor}, ${tx.now.toISOString()}::timestamptz)
    on conflict (provider, purpose) do update set position = excluded.position, updated_at = excluded.updated_at
      where c.position is not distinct from ${from}`);
  if (!rowCount) return 0;
  let found = 0;
  for (const { isSure, ...receipt } of page.receipts) {
    if (isSure) found += (await recordReceipt(tx, factsOf(provider), receipt)) ? 1 : 0;
    else found += await keepEvent(tx, provider.name, hintOf(receipt), null);
  }
  return found;
}

const hintOf = (receipt: Receipt): PaymentEvent => ({
  key: `receipt:${receipt.id}`,
  about: "receipt",
  receiptId: receipt.id,
  reference: receipt.reference,
  handle: receipt.handle,
  at: receipt.at,
});

/** After so long without a look at the list, nobody should be asked to pay this way: it would not be seen. */
const LATE_MS = 5 * 60_000;

/** How long ago each followed list was read to its end, seconds; by the providers that somebody follows. */
export async function secondsBehind(ctx: Ctx): Promise<Map<string, number>> {
  const followed = [...ctx.gateways.payments.values()]
    .filter((one) => one.isFollowed)
    .map(({ name }) => name);
  if (followed.length === 0) return new Map();
  const rows = await ctx.db
    .select({ provider: cursors.provider, at: cursors.updatedAt })
    .from(cursors)
    .where(and(inArray(cursors.provider, followed), eq(cursors.purpose, "follow")));
  const now = ctx.clock.now();
  return new Map(rows.map(({ provider, at }) => [provider, Math.max(0, now - at.getTime()) / 1000]));
}

/** The ways to pay that would not be seen now. */
export async function unseenWays(ctx: Ctx): Promise<Set<string>> {
  const behind = await secondsBehind(ctx);
  return new Set([...behind].flatMap(([name, seconds]) => (seconds * 1000 > LATE_MS ? [name] : [])));
}

/** From now on it is known for how long nothing could be read, also when that was never possible. */
const beginFollowing = (ctx: Ctx): Promise<unknown> =>
  transact(
    ctx,
    async (tx) => {
      for (const { name, isFollowed } of ctx.gateways.payments.values())
        if (isFollowed)
          await tx.db
            .insert(cursors)
            .values({ provider: name, purpose: "follow", position: null, updatedAt: tx.now })
            .onConflictDoNothing();
    },
    "payments.follow",
  );

export const follower: Loop = {
  name: "payments.follow",
  role: "ton",
  run: async (ctx, signal) => {
    await beginFollowing(ctx).catch((error: unknown) =>
      ctx.log.warn(errorFields(error), "the beginning of following could not be written down"),
    );
    while (!signal.aborted) {
      await followOnce(ctx).catch((error: unknown) =>
        ctx.log.warn(errorFields(error), "deposits could not be read; trying again"),
      );
      await pause(ctx.settings.env.TON_POLL_MS, signal);
    }
  },
};

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
