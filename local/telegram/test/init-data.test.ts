/** Launch data against the stock validator, by both of Telegram's signatures. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { isValid, isValid3rd, parse } from "@tma.js/init-data-node";
import type { LocalTelegram } from "../index.ts";
import { BOT_ID, SELLER, start, TOKEN } from "./support.ts";

/** The key of Telegram's test environment, which the stock validator holds. */
const TEST_ENVIRONMENT_KEY = "40055058a4ee38156a06562e52eece92a771bcd8346a8c4615cb7376eddf72ec";

let telegram: LocalTelegram;
beforeAll(async () => {
  telegram = await start();
});
afterAll(() => telegram.stop());

/** The stock validator with our public key in the place of Telegram's: everything else in it stays. */
async function isSignedByUs(raw: string): Promise<boolean> {
  const original = crypto.subtle.importKey;
  crypto.subtle.importKey = ((format: string, key: Uint8Array, ...rest: unknown[]) => {
    const isTelegrams = Buffer.from(key).toString("hex") === TEST_ENVIRONMENT_KEY;
    const ours = isTelegrams ? Buffer.from(telegram.initDataPublicKey, "hex") : key;
    return Reflect.apply(original, crypto.subtle, [format, ours, ...rest]);
  }) as typeof original;
  try {
    return await isValid3rd(raw, BOT_ID, { test: true });
  } finally {
    crypto.subtle.importKey = original;
  }
}

describe("launch data", () => {
  test("is valid to the stock validator by the bot's token, and names the person", () => {
    const raw = telegram.initData(SELLER, { startParam: "o_abc" });
    expect(isValid(raw, TOKEN)).toBe(true);
    const data = parse(raw);
    expect(data.user?.id).toBe(SELLER);
    expect(data.start_param).toBe("o_abc");
  });

  test("is valid to the stock validator by the third-party signature under the published key", async () => {
    const raw = telegram.initData(SELLER);
    expect(await isSignedByUs(raw)).toBe(true);
    const forged = new URLSearchParams(raw);
    forged.set("user", (forged.get("user") ?? "").replace("1001", "1002"));
    expect(await isSignedByUs(forged.toString())).toBe(false);
  });

  test("of another bot's token, or with a changed field, is not valid", () => {
    expect(isValid(telegram.initData(SELLER, { botToken: "7000000001:another" }), TOKEN)).toBe(false);
    const forged = new URLSearchParams(telegram.initData(SELLER));
    forged.set("auth_date", String(telegram.now() + 5));
    expect(isValid(forged.toString(), TOKEN)).toBe(false);
  });

  test("carries the world's clock, not the machine's", () => {
    telegram.advance(7_200);
    const authDate = Number(new URLSearchParams(telegram.initData(SELLER)).get("auth_date"));
    expect(authDate - Math.floor(Date.now() / 1000)).toBeGreaterThanOrEqual(7_199);
  });

  test("the launch address leads to the person's own phone, with the start parameter inside the signature", async () => {
    const result = await telegram.act(SELLER, { type: "openApp", startParam: "deal_7" });
    if (result.type !== "launch") throw new Error(result.type);
    const url = new URL(result.url);
    expect(url.origin).toBe(telegram.phoneOrigins[0] ?? "");
    expect(url.searchParams.get("tgWebAppStartParam")).toBe("deal_7");
    const hash = new URLSearchParams(url.hash.slice(1));
    expect(hash.get("tgWebAppVersion")).toBe("9.6");
    expect(JSON.parse(hash.get("tgWebAppThemeParams") ?? "{}").bg_color).toMatch(/^#[0-9a-f]{6}$/);
    const raw = hash.get("tgWebAppData") ?? "";
    expect(isValid(raw, TOKEN)).toBe(true);
    expect(parse(raw).start_param).toBe("deal_7");
  });
});
