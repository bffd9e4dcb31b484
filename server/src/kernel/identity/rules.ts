/** The numbers and small decisions of identity. Pure. */
import type { z } from "zod";
import type { Language } from "../../platform/shapes.ts";
import {
  type notificationCadence,
  type notificationSettings,
  notificationTopic,
  type putNotificationSettings,
  type SessionKind,
} from "./shapes.ts";

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

/** Telegram hands initData once per opening: an hour is longer than a visit and shorter than a theft is worth. */
export const initDataAgeMaxMs = 1 * hours;
/** How far Telegram's clock may run before ours. */
export const initDataFutureMaxMs = 60 * seconds;
/** How long a validated initData is remembered without asking the database. */
export const initDataCacheMs = 1 * minutes;

export const accessTokenMs = 10 * minutes;
/** Refreshing prolongs a session by so much, and never past the second figure from its beginning. */
export const refreshTokenMs = 30 * days;
export const sessionMaxMs = 180 * days;
/**
 * A client that lost the answer, or two tabs at once, may show the token before the last again within this time.
 * Later, or an older one: somebody has a copy.
 */
export const refreshGraceMs = 10 * seconds;

/** How long a link into a plain browser works, and how many one person may ask for. */
export const signInCodeMs = 3 * minutes;
export const signInLinksMax = { times: 5, seconds: 600 };

export const proofPayloadMs = 15 * minutes;
/** A wallet's clock may be off by so much, either way, from the time when it signed. */
export const proofAgeMaxMs = 15 * minutes;
export const proofFutureMaxMs = 60 * seconds;
export const walletsMax = 10;

/** The language to begin with, before the person chooses: Russian for Russian clients, English for everybody else. */
export const languageFrom = (code: string | undefined): Language =>
  code?.toLowerCase().split("-")[0] === "ru" ? "ru" : "en";

/** As kept: only what the person has changed. A topic by itself is how it was kept when there were but switches. */
export type StoredSettings = {
  cadence?: Partial<Record<Topic, Cadence>>;
  quietHours?: Settings["quietHours"];
  timeZone?: string;
} & Partial<Record<Topic, boolean>>;

/** Every topic is told at once until the person says otherwise, at any hour. */
export function notificationSettingsFrom(stored: StoredSettings): Settings {
  const cadenceOf = (topic: Topic): Cadence =>
    stored.cadence?.[topic] ?? (stored[topic] === false ? "off" : "now");
  const perTopic = <T>(of: (topic: Topic) => T) =>
    Object.fromEntries(notificationTopic.options.map((topic) => [topic, of(topic)])) as Record<Topic, T>;
  return {
    bot: perTopic((topic) => cadenceOf(topic) !== "off"),
    cadence: perTopic(cadenceOf),
    quietHours: stored.quietHours ?? null,
    timeZone: stored.timeZone ?? "Europe/Moscow",
  };
}

/** What is kept after a change. */
export function changedSettings(
  stored: StoredSettings,
  { bot = {}, cadence = {}, quietHours, timeZone }: z.output<typeof putNotificationSettings>,
): StoredSettings {
  const present = notificationSettingsFrom(stored).cadence;
  const next = { ...present };
  for (const topic of notificationTopic.options) {
    if (bot[topic] === false) next[topic] = "off";
    if (bot[topic] === true && present[topic] === "off") next[topic] = "now";
    next[topic] = cadence[topic] ?? next[topic];
  }
  return {
    cadence: next,
    quietHours: quietHours === undefined ? (stored.quietHours ?? null) : quietHours,
    ...((timeZone ?? stored.timeZone) ? { timeZone: timeZone ?? stored.timeZone } : {}),
  };
}
type Topic = (typeof notificationTopic.options)[number];
type Cadence = z.output<typeof notificationCadence>;
type Settings = z.output<typeof notificationSettings>;

/**
 * What a refresh token of `generation` means to a session: the one that is good now, a repeat, one whose answer a browser lost, or a stolen copy.
 * A browser cannot sign in again by itself as a Mini App does, so the token that it traded last stays good until one of its successors is used.
 * Whoever trades it then makes all successors so far old: if somebody else held one, the next refresh of either side ends the session.
 */
export function judgeRefresh(
  session: { generation: number; usedGeneration: number; rotatedAtMs: number; kind: SessionKind },
  generation: number,
  nowMs: number,
): "good" | "repeated" | "lost" | "reused" {
  if (generation === session.generation) return "good";
  if (generation !== session.usedGeneration) return "reused";
  if (nowMs - session.rotatedAtMs <= refreshGraceMs) return "repeated";
  return session.kind === "browser" ? "lost" : "reused";
}

/** Browsers and systems name those that they resemble, too: the most particular name counts. */
const browsers = {
  Edg: "Edge",
  OPR: "Opera",
  YaBrowser: "Яндекс Браузер",
  Firefox: "Firefox",
  Chrome: "Chrome",
  Safari: "Safari",
};
const systems = {
  Android: "Android",
  iPhone: "iPhone",
  iPad: "iPad",
  Windows: "Windows",
  Macintosh: "macOS",
  Linux: "Linux",
};

/** `Chrome · Android` out of what a browser calls itself; null when it says nothing that we know. */
export function deviceOf(userAgent: string | null): string | null {
  const said = (names: Readonly<Record<string, string>>, after: string) =>
    Object.entries(names).flatMap(([mark, name]) => (userAgent?.includes(mark + after) ? [name] : []))[0];
  const parts = [said(browsers, "/"), said(systems, "")].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(" · ") : null;
}

/** Roles that the setting `STAFF` gives to a person. */
export const staffRolesFrom = (staff: readonly string[], telegramId: string): string[] => [
  ...new Set(
    staff.flatMap((one) => {
      const [id, role] = one.split(":");
      return id === telegramId && role ? [role] : [];
    }),
  ),
];

const withDashes = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

/**
 * Where a deep link's payload leads in the Mini App: `o_<offer code>`, `d_<deal id>`, `l_<listing id>`, `s_<order id>` (ids without
 * dashes), `i` for the inbox. Undefined for anything else.
 */
export function startPath(payload: string): string | undefined {
  const [, kind = "", value = ""] = /^([odls])_([A-Za-z0-9]{1,48})$/.exec(payload) ?? [];
  if (payload === "i") return "/inbox";
  if (kind === "o") return `/offer/${value}`;
  if (!/^[0-9a-f]{32}$/.test(value)) return undefined;
  const folder = { d: "/deals", l: "/listings", s: "/orders" }[kind];
  return `${folder}/${withDashes(value)}`;
}
