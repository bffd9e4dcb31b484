/** Times and durations in words, by locale. Pure; instants are ISO strings or milliseconds. */

/** English of Europe: days before months, and a clock of 24 hours. */
const localeOf = (language: string): string => (language === "en" ? "en-GB" : language);

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const unit = (value: number, name: string, locale: string, display: "long" | "narrow" | "short"): string =>
  new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: display }).format(value);

/**
 * Time left, at most two units: `2 days 5 hr`, `5 hr 12 min`, and `12:34` in the last hour. Never negative.
 * The last two units are enough to plan by, and a ticking clock is shown only when seconds matter.
 */
export function countdown(leftMs: number, locale: string): string {
  const left = Math.max(0, Math.floor(leftMs / 1000));
  if (left >= DAY) {
    const hours = Math.floor((left % DAY) / HOUR);
    const days = unit(Math.floor(left / DAY), "day", locale, "short");
    return hours === 0 ? days : `${days} ${unit(hours, "hour", locale, "short")}`;
  }
  if (left >= HOUR) {
    const minutes = Math.floor((left % HOUR) / MINUTE);
    const hours = unit(Math.floor(left / HOUR), "hour", locale, "short");
    return minutes === 0 ? hours : `${hours} ${unit(minutes, "minute", locale, "short")}`;
  }
  const minutes = Math.floor(left / MINUTE);
  return `${minutes}:${String(left % MINUTE).padStart(2, "0")}`;
}

/** A duration in full words, its largest unit that divides it: `24 hours`, `3 days`, `21 дня`. Up to two days stay hours. */
export function duration(seconds: number, locale: string): string {
  if (seconds >= 2 * DAY + 1 && seconds % DAY === 0) return unit(seconds / DAY, "day", locale, "long");
  if (seconds >= HOUR && seconds % HOUR === 0 && seconds !== HOUR)
    return unit(seconds / HOUR, "hour", locale, "long");
  if (seconds >= MINUTE && seconds % MINUTE === 0) return unit(seconds / MINUTE, "minute", locale, "long");
  return unit(seconds, "second", locale, "long");
}

const dayOf = (ms: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone }).format(ms);

/** `today, 14:30`, `tomorrow, 09:00`, `21 November, 14:30`; with the year when it is another one. */
export function dateTime(instant: string | number, nowMs: number, locale: string, timeZone?: string): string {
  const ms = typeof instant === "number" ? instant : Date.parse(instant);
  const time = new Intl.DateTimeFormat(localeOf(locale), {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(ms);
  const days = Math.round(
    (Date.parse(dayOf(ms, timeZone)) - Date.parse(dayOf(nowMs, timeZone))) / (DAY * 1000),
  );
  if (Math.abs(days) <= 1) {
    return `${new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day")}, ${time}`;
  }
  return `${date(ms, nowMs, locale, timeZone)}, ${time}`;
}

/** `21 November`, with the year when it is another one. */
export function date(instant: string | number, nowMs: number, locale: string, timeZone?: string): string {
  const ms = typeof instant === "number" ? instant : Date.parse(instant);
  const isSameYear = dayOf(ms, timeZone).slice(0, 4) === dayOf(nowMs, timeZone).slice(0, 4);
  return new Intl.DateTimeFormat(localeOf(locale), {
    day: "numeric",
    month: "long",
    ...(isSameYear ? {} : { year: "numeric" }),
    timeZone,
  })
    .format(ms)
    .replace(/\s?г\.$/, "");
}
