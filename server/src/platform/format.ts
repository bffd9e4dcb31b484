/**
 * How amounts, moments and spans read in each language. Pure: the bot and the web use the same, through i18next:
 * `{{price, amount}}` takes nanograms as a decimal string, `{{at, moment}}` an ISO instant, `{{seconds, span}}` seconds,
 * `{{amount, money}}` minor units and an asset.
 */
import { type Asset, assets, type Language } from "./shapes.ts";

const locales = { ru: "ru-RU", en: "en-GB" } as const;

/** Nanograms as GRAM with at most `digitsMax` decimals; rounds down, so that nobody reads more than there is. */
export function formatAmount(nano: string | bigint, language: Language, digitsMax = 4): string {
  const value = BigInt(nano);
  const whole = value / 1_000_000_000n;
  const fraction = (value % 1_000_000_000n)
    .toString()
    .padStart(9, "0")
    .slice(0, digitsMax)
    .replace(/0+$/, "");
  const grouped = new Intl.NumberFormat(locales[language]).format(whole);
  const separator = language === "ru" ? "," : ".";
  return `${grouped}${fraction ? separator + fraction : ""} GRAM`;
}

/** `"<minor units> <asset>"` in words: `{{amount, money}}`. All of its decimals: people compare it with what they sent. */
export function formatMoney(value: string, language: Language): string {
  const [minor = "0", code = "TON"] = value.split(" ") as [string, Asset];
  const { scale } = assets[code];
  const digits = minor.padStart(scale + 1, "0");
  const whole = new Intl.NumberFormat(locales[language]).format(
    BigInt(digits.slice(0, digits.length - scale)),
  );
  const fraction = scale === 0 ? "" : digits.slice(digits.length - scale).replace(/0+$/, "");
  const separator = language === "ru" ? "," : ".";
  return `${whole}${fraction ? separator + fraction : ""} ${signs[code]}`;
}

const signs: Record<Asset, string> = { TON: "GRAM", USDT: "USDT", XTR: "⭐", RUB: "₽", USD: "$", EUR: "€" };

/** `zone` is for whoever does not know where the reader is: the bot. A browser formats in its own zone, without a label. */
export function formatMoment(
  iso: string,
  language: Language,
  zone?: { name: string; label: string },
): string {
  const text = new Intl.DateTimeFormat(locales[language], {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    ...(zone ? { timeZone: zone.name } : {}),
  }).format(new Date(iso));
  return zone ? `${text} ${zone.label}` : text;
}

/** A span in its largest fitting unit: "3 days", "24 hours", "60 minutes". */
export function formatSpan(seconds: number, language: Language): string {
  const [unit, size] =
    seconds % 86_400 === 0 && seconds > 86_400
      ? (["day", 86_400] as const)
      : seconds % 3_600 === 0
        ? (["hour", 3_600] as const)
        : (["minute", 60] as const);
  return new Intl.NumberFormat(locales[language], { style: "unit", unit, unitDisplay: "long" }).format(
    Math.max(1, Math.round(seconds / size)),
  );
}
