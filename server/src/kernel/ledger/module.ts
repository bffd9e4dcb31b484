import { sql } from "drizzle-orm";
import type { Module } from "../../platform/module.ts";
import { adminRoutes } from "./admin.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { rateReader } from "./quotes/refresh-rates.ts";
import { routes } from "./routes.ts";
import { sealer } from "./seal.ts";
import { schedules, workers } from "./workers.ts";

export const ledgerModule: Module = {
  name: "ledger",
  copy: { en, ru },
  routes: [...routes, ...adminRoutes],
  workers,
  schedules,
  loops: [sealer, rateReader],
  metrics: (metrics, ctx) => {
    const read = (query: ReturnType<typeof sql>) => async (): Promise<number> =>
      Number((await ctx.db.execute<{ n: number }>(query)).rows[0]?.n ?? 0);
    metrics.gauge(
      "souk_ledger_unsealed_seconds",
      "Age of the oldest posting that is not in the chain yet",
      read(sql`select coalesce(extract(epoch from platform.now() - min(t.at)), 0)::float8 as n
        from ledger.state s join ledger.transfers t on t.epoch = s.epoch and t.xid >= s.floor_xid`),
    );
    metrics.gauge(
      "souk_ledger_rate_age_seconds",
      "Age of the oldest exchange rate; ways to pay that need one older than RATES_STALE_SECONDS are off",
      read(
        sql`select coalesce(max(extract(epoch from platform.now() - at)), 0)::float8 as n from ledger.rates`,
      ),
    );
  },
};
