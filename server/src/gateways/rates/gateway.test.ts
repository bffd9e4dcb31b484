import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { type LocalRates, startLocalRates } from "../../../../local/rates/index.ts";
import { testEnvironment } from "../../../test/context.ts";
import { createLog } from "../../platform/log.ts";
import { readSettings } from "../../platform/settings.ts";
import { readingsOf } from "./coingecko.ts";
import { createRates } from "./gateway.ts";

let local: LocalRates;
beforeAll(async () => {
  local = await startLocalRates();
});
afterAll(() => local.stop());
beforeEach(() => {
  local.clearFaults();
  local.set({ TON: 3.2, USDT: 1, rub: 80, eur: 0.8 });
});

const open = (timeoutMs = 5_000) =>
  createRates({
    settings: readSettings({ ...testEnvironment("postgres://localhost/none"), RATES_URL: local.url }),
    log: createLog("silent"),
    metrics: undefined,
    timeoutMs,
  });
const read = async () => Object.fromEntries((await open().read()).map((one) => [one.asset, one.picoUsd]));

test("prices come as whole numbers of dollars' millionth millionths, currencies by what a USDT is in them", async () => {
  const T = 10n ** 12n;
  expect(await read()).toEqual({ TON: (T * 32n) / 10n, USDT: T, USD: T, RUB: T / 80n, EUR: (T * 10n) / 8n });
});

test("the source's own word on how old its figures are is passed on", async () => {
  local.fault({ kind: "stale", seconds: 900 });
  const [first] = await open().read();
  expect(first?.ageMs).toBeGreaterThan(895_000);
  expect(first?.ageMs).toBeLessThan(960_000);
});

test("a coin that is missing is left out, and the others are there", async () => {
  local.fault({ kind: "missing", coin: "TON" });
  expect(Object.keys(await read())).toEqual(["USDT", "USD", "RUB", "EUR"]);
  local.clearFaults();
  local.fault({ kind: "missing", coin: "USDT" });
  expect(Object.keys(await read())).toEqual(["TON"]);
});

test("one failed answer is asked again; a source that stays down, is silent or talks nonsense throws", async () => {
  local.fault({ kind: "status", status: 500, times: 1 });
  expect((await open().read()).length).toBe(5);
  for (const fault of [
    { kind: "status", status: 429 },
    { kind: "malformed" },
    { kind: "silence", seconds: 5 },
  ] as const) {
    local.clearFaults();
    local.fault(fault);
    await expect(open(100).read()).rejects.toThrow();
  }
});

test("nonsense in one field spoils that coin alone", () => {
  const good = { usd: 1, rub: 80, eur: 0.8, last_updated_at: 1 };
  for (const bad of [
    { ...good, usd: -3 },
    { ...good, usd: "3" },
    { ...good, usd: 1e12 },
    { usd: 3 },
    null,
    7,
  ])
    expect(readingsOf({ "the-open-network": bad, tether: good }, 1_000).map((one) => one.asset)).toEqual([
      "USDT",
      "USD",
      "RUB",
      "EUR",
    ]);
  expect(readingsOf({ "the-open-network": { ...good, usd: 1.5e-7 }, more: 1 }, 1_000)[0]?.picoUsd).toBe(
    150_000n,
  );
});
