import { expect, test } from "bun:test";
import { Address } from "@ton/core";
import { testEnvironment } from "../../test/context.ts";
import { readSettings, type SettingsError, schema } from "./settings.ts";
import { exampleEnvironment } from "./settings-example.ts";
import { rawTonAddress } from "./ton-address.ts";

const good = testEnvironment("postgres://app@localhost/souk");
const faultsOf = (change: Record<string, string>): string[] => {
  try {
    readSettings({ ...good, ...change });
    return [];
  } catch (error) {
    return (error as SettingsError).faults;
  }
};

const shop = { YOOKASSA_SHOP_ID: "100500", YOOKASSA_SECRET_KEY: `test_${"a".repeat(20)}` };

test("all faults are told at once, and no value is shown", () => {
  const faults = faultsOf({
    PORT: "90000",
    SESSION_SECRET: "short-secret",
    FEE_BPS: "2000",
    ROLES: "web,dance",
  });
  expect(faults.map((fault) => fault.split(":")[0])).toEqual([
    "SESSION_SECRET",
    "PORT",
    "ROLES.1",
    "FEE_BPS",
  ]);
  expect(faults.join()).not.toContain("short-secret");
});

test.each([
  [
    "a real bot with a local chain",
    { SOUK_WORLD: "real", TELEGRAM_API_ROOT: "https://api.telegram.org", PUBLIC_URL: "https://souk.example" },
    "TON_V3_URL",
  ],
  [
    "a local Telegram with the main network",
    {
      TON_NETWORK: "-239",
      TON_V2_URL: "https://toncenter.com/api/v2/jsonRPC",
      TON_V3_URL: "https://toncenter.com/api/v3",
    },
    "TON_NETWORK",
  ],
  [
    "the local world with a real bot",
    {
      TELEGRAM_API_ROOT: "https://api.telegram.org",
      PUBLIC_URL: "https://souk.example",
      TON_V2_URL: "https://testnet.toncenter.com/x",
      TON_V3_URL: "https://testnet.toncenter.com/y",
    },
    "SOUK_WORLD",
  ],
  ["a webhook without its secret", { TELEGRAM_UPDATES: "webhook" }, "TELEGRAM_WEBHOOK_SECRET"],
  ["every origin", { ALLOWED_ORIGINS: "*" }, "ALLOWED_ORIGINS"],
  ["fees to the cold wallet", { TON_FEE_ADDRESS: good.TON_COLD_ADDRESS as string }, "TON_FEE_ADDRESS"],
  [
    "fees to the cold wallet in another spelling",
    { TON_FEE_ADDRESS: good.TON_COLD_ADDRESS?.toUpperCase() as string },
    "TON_FEE_ADDRESS",
  ],
  ["an address with a slip", { TON_FEE_ADDRESS: `UQ${"B".repeat(46)}` }, "TON_FEE_ADDRESS"],
  ["an address on the masterchain", { TON_COLD_ADDRESS: `-1:${"a".repeat(64)}` }, "TON_COLD_ADDRESS"],
  ["a least price that the contract would not take", { PRICE_MIN: "99999999" }, "PRICE_MIN"],
  [
    "the main network's endpoint for the test network",
    { TON_V3_URL: "https://toncenter.com/api/v3" },
    "TON_V3_URL",
  ],
  ["a challenge of less than an hour", { DEAL_CHALLENGE_SECONDS: "3599" }, "DEAL_CHALLENGE_SECONDS"],
  ["a shop without its key", { YOOKASSA_SHOP_ID: "1" }, "YOOKASSA_SECRET_KEY"],
  [
    "a real shop with a test network",
    { ...shop, YOOKASSA_SECRET_KEY: `live_${"a".repeat(20)}` },
    "YOOKASSA_SECRET_KEY",
  ],
  [
    "a test shop with the main network",
    {
      ...shop,
      SOUK_WORLD: "real",
      PUBLIC_URL: "https://souk.example",
      TELEGRAM_API_ROOT: "https://api.telegram.org",
      TON_NETWORK: "-239",
      TON_V2_URL: "https://toncenter.com/api/v2/jsonRPC",
      TON_V3_URL: "https://toncenter.com/api/v3",
    },
    "YOOKASSA_SECRET_KEY",
  ],
  [
    "a real bot with a local YooKassa",
    {
      ...shop,
      YOOKASSA_URL: "http://localhost:8026/v3",
      SOUK_WORLD: "real",
      PUBLIC_URL: "https://souk.example",
      TELEGRAM_API_ROOT: "https://api.telegram.org",
      TON_V2_URL: "https://testnet.toncenter.com/api/v2/jsonRPC",
      TON_V3_URL: "https://testnet.toncenter.com/api/v3",
    },
    "YOOKASSA_URL",
  ],
  ["YooKassa without TLS", { ...shop, YOOKASSA_URL: "http://api.yookassa.example/v3" }, "YOOKASSA_URL"],
  [
    "receipts without a VAT code",
    { ...shop, YOOKASSA_RECEIPT_EMAIL: "a@souk.example" },
    "YOOKASSA_RECEIPT_VAT_CODE",
  ],
  ["news from everywhere", { ...shop, YOOKASSA_NEWS_FROM: "*" }, "YOOKASSA_NEWS_FROM"],
  ["a way to pay that is not known", { ...shop, YOOKASSA_METHODS: "cheque" }, "YOOKASSA_METHODS"],
  ["paying after delivering", { DEAL_PAY_SECONDS: "300000" }, "DEAL_PAY_SECONDS"],
  ["staff without a role", { STAFF: "1003" }, "STAFF"],
] as const)("refused: %s", (_name, change, where) => {
  expect(faultsOf(change).some((fault) => fault.startsWith(where))).toBe(true);
});

test("an address is known in each of its spellings", () => {
  const raw = `0:${"5a".repeat(32)}`;
  for (const bounceable of [true, false]) {
    const friendly = Address.parseRaw(raw).toString({ bounceable });
    expect([rawTonAddress(friendly), rawTonAddress(raw.toUpperCase())]).toEqual([raw, raw]);
    expect(rawTonAddress(friendly.replace(/.$/, (last) => (last === "A" ? "B" : "A")))).toBeNull();
  }
});

test("one role for both databases is refused with a real bot", () => {
  const real = {
    SOUK_WORLD: "real",
    TELEGRAM_API_ROOT: "https://api.telegram.org",
    PUBLIC_URL: "https://souk.example",
    TON_V2_URL: "https://testnet.toncenter.com/api/v2/jsonRPC",
    TON_V3_URL: "https://testnet.toncenter.com/api/v3",
  };
  expect(faultsOf(real)).toEqual([]);
  expect(faultsOf({ ...real, DATABASE_OWNER_URL: good.DATABASE_URL as string }).length).toBe(1);
});

test("the example names every setting, and its defaults are the schema's", () => {
  const example = exampleEnvironment();
  for (const name of Object.keys(schema.shape)) expect(example).toContain(`${name}=`);
  expect(example).toContain("# FEE_BPS=300");
});
