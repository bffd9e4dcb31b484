/** Providers that push nothing are read: their list is followed with a cursor, and what came goes the way of every event. */
import { and, eq, sql } from "drizzle-orm";
import { PaymentFailure, type PaymentProvider } from "../../gateways/payments/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { errorFields } from "../../platform/log.ts";
import type { Loop } from "../../platform/module.ts";
import { transact } from "../../platform/verb.ts";
import { factsOf } from "./providers.ts";
import { recordReceipt } from "./record-receipt.ts";
import { cursors } from "./tables.ts";

/** One round over all providers that are followed. Returns how many receipts were new. */
export async function followOnce(ctx: Ctx): Promise<number> {
  let found = 0;
  for (const provider of ctx.gateways.payments.values()) {
    if (provider.isFollowed) found += await followProvider(ctx, provider);
  }
  return found;
}

/** Page by page; the cursor moves in the transaction that books the page, so nothing is lost or counted twice. */
async function followProvider(ctx: Ctx, provider: PaymentProvider): Promise<number> {
  for (let found = 0; ; ) {
    const [known] = await ctx.db
      .select()
      .from(cursors)
      .where(and(eq(cursors.provider, provider.name), eq(cursors.purpose, "follow")));
    const page = await provider.list(known?.position ?? null);
    if (page.cursor !== (known?.position ?? null)) {
      // Large sums are asked for once more, one by one: the list is the word of one endpoint.
      const sure = await Promise.all(
        page.receipts.map((one) =>
          provider.get({ about: "receipt", id: one.id, handle: one.handle, refundsSince: null }),
        ),
      );
      // One that nobody can show again yet is waited for: the cursor must not pass it.
      if (sure.some((answers) => answers.length === 0))
        throw new PaymentFailure("unknown", "a listed payment is not confirmed yet");
      found += await transact(
        ctx,
        async (tx) => {
          let n = 0;
          for (const receipt of sure.flat()) if (await recordReceipt(tx, factsOf(provider), receipt)) n += 1;
          await tx.db.execute(sql`
            insert into payments.cursors (provider, purpose, position, updated_at)
            values (${provider.name}, 'follow', ${page.cursor}, ${tx.now.toISOString()}::timestamptz)
            on conflict (provider, purpose) do update set position = excluded.position, updated_at = excluded.updated_at`);
          return n;
        },
        "payments.follow",
      );
    }
    if (page.isEnd) return found;
  }
}

export const follower: Loop = {
  name: "payments.follow",
  role: "ton",
  run: async (ctx, signal) => {
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
