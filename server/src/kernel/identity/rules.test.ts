import { describe, expect, test } from "bun:test";
import {
  changedSettings,
  deviceOf,
  judgeRefresh,
  languageFrom,
  notificationSettingsFrom,
  refreshGraceMs,
  staffRolesFrom,
  startPath,
} from "./rules.ts";

test.each([
  ["ru", "ru"],
  ["ru-RU", "ru"],
  ["RU", "ru"],
  ["en", "en"],
  ["rue", "en"],
  ["de", "en"],
  [undefined, "en"],
] as const)("a client in %p begins in %p", (code, language) => {
  expect(languageFrom(code)).toBe(language);
});

describe("a refresh token", () => {
  const session = { generation: 5, usedGeneration: 4, rotatedAtMs: 1_000_000 };
  const lost = { ...session, generation: 7 };
  test.each([
    [session, 5, 0, "good", "good"],
    [session, 5, 1_000_000_000, "good", "good"],
    [session, 4, refreshGraceMs, "repeated", "repeated"],
    [session, 4, refreshGraceMs + 1, "reused", "lost"],
    [session, 3, 0, "reused", "reused"],
    [session, 6, 0, "reused", "reused"],
    [lost, 7, 1_000_000_000, "good", "good"],
    [lost, 6, 0, "reused", "reused"],
    [lost, 5, 0, "reused", "reused"],
    [lost, 4, refreshGraceMs + 1, "reused", "lost"],
  ] as const)(
    "of %o, generation %p, %p ms later, is %s in Telegram and %s in a browser",
    (of, generation, after, there, here) => {
      const judged = (kind: "telegram" | "browser") =>
        judgeRefresh({ ...of, kind }, generation, of.rotatedAtMs + after);
      expect([judged("telegram"), judged("browser")]).toEqual([there, here]);
    },
  );
});

test.each([
  [
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
    "Chrome · Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari · iPhone",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Edge · Windows",
  ],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 15.5; rv:141.0) Gecko/20100101 Firefox/141.0", "Firefox · macOS"],
  ["curl/8.9.1", null],
  [null, null],
] as const)("%s is told as %s", (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});

describe("settings of notifications", () => {
  const all = <T>(value: T) => ({
    deals: value,
    offers: value,
    campaigns: value,
    orders: value,
    new_orders: value,
    reviews: value,
    payments: value,
    support: value,
    news: value,
  });

  test("everything is told at once until it is changed; what is stored of unknown topics does not show", () => {
    expect(notificationSettingsFrom({ gone: true } as never)).toEqual({
      bot: all(true),
      cadence: all("now"),
      quietHours: null,
      timeZone: "Europe/Moscow",
    });
  });

  test("what was kept when there were only switches still counts", () => {
    const { bot, cadence } = notificationSettingsFrom({ deals: false, offers: true });
    expect([bot, cadence]).toEqual([
      { ...all(true), deals: false },
      { ...all("now"), deals: "off" },
    ]);
  });

  test("a switch turns off and on again, and leaves a digest a digest; what is not named stays", () => {
    const digests = changedSettings({ news: false }, { cadence: { orders: "hour" } });
    const off = changedSettings(digests, { bot: { deals: false, orders: true } });
    expect(notificationSettingsFrom(off).cadence).toEqual({
      ...all("now"),
      news: "off",
      orders: "hour",
      deals: "off",
    });
    const quiet = changedSettings(off, {
      bot: { deals: true },
      quietHours: { from: "22:00", to: "08:00" },
      timeZone: "Asia/Novosibirsk",
    });
    expect(notificationSettingsFrom(quiet)).toMatchObject({
      cadence: { deals: "now", orders: "hour" },
      quietHours: { from: "22:00", to: "08:00" },
      timeZone: "Asia/Novosibirsk",
    });
    const loud = notificationSettingsFrom(changedSettings(quiet, { quietHours: null }));
    expect([loud.quietHours, loud.timeZone]).toEqual([null, "Asia/Novosibirsk"]);
  });
});

test("the staff setting gives a person their own roles, once each", () => {
  const staff = ["1003:arbiter", "1003:support", "1003:arbiter", "10031:owner", "1:admin"];
  expect(staffRolesFrom(staff, "1003")).toEqual(["arbiter", "support"]);
  expect(staffRolesFrom(staff, "2")).toEqual([]);
});

test.each([
  ["o_7Q2M4XJ9KD3VT", "/offer/7Q2M4XJ9KD3VT"],
  ["d_01920a3b4c5d7e8f90a1b2c3d4e5f607", "/deals/01920a3b-4c5d-7e8f-90a1-b2c3d4e5f607"],
  ["l_01920a3b4c5d7e8f90a1b2c3d4e5f607", "/listings/01920a3b-4c5d-7e8f-90a1-b2c3d4e5f607"],
  ["i", "/inbox"],
  ["", undefined],
  ["d_01920a3b", undefined],
  ["o_../../admin", undefined],
  ["x_ABC", undefined],
  [`o_${"A".repeat(49)}`, undefined],
])("the deep link %p leads to %p", (payload, path) => {
  expect(startPath(payload)).toBe(path);
});
