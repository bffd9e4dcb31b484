import { expect, test } from "bun:test";
import { countdown, date, dateTime, duration } from "./time.ts";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
const NOW = Date.parse("2026-11-20T12:00:00Z");

test("time left is at most two units, and a clock in the last hour", () => {
  expect(plain(countdown(53 * 3_600_000, "en"))).toBe("2 days 5 hr");
  expect(plain(countdown(24 * 3_600_000, "ru"))).toBe("1 дн.");
  expect(plain(countdown(5 * 3_600_000 + 12 * 60_000 + 59_000, "ru"))).toBe("5 ч 12 мин");
  expect(countdown(754_000, "en")).toBe("12:34");
  expect(countdown(9_400, "en")).toBe("0:09");
});

test("time left is never negative", () => {
  expect(countdown(-5000, "en")).toBe("0:00");
});

test("a duration has its words in the right case", () => {
  expect(plain(duration(86_400, "ru"))).toBe("24 часа");
  expect(plain(duration(3600, "ru"))).toBe("60 минут");
  expect(plain(duration(72 * 3600, "ru"))).toBe("3 дня");
  expect(plain(duration(21 * 86_400, "ru"))).toBe("21 день");
  expect(plain(duration(172_800, "en"))).toBe("48 hours");
  expect(plain(duration(90, "en"))).toBe("90 seconds");
});

test("near days are named, far ones dated, other years say so", () => {
  expect(dateTime("2026-11-20T14:30:00Z", NOW, "en", "UTC")).toBe("today, 14:30");
  expect(dateTime("2026-11-21T09:05:00Z", NOW, "ru", "UTC")).toBe("завтра, 09:05");
  expect(dateTime("2026-11-25T09:05:00Z", NOW, "ru", "UTC")).toBe("25 ноября, 09:05");
  expect(date("2027-01-02T09:05:00Z", NOW, "ru", "UTC")).toBe("2 января 2027");
});

test("the day is the reader's, not the server's", () => {
  expect(dateTime("2026-11-20T23:30:00Z", NOW, "en", "Asia/Tokyo")).toBe("tomorrow, 08:30");
});
