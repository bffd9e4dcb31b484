import { sql } from "drizzle-orm";
import type { Ctx } from "../../platform/context.ts";
import type { Metrics } from "../../platform/metrics.ts";
import { secondsBehind } from "./follow.ts";

/** What an operator must see without looking for it. */
export function measure(metrics: Metrics, ctx: Ctx): void {
  const count = (query: ReturnType<typeof sql>) => async (): Promise<number> => {
    const { rows } = await ctx.db.execute<{ n: bigint }>(query);
    return Number(rows[0]?.n ?? 0);
  };
  metrics.gauge(
    "souk_payment_differences",
    "Differences between providers' books and ours that stand",
    count(sql`select count(*) as n from payments.differences where resolved_at is null`),
  );
  metrics.gauge(
    "souk_payment_follow_seconds",
    "How long ago the list of a provider that pushes no news was last read to its end",
    async () => Math.max(0, ...(await secondsBehind(ctx)).values()),
  );
  metrics.gauge(
    "souk_payment_unclaimed",
    "Receipts of which nobody knows whose they are",
    count(
      sql`select count(*) as n from payments.receipts where outcome = 'unclaimed' and charged_back < amount`,
    ),
  );
  metrics.gauge(
    "souk_payment_refunds_open",
    "Refunds that have not ended",
    count(sql`select count(*) as n from payments.refunds where state in ('waiting', 'by_hand')`),
  );
  metrics.gauge(
    "souk_payment_events_waiting",
    "Events of providers that have not been worked for five minutes",
    count(sql`select count(*) as n from payments.inbox where handled_at is null
      and received_at < platform.now() - interval '5 minutes'`),
  );
}
