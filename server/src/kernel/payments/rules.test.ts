import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Asset } from "../../platform/shapes.ts";
import {
  checkAfterSeconds,
  isAllowed,
  judge,
  nextCheck,
  parseMeans,
  refundable,
  type Standing,
  settleMarginSeconds,
  unexplained,
} from "./rules.ts";
import type { PaymentStatus, Surface } from "./shapes.ts";

const end = new Date("2026-11-20T12:00:00Z");
const before = new Date(end.getTime() - 1);
const after = new Date(end.getTime() + 1);
const standing = (change: Partial<Standing> = {}): Standing => ({
  purpose: "purchase",
  status: "pending",
  isRecurring: false,
  isOfPaying: true,
  due: { asset: "XTR", amount: 100n, expiresAt: end },
  ...change,
});
const money = (amount: bigint, at = before, asset: Asset = "XTR") => ({ amount, at, asset });

describe("where money belongs", () => {
  test.each([
    ["the price in time", money(100n), "exact", true],
    ["more than the price", money(101n), "over", true],
    ["a Star too little", money(99n), "short", false],
    ["the price at the last moment", money(100n, end), "exact", true],
    ["the price a moment later", money(100n, after), "late", false],
    ["another asset", money(100n, before, "TON"), "other_asset", false],
  ] as const)("of a purchase: %s", (_name, given, outcome, isSettling) => {
    expect(judge(standing(), given)).toEqual({ outcome, isSettling });
  });

  test.each([
    ["what was asked for", money(100n), "exact"],
    ["less", money(1n), "short"],
    ["more", money(1_000n), "over"],
    ["after the end", money(100n, after), "late"],
  ] as const)("of a recharge: %s settles it", (_name, given, outcome) => {
    expect(judge(standing({ purpose: "recharge" }), given)).toEqual({ outcome, isSettling: true });
  });

  test.each(["paid", "refunded"] as const)("a payment that is %s is never settled again", (status) => {
    for (const purpose of ["purchase", "recharge"] as const)
      expect(judge(standing({ status, purpose }), money(100n))).toEqual({
        outcome: "double",
        isSettling: false,
      });
  });

  test("a recurring one is settled by every month's price, and by nothing less", () => {
    const monthly = standing({ status: "paid", isRecurring: true });
    expect(judge(monthly, money(100n, after)).isSettling).toBe(true);
    // Another invoice for the same thing, paid as well, is not the next month.
    expect(judge({ ...monthly, isOfPaying: false }, money(100n, after)).outcome).toBe("double");
    expect(judge(monthly, money(99n, after))).toEqual({ outcome: "double", isSettling: false });
  });

  test.each(["expired", "canceled"] as const)(
    "a purchase that is %s is not bought by money in time",
    (status) => {
      expect(judge(standing({ status }), money(100n))).toEqual({ outcome: "late", isSettling: false });
    },
  );

  test("whatever comes, a purchase is settled only by its whole price, in its asset, while it is open", () => {
    const statuses: PaymentStatus[] = ["created", "pending", "paid", "refunded", "expired", "canceled"];
    fc.assert(
      fc.property(
        fc.constantFrom(...statuses),
        fc.bigInt(1n, 200n),
        fc.constantFrom<Asset>("XTR", "TON"),
        fc.constantFrom(before, end, after),
        (status, amount, asset, at) => {
          const { isSettling } = judge(standing({ status }), { amount, asset, at });
          const mayBe = (status === "created" || status === "pending") && at <= end;
          expect(isSettling).toBe(mayBe && amount >= 100n && asset === "XTR");
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("what may go back", () => {
  const part = fc.bigInt(0n, 100n);
  test("refunds, those under way and what was taken back never pass what came", () => {
    fc.assert(
      fc.property(part, part, part, (refunded, refunding, chargedBack) => {
        const left = refundable({ amount: 100n, refunded, refunding, chargedBack });
        expect(left >= 0n).toBe(true);
        if (refunded + refunding + chargedBack <= 100n)
          expect(left + refunded + refunding + chargedBack).toBe(100n);
      }),
      { numRuns: 500 },
    );
  });

  test("only what our refunds do not explain was taken from us", () => {
    expect(unexplained({ refunded: 0n, refunding: 0n, chargedBack: 0n }, 70n)).toBe(70n);
    expect(unexplained({ refunded: 30n, refunding: 0n, chargedBack: 0n }, 70n)).toBe(40n);
    expect(unexplained({ refunded: 0n, refunding: 70n, chargedBack: 0n }, 70n)).toBe(0n);
    expect(unexplained({ refunded: 30n, refunding: 0n, chargedBack: 40n }, 70n)).toBe(0n);
  });
});

test("a payment is looked at after a minute, five, an hour, a day, and shortly after its end", () => {
  const opened = new Date("2026-11-20T00:00:00Z");
  const ends = new Date(opened.getTime() + 1_800_000);
  const looks: number[] = [];
  for (let now: Date | null = opened; now; ) {
    now = nextCheck(opened, ends, now);
    if (now) looks.push((now.getTime() - opened.getTime()) / 1000);
  }
  expect(looks).toEqual([60, 300, 1_800 + settleMarginSeconds, 3_600, 86_400]);
  expect(looks.length).toBe(checkAfterSeconds.length + 1);
});

describe("which way is shown where", () => {
  const rules = parseMeans(
    "stars=digital+balance@telegram; ton=balance+service@any; balance.XTR=digital@telegram; card=service@web",
  );
  test.each([
    ["stars", "XTR", "digital", "miniapp_ios", true],
    ["stars", "XTR", "digital", "bot", true],
    ["stars", "XTR", "digital", "web", false],
    ["stars", "XTR", "service", "miniapp_ios", false],
    ["ton", "TON", "digital", "miniapp_android", false],
    ["ton", "TON", "service", "web", true],
    ["balance", "XTR", "digital", "miniapp_desktop", true],
    ["balance", "TON", "digital", "miniapp_desktop", false],
    ["card", "RUB", "service", "miniapp_desktop", false],
    ["unheard", "RUB", "service", "web", false],
  ] as const)("%s in %s for %s on %s: %p", (provider, asset, goods, surface, isShown) => {
    expect(isAllowed(rules, { provider, asset, goods, surface: surface as Surface })).toBe(isShown);
  });

  test.each(["stars", "stars=digital", "stars=toys@web", "stars=digital@moon", "STARS=digital@web"])(
    "%p is no rule, and says so",
    (text) => {
      expect(() => parseMeans(text)).toThrow("PAYMENT_MEANS");
    },
  );
});
