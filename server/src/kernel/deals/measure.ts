import { sql } from "drizzle-orm";
import { Gauge } from "prom-client";
import type { Ctx } from "../../platform/context.ts";
import type { Metrics } from "../../platform/metrics.ts";
import { operatorOf } from "./operator.ts";
import { dealStatus } from "./shapes.ts";
import { watched } from "./watcher.ts";

/** Gauges read at scrape time. The operator's balance is asked of the chain at most once in a minute. */
export function measure(metrics: Metrics, ctx: Ctx): void {
  new Gauge({
    name: "souk_deals",
    help: "Deals by status",
    labelNames: ["status"],
    registers: [metrics.registry],
    async collect() {
      const { rows } = await ctx.db.execute<{ status: string; n: bigint }>(
        sql`select status, count(*) as n from deals.deals group by status`,
      );
      for (const status of dealStatus.options)
        this.set({ status }, Number(rows.find((row) => row.status === status)?.n ?? 0));
    },
  });
  metrics.gauge(
    "souk_chain_lag_seconds",
    "Our clock minus the newest block that the watcher saw",
    async () => (watched.chainTime === 0 ? 0 : ctx.clock.now() / 1000 - watched.chainTime),
  );
  metrics.gauge(
    "souk_outbox_age_seconds",
    "Age of the oldest proposal that has had no effect yet",
    async () => {
      const { rows } = await ctx.db.execute<{ age: string | null }>(
        sql`select extract(epoch from platform.now() - min(created_at)) as age from deals.outbox where state in ('waiting', 'sent')`,
      );
      return Number(rows[0]?.age ?? 0);
    },
  );
  metrics.gauge("souk_operator_balance_nano", "Gas money of the operator contract", () => balance(ctx));
}

const lastBalance = { at: 0, nano: 0 };

async function balance(ctx: Ctx): Promise<number> {
  if (ctx.clock.now() - lastBalance.at > 60_000) {
    lastBalance.at = ctx.clock.now();
    const account = await ctx.gateways.ton.account(operatorOf(ctx.settings).address).catch(() => null);
    if (account) lastBalance.nano = Number(account.balance);
  }
  return lastBalance.nano;
}
