import { sql } from "drizzle-orm";
import type { Tx } from "../../../platform/context.ts";
import type { ReadDb } from "../../../platform/db.ts";
import { assert } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { type Amount, type Asset, asset as assetShape, assets, MINOR_MAX } from "../../../platform/shapes.ts";
import { ledgerErrors } from "../errors.ts";
import { convertUp, isFresh, rateText } from "./rules.ts";

/** A price in another asset, good until `expiresAt`. JSON-safe: amounts are decimal strings of minor units. */
export type Quote = {
  id: string;
  price: Amount;
  pay: Amount;
  /** Units of the paid asset for one unit of the price's asset, as a decimal string; `1` for the same asset. */
  rate: string;
  rateAt: string;
  expiresAt: string;
};

/** Newest known value of an asset in US dollars, in 10⁻¹² dollars for one whole unit. */
export type Rate = { asset: Asset; picoUsd: bigint; at: Date; source: string };

/**
 * Fixes what a price costs in `asset`, rounded up to its minor unit, for `RATES_QUOTE_SECONDS`. `rate_stale` when a rate
 * that it needs is older than `RATES_STALE_SECONDS`, by the platform's clock: then this way to pay is off; `amount_too_large`
 * where the price is beyond what the books can hold in `asset`.
 */
export async function quote(tx: Tx, input: { price: Amount; asset: Asset }): Promise<Quote> {
  const { price, asset } = input;
  assert(BigInt(price.amount) > 0n, "ledger: a price is positive");
  const id = newId(tx.now.getTime());
  const [from, to] = await ratesFor(tx, price.asset, asset);
  const pay =
    price.asset === asset
      ? BigInt(price.amount)
      : convertUp(
          BigInt(price.amount),
          assets[price.asset].scale,
          from.picoUsd,
          assets[asset].scale,
          to.picoUsd,
        );
  if (pay > MINOR_MAX) throw ledgerErrors.amount_too_large({ asset });
  const rate = price.asset === asset ? "1" : rateText(from.picoUsd, to.picoUsd);
  const rateAt = new Date(Math.min(from.at.getTime(), to.at.getTime()));
  const expiresAt = new Date(tx.now.getTime() + tx.settings.env.RATES_QUOTE_SECONDS * 1000);
  await tx.db.execute(sql`
    insert into ledger.quotes (id, price_asset, price_amount, pay_asset, pay_amount, rate, rate_at, source, created_at, expires_at)
    values (${id}, ${price.asset}, ${price.amount}::bigint, ${asset}, ${pay.toString()}::bigint, ${rate}, ${rateAt.toISOString()}::timestamptz,
      ${from.source === to.source ? from.source : `${from.source}, ${to.source}`}, ${tx.now.toISOString()}::timestamptz, ${expiresAt.toISOString()}::timestamptz)`);
  return {
    id,
    price,
    pay: { amount: pay.toString(), asset },
    rate,
    rateAt: rateAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/** Assets that a price in `priceAsset` can be quoted in at the moment `now`; the price's own is always among them. */
export async function quotableAssets(
  db: ReadDb,
  input: { priceAsset: Asset; now: Date; staleSeconds: number },
): Promise<Asset[]> {
  const rates = await ratesIn(db);
  const isGood = (asset: Asset) => isFresh(rates.get(asset)?.at, input.now, input.staleSeconds);
  return assetShape.options.filter(
    (asset) => asset === input.priceAsset || (isGood(asset) && isGood(input.priceAsset)),
  );
}

async function ratesFor(tx: Tx, priceAsset: Asset, payAsset: Asset): Promise<[Rate, Rate]> {
  const none = (asset: Asset): Rate => ({ asset, picoUsd: 1n, at: tx.now, source: "same asset" });
  if (priceAsset === payAsset) return [none(priceAsset), none(payAsset)];
  const rates = await ratesIn(tx.db);
  const need = (asset: Asset): Rate => {
    const rate = rates.get(asset);
    if (!rate || !isFresh(rate.at, tx.now, tx.settings.env.RATES_STALE_SECONDS))
      throw ledgerErrors.rate_stale({ asset });
    return rate;
  };
  return [need(priceAsset), need(payAsset)];
}

async function ratesIn(db: ReadDb): Promise<Map<Asset, Rate>> {
  const { rows } = await db.execute<{ asset: Asset; pico_usd: bigint; at: Date; source: string }>(
    sql`select asset, pico_usd, at, source from ledger.rates`,
  );
  return new Map(
    rows.map((row) => [
      row.asset,
      { asset: row.asset, picoUsd: row.pico_usd, at: new Date(row.at), source: row.source },
    ]),
  );
}
