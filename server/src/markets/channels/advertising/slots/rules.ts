/** Pure rules of ad slots: formats, working hours, what stands against an advertisement. */
import type { Format, FormatKey, Topic } from "../shapes.ts";
import type { WorkingHours } from "./shapes.ts";

/** Hours on top and in the feed of the formats that have a name. */
export const namedFormats: Record<Exclude<FormatKey, "custom">, Omit<Format, "key">> = {
  "1/24": { topHours: 1, feedHours: 24 },
  "2/48": { topHours: 2, feedHours: 48 },
  "3/72": { topHours: 3, feedHours: 72 },
};

/** A named format has its own hours, and nothing is longer on top than it is in the feed. */
export function isSoundFormat({ key, topHours, feedHours }: Format): boolean {
  if (topHours > feedHours) return false;
  if (key === "custom") return true;
  const named = namedFormats[key];
  return named.topHours === topHours && named.feedHours === feedHours;
}

export const slotsMax = 20;

/** Minutes since midnight on the wall clock of a time zone; null for a zone that does not exist. */
export function wallMinute(at: Date, timeZone: string): number | null {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(at);
    const [hours, minutes] = parts.split(":").map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  } catch {
    return null;
  }
}

const minuteOf = (clockTime: string): number => {
  const [hours, minutes] = clockTime.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
};

/** Whether a post may begin then. `from` equal to `to` is all day; `from` after `to` runs over midnight. */
export function isWithinHours(at: Date, hours: WorkingHours): boolean {
  const minute = wallMinute(at, hours.timeZone);
  if (minute === null) return false;
  const from = minuteOf(hours.from);
  const to = minuteOf(hours.to);
  if (from === to) return true;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Topics of an advertisement that a slot forbids. */
export const forbiddenOf = (forbidden: readonly Topic[], topics: readonly Topic[]): Topic[] =>
  topics.filter((one) => forbidden.includes(one));

/** What a thousand views cost at this price; null while views are unknown or none. */
export const costPerThousand = (priceNano: bigint, views: number | null): bigint | null =>
  views === null || views <= 0 ? null : (priceNano * 1000n) / BigInt(views);
