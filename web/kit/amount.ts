/**
 * Money as people read it. Amounts travel as decimal strings of minor units and are never turned into a floating number.
 * "GRAM" is what people are told since TON's coin was renamed; code and API keep the asset's code, TON.
 */
import type { Amount, Asset } from "../../server/src/platform/shapes.ts";

/** Digits of the minor unit per asset. A copy of `assets` in the platform's shapes, which would pull zod into the first load; a test compares them. */
export const scales: Record<Asset, number> = { TON: 9, USDT: 6, XTR: 0, RUB: 2, USD: 2, EUR: 2 };
/** The name of the asset in rows and buttons. */
export const assetNames: Record<Asset, string> = {
  TON: "GRAM",
  USDT: "USDT",
  XTR: "★",
  RUB: "₽",
  USD: "$",
  EUR: "€",
};
/** The name of the asset where it is met for the first time. */
export const assetFullNames: Record<Asset, string> = {
  ...assetNames,
  TON: "GRAM (ex-TON)",
  XTR: "Telegram Stars",
};

const group = (digits: string, locale: string): string =>
  new Intl.NumberFormat(locale, { useGrouping: true }).format(BigInt(digits));

const decimalMark = (locale: string): string =>
  new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".";

/** Cuts to `digits` decimals, so that nobody reads more than there is; both numbers are minor units of `scale`. */
function cutTo(minor: bigint, scale: number, digits: number): bigint {
  if (digits >= scale) return minor;
  const step = 10n ** BigInt(scale - digits);
  return (minor / step) * step;
}

/**
 * Formats minor units. `short` keeps the digits that matter, as the bot does: four decimals from 1 up, so that a price in
 * hundredths, its fee and the rest add up to the eye, and four leading digits below 1; `exact` keeps all of them, for
 * screens where somebody signs or checks.
 */
export function formatMinor(
  minorUnits: string,
  scale: number,
  locale: string,
  style: "short" | "exact" = "short",
): string {
  let minor = BigInt(minorUnits);
  const one = 10n ** BigInt(scale);
  if (style === "short" && minor > 0n) {
    const leadingZeros = minor >= one ? 0 : scale - minor.toString().length;
    minor = cutTo(minor, scale, minor >= one ? 4 : leadingZeros + 4);
  }
  const whole = (minor / one).toString();
  const fraction = (minor % one).toString().padStart(scale, "0").replace(/0+$/, "");
  return fraction ? group(whole, locale) + decimalMark(locale) + fraction : group(whole, locale);
}

/** `12.5 GRAM`, with a space that does not break. */
export function formatAmount(amount: Amount, locale: string, style: "short" | "exact" = "short"): string {
  return `${formatMinor(amount.amount, scales[amount.asset], locale, style)}\u00a0${assetNames[amount.asset]}`;
}

/** For a field: as a person would type it, without groups, which `parseAmount` could take for a fraction. */
export function typedAmount(minorUnits: string, scale: number, locale: string): string {
  const one = 10n ** BigInt(scale);
  const minor = BigInt(minorUnits);
  const fraction = (minor % one).toString().padStart(scale, "0").replace(/0+$/, "");
  const whole = (minor / one).toString();
  return fraction ? whole + decimalMark(locale) + fraction : whole;
}

/** What a person typed, as minor units; null when it is no amount. Takes a comma or a point, and spaces between groups. */
export function parseAmount(typed: string, scale: number): string | null {
  const plain = typed.replace(/[\s\u00a0\u202f']/g, "").replace(",", ".");
  const match = /^(\d{1,18})(?:\.(\d*))?$/.exec(plain);
  if (!match) return null;
  const fraction = match[2] ?? "";
  if (fraction.length > scale) return null;
  return BigInt((match[1] ?? "") + fraction.padEnd(scale, "0")).toString();
}

/** A part of an amount in basis points, rounded down as the contract does. */
export const partOf = (minorUnits: string, bps: number): string =>
  ((BigInt(minorUnits) * BigInt(bps)) / 10_000n).toString();

/** What each side gets when the seller's share is `sellerBps`: the contract's own arithmetic, the fee borne by the seller. */
export function splitOf(price: string, sellerBps: number, feeBps: number) {
  const gross = partOf(price, sellerBps);
  const fee = partOf(gross, feeBps);
  return {
    seller: (BigInt(gross) - BigInt(fee)).toString(),
    fee,
    buyer: (BigInt(price) - BigInt(gross)).toString(),
  };
}

/** `300` → `3 %`, by the locale's rules. */
export const formatBps = (bps: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(bps / 10_000);
