import { describe, expect, test } from "bun:test";
import { digestAgain, momentFor, type NotificationSettings, quietUntil, retryAfterSeconds } from "./rules.ts";

const topics = [
  "deals",
  "offers",
  "campaigns",
  "orders",
  "new_orders",
  "reviews",
  "payments",
  "support",
  "news",
] as const;
const settings = (
  cadence: NotificationSettings["cadence"]["deals"],
  quietHours: NotificationSettings["quietHours"] = null,
  timeZone = "UTC",
): NotificationSettings => ({
  bot: Object.fromEntries(topics.map((topic) => [topic, cadence !== "off"])) as NotificationSettings["bot"],
  cadence: Object.fromEntries(topics.map((topic) => [topic, cadence])) as NotificationSettings["cadence"],
  quietHours,
  timeZone,
});
const at = (iso: string) => new Date(iso);
const night = { from: "22:00", to: "08:00" };

describe("without quiet hours", () => {
  test("at once is now, off is never, and security is neither asked nor silenced", () => {
    const now = at("2026-11-26T12:07:30Z");
    expect(momentFor("new_orders", settings("now"), now)).toEqual({ kind: "now" });
    expect(momentFor("new_orders", settings("off"), now)).toEqual({ kind: "never" });
    for (const cadence of ["now", "day", "off"] as const)
      expect(momentFor("security", settings(cadence, night), at("2026-11-26T23:00:00Z"))).toEqual({
        kind: "now",
      });
  });

  test.each([
    ["quarter", "2026-11-26T12:07:30Z", "2026-11-26T12:15:00Z"],
    ["quarter", "2026-11-26T12:15:00Z", "2026-11-26T12:30:00Z"],
    ["hour", "2026-11-26T23:59:59Z", "2026-11-27T00:00:00Z"],
    ["day", "2026-11-26T08:59:59Z", "2026-11-26T09:00:00Z"],
    ["day", "2026-11-26T09:00:00Z", "2026-11-27T09:00:00Z"],
  ] as const)("a digest every %s asked for at %s comes at %s", (cadence, now, due) => {
    expect(momentFor("new_orders", settings(cadence), at(now))).toEqual({ kind: "digest", at: at(due) });
  });

  test("a day's digest comes at nine where the person lives", () => {
    const moment = momentFor(
      "new_orders",
      settings("day", null, "Asia/Vladivostok"),
      at("2026-11-26T12:00:00Z"),
    );
    expect(moment).toEqual({ kind: "digest", at: at("2026-11-26T23:00:00Z") });
  });
});

describe("quiet hours", () => {
  test.each([
    ["2026-11-26T21:59:59Z", null],
    ["2026-11-26T22:00:00Z", "2026-11-27T08:00:00Z"],
    ["2026-11-27T07:59:59Z", "2026-11-27T08:00:00Z"],
    ["2026-11-27T08:00:00Z", null],
  ])("over midnight: %s is held until %s", (now, end) => {
    expect(quietUntil({ quietHours: night, timeZone: "UTC" }, at(now))).toEqual(end ? at(end) : null);
  });

  test("within a day, and where the person lives", () => {
    const nap = { quietHours: { from: "13:00", to: "14:30" }, timeZone: "Asia/Kolkata" };
    expect(quietUntil(nap, at("2026-11-26T07:30:00Z"))).toEqual(at("2026-11-26T09:00:00Z"));
    expect(quietUntil(nap, at("2026-11-26T09:00:00Z"))).toBeNull();
  });

  test("the night on which clocks go forward, and the one on which they go back, end when clocks say so", () => {
    const berlin = { quietHours: { from: "22:00", to: "08:00" }, timeZone: "Europe/Berlin" };
    const forward = quietUntil(berlin, at("2026-03-28T22:00:00Z"));
    const back = quietUntil(berlin, at("2026-10-24T21:00:00Z"));
    expect(quietUntil(berlin, forward ?? at("2026-03-28T22:00:00Z"))).toBeNull();
    expect(back).toEqual(at("2026-10-25T07:00:00Z"));
  });

  test("hold what would be told at once, and digests that fall into them; money that is told at once passes", () => {
    const now = at("2026-11-26T23:10:00Z");
    const morning = { kind: "digest", at: at("2026-11-27T08:00:00Z") } as const;
    expect(momentFor("new_orders", settings("now", night), now)).toEqual(morning);
    expect(momentFor("new_orders", settings("hour", night), now)).toEqual(morning);
    for (const topic of ["payments", "orders"] as const)
      expect(momentFor(topic, settings("now", night), now)).toEqual({ kind: "now" });
    expect(momentFor("payments", settings("hour", night), now)).toEqual(morning);
  });

  test("a due digest looks again: switched off since is never, quiet since waits", () => {
    const now = at("2026-11-26T23:00:00Z");
    expect(digestAgain("new_orders", settings("hour"), now)).toEqual({ kind: "now" });
    expect(digestAgain("new_orders", settings("off"), now)).toEqual({ kind: "never" });
    expect(digestAgain("new_orders", settings("hour", night), now)).toEqual({
      kind: "digest",
      at: at("2026-11-27T08:00:00Z"),
    });
  });
});

test("an unanswered message is tried again ever more rarely, and given up in the end", () => {
  expect([1, 2, 5, 11].map(retryAfterSeconds)).toEqual([1, 2, 16, 900]);
  expect([14, 15].map(retryAfterSeconds)).toEqual([900, null]);
});
