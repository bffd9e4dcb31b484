/** Arithmetic of quotes: whole numbers only, rounded up to the payer's minor unit. Pure. */

/** Minor units of the paid asset for `amount` minor units of the price's asset; rates are 10⁻¹² dollars for a whole unit. */
export function convertUp(
  amount: bigint,
  priceScale: number,
  pricePicoUsd: bigint,
  payScale: number,
  payPicoUsd: bigint,
): bigint {
  const top = amount * pricePicoUsd * 10n ** BigInt(payScale);
  const bottom = payPicoUsd * 10n ** BigInt(priceScale);
  return (top + bottom - 1n) / bottom;
}

const RATE_DIGITS = 12;

/** Whole units of the paid asset for one of the price's asset, to twelve decimals. */
export function rateText(pricePicoUsd: bigint, payPicoUsd: bigint): string {
  const one = 10n ** BigInt(RATE_DIGITS);
  const scaled = (pricePicoUsd * one + payPicoUsd / 2n) / payPicoUsd;
  const fraction = (scaled % one).toString().padStart(RATE_DIGITS, "0").replace(/0+$/, "");
  return fraction ? `${scaled / one}.${fraction}` : `${scaled / one}`;
}

/** A decimal text of dollars (`3.1245`, `1.2e-7`) as 10⁻¹² dollars, cut; null when it is none or not positive. */
export function picoUsdOf(text: string): bigint | null {
  const match = /^(\d{1,15})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const fraction = match[2] ?? "";
  const power = Number(match[3] ?? 0) + 12 - fraction.length;
  const digits = BigInt((match[1] ?? "0") + fraction);
  const pico = power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
  return pico > 0n && pico < 2n ** 62n ? pico : null;
}

/** A rate from the future (a clock that was set back) is as little to be believed as an old one. */
export function isFresh(at: Date | undefined, now: Date, staleSeconds: number): boolean {
  if (!at) return false;
  const age = now.getTime() - at.getTime();
  return age <= staleSeconds * 1000 && age >= -60_000;
}

/** Against a rate that is still fresh, a new one by half higher or lower is taken for a slip; once the old one is stale, for news. */
export const isBelievable = (before: bigint, now: bigint): boolean =>
  now * 2n >= before && now * 2n <= before * 3n;
