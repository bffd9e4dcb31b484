/** The lists that forms offer, and how their members are called. Copies of the shapes' lists, which would bring validation along; a test compares them. */

import type {
  ChannelLanguage,
  Format,
  FormatKey,
  Topic,
} from "../../../../../server/src/markets/channels/advertising/shapes.ts";
import { namedFormats } from "../../../../../server/src/markets/channels/advertising/slots/rules.ts";
import type { Translate } from "../../../../kit/i18n.ts";
import { duration } from "../../../../kit/time.ts";

export const languages: readonly ChannelLanguage[] = [
  "ru",
  "en",
  "uk",
  "be",
  "kk",
  "uz",
  "de",
  "es",
  "tr",
  "fa",
  "other",
];
export const topics: readonly Topic[] = [
  "gambling",
  "betting",
  "crypto",
  "investments",
  "loans",
  "alcohol",
  "tobacco",
  "medicine",
  "supplements",
  "dating",
  "politics",
  "religion",
  "adult",
  "weapons",
  "esoterics",
];
export const formatKeys: readonly FormatKey[] = ["1/24", "2/48", "3/72", "custom"];

const HOUR = 3600;

/** A named format with its own hours; `custom` begins with those of the shortest. */
export const formatOf = (key: FormatKey): Format =>
  key === "custom" ? { key, topHours: 1, feedHours: 24 } : { key, ...namedFormats[key] };

/** `1/24`: hours on top, hours in the feed. */
export const shortFormat = ({ topHours, feedHours }: Omit<Format, "key">): string =>
  `${topHours}/${feedHours}`;

/** What the two numbers mean: `1 hour on top, 24 hours in the feed`. */
export function longFormat(t: Translate, format: Omit<Format, "key">, language: string): string {
  const feed = duration(format.feedHours * HOUR, language);
  if (format.topHours === 0) return t("ads:format.feedOnly", { feed });
  return t("ads:format.both", { top: hoursText(format.topHours, language), feed });
}

export const hoursText = (hours: number, language: string): string =>
  new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "long" }).format(hours);

/** In the reader's language, with a capital as names in lists have it. */
export function languageName(t: Translate, code: ChannelLanguage, language: string): string {
  if (code === "other") return t("ads:language.other");
  const name = new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** `12 345`, shortened from a million up; null is "unknown" and never 0. */
export function countText(value: number | null, language: string): string | null {
  if (value === null) return null;
  const style = value >= 1_000_000 ? ({ notation: "compact", maximumFractionDigits: 1 } as const) : {};
  return new Intl.NumberFormat(language, style).format(value);
}

/** `4.8`, from thousandths of a star. */
export const starsText = (milli: number, language: string): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    milli / 1000,
  );

/** `3.5` posts a day, from thousandths. */
export const perDayText = (milli: number, language: string): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(milli / 1000);

/** `+120` or `−8`, with the sign that the language has. */
export const changeText = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { signDisplay: "exceptZero" }).format(value);
