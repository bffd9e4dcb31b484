import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { type LocalTon, startLocalTon } from "../index.ts";
import { startHost } from "./browser/host.ts";

// Generous, for a machine that has other things to do as well.
setDefaultTimeout(60_000);

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const found = existsSync(CHROMIUM);

let ton: LocalTon;
let browser: Browser;

beforeAll(async () => {
  if (!found) return;
  ton = await startLocalTon({ blockMs: 20 });
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
});
afterAll(async () => {
  if (!found) return;
  await browser.close();
  await ton.stop();
});

describe.skipIf(!found)(
  "stock @tonconnect/ui-react in a frame of a host page, in Chromium (skipped where there is none)",
  () => {
    test("it connects with a proof and pays, by taps alone, and asks nobody outside this machine", async () => {
      const host = await startHost(ton, 1002, 1001);
      const page = await browser.newPage({ viewport: { width: 900, height: 844 } });
      const outside: string[] = [];
      page.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol.startsWith("http") && hostname !== "localhost") outside.push(request.url());
      });
      await page.goto(host.origin);
      const shop = page.frameLocator("#shop");
      const wallet = page.frameLocator("#wallet");

      await shop.locator("#connect").click();
      await shop.getByText("Local Wallet").click();
      expect(await wallet.locator("h1").textContent()).toBe("Connect to Shop?");
      await wallet.getByRole("button", { name: "Connect" }).click();
      await shop.getByText("proof browser-nonce").waitFor();
      expect(await shop.locator("#address").textContent()).toBe(ton.wallet(1002).address.toRawString());

      await shop.locator("#pay").dispatchEvent("click");
      await wallet.getByRole("button", { name: "Pay 1.5 GRAM" }).click();
      await wallet.getByText("Sent to the network").waitFor();
      await shop.locator("#said", { hasText: "paid" }).waitFor();
      await ton.mine();
      const received = ton.chain.state.ledger.of(ton.wallet(1001).address.toRawString());
      expect(received.map((tx) => tx.tx.inMessage?.info.type)).toEqual(["internal"]);
      expect(outside).toEqual([]);
      await page.close();
      await host.stop();
    });
  },
);
