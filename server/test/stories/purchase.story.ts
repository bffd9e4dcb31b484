/** Something is bought with the pay sheet's steps: by Stars at a price that was quoted, and from the balance. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { startLocalRates } from "../../../local/rates/index.ts";
import { type App, createApp } from "../../src/app.ts";
import { openPayment } from "../../src/kernel/payments/index.ts";
import type { Goods } from "../../src/kernel/payments/shapes.ts";
import { environment, people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import { openStage, type Stage, until } from "./stage.ts";

const TON = 1_000_000_000n;

let stage: Stage;
let rates: Awaited<ReturnType<typeof startLocalRates>>;
/** No market sells by the pay sheet yet: this stands for one, and does what a market does. */
let market: App;

async function sell(title: string, goods: Goods): Promise<string> {
  const ctx = market.context({ kind: "system", name: "story.market" });
  const { rows } = await ctx.db.execute<{ id: string }>(
    `select id from identity.users where telegram_id = ${people.buyer}`,
  );
  const { paymentId } = await openPayment(ctx, {
    userId: rows[0]?.id ?? "",
    price: { amount: TON.toString(), asset: "TON" },
    account: "fees",
    goods,
    title,
    thenJobs: {},
    returnTo: "/channels",
  });
  return paymentId;
}

async function openForStory(): Promise<void> {
  rates = await startLocalRates();
  const env = { RATES_URL: rates.url, RATES_POLL_SECONDS: "5" };
  stage = await openStage({ env });
  market = await createApp({
    env: environment(stage.database.appUrl, stage.telegram, stage.ton, {
      ...env,
      PUBLIC_URL: stage.productOrigin,
      ROLES: "web",
    }),
  });
}

describe.skipIf(!hasChromium)(`something is bought${skipReason}`, () => {
  beforeAll(openForStory, 120_000);
  afterAll(async () => {
    await market?.stop();
    await stage?.close();
    await rates?.stop();
  });
  afterEach(() => expect(stage.complaints.all()).toEqual([]));
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 60_000);

  step("what waits for payment stands first, and offers the ways that are allowed for it here", async () => {
    const { buyer } = stage;
    await buyer.arrive("English");
    await sell("A track by the Morning Band", "digital");
    await buyer.app.getByTestId("waiting-payments").getByText("A track by the Morning Band").click();
    await buyer.app.getByTestId("mean-stars-XTR").getByText(/^≈/).waitFor();
    // What is used inside Telegram is paid in Stars there.
    expect(await buyer.app.getByTestId("mean-ton-TON").count()).toBe(0);
    await buyer.shot("pay-quote");
  });

  step("the quoted price is fixed by choosing, paid in Telegram, and one is back where one was", async () => {
    const { buyer } = stage;
    await buyer.app.getByTestId("mean-stars-XTR").click();
    await buyer.app.getByTestId("pay-go").click();
    await buyer.device.getByRole("button", { name: /^Confirm and pay \d+ Stars$/ }).click();
    await buyer.sees("Paid");
    const { items } = await stage.api(people.buyer).get("/api/payments");
    expect(items[0]).toMatchObject({
      status: "paid",
      due: { asset: "XTR" },
      price: { amount: TON.toString() },
    });
    await buyer.app.getByTestId("pay-done").click();
    await buyer.app.getByRole("heading", { name: "Channels for sale" }).waitFor();
  });

  step("a balance that does not reach says so; one that does pays at once", async () => {
    const { buyer } = stage;
    const paymentId = await sell("Ten posts", "service");
    await buyer.go(`/payments/${paymentId}`);
    const balance = buyer.app.getByTestId("mean-balance-TON");
    await balance.getByText("Not enough on the balance").waitFor();
    await receive(2n * TON);
    await buyer.go("/balance");
    await buyer.app.getByTestId("balance-TON").getByText("2 GRAM", { exact: true }).waitFor();
    await buyer.go(`/payments/${paymentId}`);
    await balance.getByText("You have 2 GRAM").waitFor();
    await balance.click();
    await buyer.app.getByTestId("pay-go").click();
    await buyer.sees("Paid");
    await buyer.go("/balance");
    await buyer.app.getByTestId("balance-TON").getByText("1 GRAM", { exact: true }).waitFor();
    await buyer.app.getByTestId("history").getByText("−1 GRAM").waitFor();
  });
});

/** The buyer tops up, from a wallet of theirs. */
async function receive(amount: bigint): Promise<void> {
  const api = stage.api(people.buyer);
  const { id } = await api.post("/api/balance/recharge", { asset: "TON", amount: amount.toString() });
  const pay = await until("the way to pay is there", async () => (await api.get(`/api/payments/${id}`)).pay);
  await stage.ton.transfer({ from: people.buyer, to: pay.address, amount, body: pay.comment });
  await until("the money is there", async () => (await api.get(`/api/payments/${id}`)).status === "paid");
}
