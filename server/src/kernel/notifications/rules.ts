/** When a person is told: at once, in a digest, after their quiet hours, or not at all. Pure. */
import type { z } from "zod";
import type { notificationSettings } from "../identity/shapes.ts";

export type NotificationSettings = z.infer<typeof notificationSettings>;
export type Topic = keyof NotificationSettings["cadence"] | "security";

/** Lanes of the bot's messages. */
export const lanes = { single: 0, announcement: 1, digest: 2 } as const;
export type Lane = (typeof lanes)[keyof typeof lanes];

/** Who goes first, turn by turn: of ten messages six are single ones, two announced, two digests, as long as all of them wait. */
const firsts = ["single", "announcement", "single", "digest", "single"] as const;
export const turns = firsts.length;

/** The lanes in the order of this turn: whose turn it is, then the others as urgent as they are. */
export function lanesAt(turn: number): Lane[] {
  const first = lanes[firsts[turn % firsts.length] ?? "single"];
  return [first, ...Object.values(lanes).filter((lane) => lane !== first)];
}

const minute = 60_000;
const dayMinutes = 24 * 60;
/** A daily digest comes at nine in the morning, where the person lives. */
const dailyAt = 9 * 60;

/**
 * Security cannot wait and cannot be switched off; who is told of money at once is told of it at night, too; and who calls for help at night has a
 * quarter of an hour to answer.
 */
const passesQuietHours = (topic: Topic): boolean => ["security", "payments", "orders"].includes(topic);

export type Moment = { kind: "never" } | { kind: "now" } | { kind: "digest"; at: Date };

/** What becomes of a message that is ready at `now`. What waits for the end of quiet hours comes as one digest. */
export function momentFor(topic: Topic, settings: NotificationSettings, now: Date): Moment {
  if (topic === "security") return { kind: "now" };
  const cadence = settings.cadence[topic];
  if (cadence === "off") return { kind: "never" };
  if (cadence === "now") {
    if (passesQuietHours(topic)) return { kind: "now" };
    const end = quietUntil(settings, now);
    return end ? { kind: "digest", at: end } : { kind: "now" };
  }
  const at = nextDigest(cadence, settings.timeZone, now);
  return { kind: "digest", at: quietUntil(settings, at) ?? at };
}

/** A digest that is due: topics that were switched off since are left out; in quiet hours it waits. */
export function digestAgain(topic: Topic, settings: NotificationSettings, now: Date): Moment {
  if (topic !== "security" && settings.cadence[topic] === "off") return { kind: "never" };
  const end = passesQuietHours(topic) ? null : quietUntil(settings, now);
  return end ? { kind: "digest", at: end } : { kind: "now" };
}

function nextDigest(cadence: "quarter" | "hour" | "day", timeZone: string, now: Date): Date {
  if (cadence === "day") return atMinute(now, dailyAt, timeZone);
  const step = (cadence === "quarter" ? 15 : 60) * minute;
  return new Date((Math.floor(now.getTime() / step) + 1) * step);
}

/** The end of the quiet hours that `now` falls into; null when it falls into none. */
export function quietUntil(
  { quietHours, timeZone }: Pick<NotificationSettings, "quietHours" | "timeZone">,
  now: Date,
): Date | null {
  if (!quietHours) return null;
  const [from, to] = [minuteOf(quietHours.from), minuteOf(quietHours.to)];
  const isQuiet = (at: Date) => {
    const present = localMinute(at, timeZone);
    return from < to ? present >= from && present < to : present >= from || present < to;
  };
  if (!isQuiet(now)) return null;
  const end = atMinute(now, to, timeZone);
  // The night on which clocks are changed is an hour longer or shorter.
  return isQuiet(end) ? atMinute(end, to, timeZone) : end;
}

/** The next moment after `now` at which clocks there show this minute of the day. */
function atMinute(now: Date, target: number, timeZone: string): Date {
  const start = Math.floor(now.getTime() / minute) * minute;
  const wait = (target - localMinute(now, timeZone) + dayMinutes) % dayMinutes || dayMinutes;
  return new Date(start + wait * minute);
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const formats = new Map<string, Intl.DateTimeFormat>();
function localMinute(at: Date, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  return minuteOf(format.format(at));
}

/** Seconds until a message that Telegram did not answer for is tried again; null: given up, after about an hour and a half. */
export const retryAfterSeconds = (failures: number): number | null =>
  failures > 14 ? null : Math.min(900, 2 ** Math.max(0, failures - 1));
