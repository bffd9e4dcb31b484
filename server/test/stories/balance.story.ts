/** Money put on the balance and back again: by Stars, by TON, too late, and returned. By taps alone. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import { openStage, type Stage } from "./stage.ts";

const SUPPORT = people.stranger;
/** An invoice stands for an hour; then the provider is asked once more before it is called over. */
const INVOICE_SECONDS = 3_600;
const AFTER_SECONDS = 120;
const TON = 1_000_000_000n;

let stage: Stage;

/** From anywhere: the sum is entered and the pay sheet opens. */
async function topUp(asset: "Stars" | "GRAM", sum: string): Promise<void> {
  const { buyer } = stage;
  await buyer.go("/balance");
  await buyer.app.getByRole("heading", { name: "Balance", exact: true }).waitFor();
  await buyer.main.click();
  await buyer.app.getByRole("radio", { name: asset, exact: true }).click();
  await buyer.app.getByTestId("recharge-amount").fill(sum);
  await buyer.main.click();
  await buyer.app.getByTestId("pay-sheet").waitFor();
}

/** The sheet says that it is done, leads back, and the balance shows it. */
async function arrives(asset: "XTR" | "TON", shown: string): Promise<void> {
  const { buyer } = stage;
  await buyer.sees("Your balance is topped up");
  await buyer.app.getByTestId("pay-done").click();
  await buyer.app.getByTestId(`balance-${asset}`).getByText(shown, { exact: true }).waitFor();
}

const newest = async () => (await stage.api(people.buyer).get("/api/payments")).items[0];

describe.skipIf(!hasChromium)(`money on the balance${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage({
      env: { STAFF: `${people.arbiter}:arbiter,${SUPPORT}:support` },
    });
  }, 120_000);
  afterAll(() => stage?.close());
  afterEach(() => expect(stage.complaints.all()).toEqual([]));
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 60_000);

  step("the profile leads to a balance that is empty and says what fills it", async () => {
    const { buyer } = stage;
    await buyer.arrive("English");
    await buyer.tab(/Profile/);
    await buyer.app.getByTestId("balance").click();
    await buyer.app.getByText("Nothing on the balance yet").waitFor();
  });

  step("Stars: Telegram's own window, and what counts is what Telegram tells the server", async () => {
    const { buyer } = stage;
    await topUp("Stars", "500");
    await buyer.device.getByRole("button", { name: "Confirm and pay 500 Stars" }).click();
    await arrives("XTR", "500 ★");
  });

  step("TON: from the reader's own wallet, shown once the chain cannot take it back", async () => {
    const { buyer } = stage;
    await topUp("GRAM", "2.5");
    await buyer.connectWallet();
    await buyer.app.getByTestId("sign").click();
    await buyer.approve();
    await arrives("TON", "2.5 GRAM");
    const paid = await newest();
    expect(paid.receipts[0]).toMatchObject({
      outcome: "exact",
      txHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  step("a transfer that comes after the time is not lost: the top-up is paid by it", async () => {
    const { buyer } = stage;
    await topUp("GRAM", "1");
    const sheet = buyer.app.getByTestId("pay-sheet");
    await sheet.getByTestId("pay-elsewhere").click();
    const { id, pay } = await newest();
    await sheet.getByTestId("copy-address").getByText(pay.address).waitFor();
    await sheet.getByTestId("copy-comment").getByText(pay.comment).waitFor();
    await stage.advance(INVOICE_SECONDS + AFTER_SECONDS);
    // The phone opens the Mini App anew after a jump in time.
    await buyer.app.getByRole("heading", { name: /^Hello/ }).waitFor();
    await buyer.go(`/payments/${id}`);
    await buyer.sees("Not paid");
    await buyer.card.getByText(/No money moved/).waitFor();
    await stage.ton.transfer({ from: people.seller, to: pay.address, amount: TON, body: pay.comment });
    await buyer.sees("Your balance is topped up");
    await buyer.app.getByText("Came after the time; it is on your balance").waitFor();
    await buyer.app.getByTestId("pay-done").click();
    await buyer.app.getByTestId("balance-TON").getByText("3.5 GRAM", { exact: true }).waitFor();
  });

  step("a refund is seen on the open screen, in Telegram, and in the history with its cause", async () => {
    const { buyer } = stage;
    const { items } = await stage.api(people.buyer).get("/api/payments");
    const paid = items.find((one: { provider: string }) => one.provider === "stars");
    await buyer.app.getByRole("link", { name: /^Payments/ }).click();
    await buyer.app.getByTestId(`payment-${paid.id}`).click();
    await buyer.sees("Your balance is topped up");
    await stage.api(SUPPORT).post("/api/admin/payments/refunds", {
      receiptId: paid.receipts[0].id,
      reason: "Asked for by the buyer",
    });
    await buyer.sees("The money went back");
    await buyer.app.getByTestId("receipts").getByText("500 ★ returned").waitFor();
    await buyer.go("/balance");
    await buyer.app.getByTestId("balance-XTR").getByText("0 ★", { exact: true }).waitFor();
    await buyer.app.getByTestId("history").getByText("−500 ★").waitFor();
    const returned = buyer.device.getByText("You received a refund of ⭐ 500").first();
    await returned.waitFor({ state: "attached" });
  });

  step("the statement of the month has the same sums, also as a file", async () => {
    const { buyer, page } = stage;
    await buyer.app.getByRole("link", { name: /^Statement/ }).click();
    const stars = buyer.app.getByTestId("statement-XTR");
    await stars.getByText("500 ★").first().waitFor();
    const saved = page.waitForEvent("download");
    await buyer.app.getByTestId("statement-download").click();
    const path = await (await saved).path();
    const lines = (await Bun.file(path).text()).split("\r\n");
    expect(lines.filter((line) => line.includes(",XTR,transfer,"))).toHaveLength(1);
    expect(lines.some((line) => /,TON,closing balance,,,,,3\.5,/.test(line))).toBe(true);
  });
});
