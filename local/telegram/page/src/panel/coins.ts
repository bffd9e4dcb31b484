import type { Language } from "../words/format.ts";

/** Nanocoins to coins with at most two decimals; the cut is downward, so nobody seems richer than they are. */
export function formatCoins(language: Language, nano: string): string {
  const cents = BigInt(nano) / 10_000_000n;
  const whole = cents / 100n;
  const fraction = Number(cents % 100n);
  const digits = new Intl.NumberFormat(language === "ru" ? "ru-RU" : "en-GB").format(whole);
  if (fraction === 0) return digits;
  const separator = language === "ru" ? "," : ".";
  return `${digits}${separator}${String(fraction).padStart(2, "0").replace(/0$/, "")}`;
}
