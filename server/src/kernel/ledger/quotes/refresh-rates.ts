/** Reads rates from outside and keeps what can be believed. Quotes are made from what is kept, so never wait for anybody. */
import { sql } from "drizzle-orm";
import type { RateReading } from "../../../gateways/rates/port.ts";
import type { Ctx, Tx } from "../../../platform/context.ts";
import { errorFields } from "../../../platform/log.ts";
import type { Loop } from "../../../platform/module.ts";
import type { Asset } from "../../../platform/shapes.ts";
import { transact } from "../../../platform/verb.ts";
import { pause } from "../seal.ts";
import { isBelievable, isFresh, picoUsdOf } from "./rules.ts";

/** Reads once and answers the assets that have a new rate. Throws when the source does not answer. */
export async function refreshRates(ctx: Ctx): Promise<Asset[]> {
  const readings = await ctx.gateways.rates.read();
  const star = picoUsdOf(ctx.settings.env.XTR_USD);
  // Stars have no market; their value is a setting, as fresh as the day.
  if (star !== null) readings.push({ asset: "XTR", picoUsd: star, ageMs: 0 });
  return transact(ctx, (tx) => keep(tx, readings, ctx.gateways.rates.source), "ledger.refresh-rates");
}

async function keep(tx: Tx, readings: RateReading[], source: string): Promise<Asset[]> {
  const { rows: known } = await tx.db.execute<{ asset: Asset; pico_usd: bigint; at: Date }>(
    sql`select asset, pico_usd, at from ledger.rates for update`,
  );
  const kept: Asset[] = [];
  for (const { asset, picoUsd, ageMs } of readings) {
    const before = known.find((row) => row.asset === asset);
    const isKnown = isFresh(before && new Date(before.at), tx.now, tx.settings.env.RATES_STALE_SECONDS);
    // The source says how old its figure is by real time; ours may be another.
    const at = new Date(tx.now.getTime() - Math.max(0, ageMs));
    if (before && isKnown && asset !== "XTR" && !isBelievable(before.pico_usd, picoUsd)) {
      tx.log.warn({ asset, source }, "a rate jumped and is not believed");
      continue;
    }
    // Sources tell the second only: within it, whatever was read later is the newer.
    const { rowCount } = await tx.db.execute(sql`
      insert into ledger.rates as r (asset, pico_usd, at, source)
      values (${asset}, ${picoUsd.toString()}::bigint, ${at.toISOString()}::timestamptz, ${asset === "XTR" ? "settings" : source})
      on conflict (asset) do update set pico_usd = excluded.pico_usd, at = excluded.at, source = excluded.source
       where excluded.at >= r.at - interval '1 second'`);
    if (rowCount) kept.push(asset);
  }
  return kept;
}

export const rateReader: Loop = {
  name: "ledger.rates",
  role: "work",
  async run(ctx, signal) {
    while (!signal.aborted) {
      await refreshRates(ctx).catch((error) =>
        ctx.log.warn(errorFields(error), "exchange rates could not be read"),
      );
      await pause(ctx.settings.env.RATES_POLL_SECONDS * 1000, signal);
    }
  },
};
