/** Days and times of a history. */
import { date } from "../../../../kit/time.ts";
import { dayOf } from "./period.ts";

const DAY_MS = 86_400_000;

/** `Today`, `Yesterday`, `21 November`, with the year when it is another one. */
export function dayTitle(at: string, nowMs: number, language: string): string {
  const days = Math.round((Date.parse(dayOf(Date.parse(at))) - Date.parse(dayOf(nowMs))) / DAY_MS);
  if (days !== 0 && days !== -1) return date(at, nowMs, language);
  const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export const timeOfDay = (at: string, language: string): string =>
  new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(at));
