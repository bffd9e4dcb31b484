/** What is on the phones when a sale does not go its way: not paid in time, given back, shared, decided by the arbiter. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import next from "../../src/kernel/deals/copy-next.en.ts";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import type { Phone } from "./phone.ts";
import { deliver, join, offer, type Prepared, pay, settleIn } from "./prepare.ts";
import { openStage, type Stage } from "./stage.ts";

const PAY_SECONDS = 3_600;
/** The product waits so long after a deadline for the chain to be past it too. */
const AFTER_SECONDS = 120;

let stage: Stage;
let unpaid: Prepared;

/** One after the other: the page has one mouse and one focus. */
async function bothOpen({ dealId }: Prepared): Promise<void> {
  await stage.buyer.openDeal(dealId);
  await stage.seller.openDeal(dealId);
}

async function bothSee(step: { buyer: { title: string }; seller: { title: string } }): Promise<void> {
  await Promise.all([stage.buyer.sees(step.buyer.title), stage.seller.sees(step.seller.title)]);
}

async function confirm(phone: Phone, action: string): Promise<void> {
  await phone.act(action);
  await phone.app.getByTestId(`confirm-${action}`).locator(".button").first().click();
}

describe.skipIf(!hasChromium)(`troubles of a sale${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage();
    for (const person of [people.arbiter, people.seller, people.buyer]) await settleIn(stage, person, "en");
    unpaid = await join(stage, await offer(stage, "morning_roast"));
  }, 120_000);
  afterAll(() => stage?.close());
  afterEach(() => expect(stage.complaints.all()).toEqual([]));
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 60_000);

  step(
    "not paid in time: both see that it is over, that nobody owes anything, and the offer is open again",
    async () => {
      await bothOpen(unpaid);
      await bothSee(next.pay);
      await stage.advance(PAY_SECONDS + AFTER_SECONDS);
      await bothSee(next.expired);
      await stage.buyer.card.getByText(next.expired.buyer.body).waitFor();
      const listing = await stage.api(people.buyer).get(`/api/listings/${unpaid.listingId}`);
      expect(listing.status).toBe("active");
    },
  );

  step("the seller gives up: a confirmation, a signature, and all of the money is back", async () => {
    const deal = await pay(stage, await join(stage, await offer(stage, "alina_trails")));
    await bothOpen(deal);
    await bothSee(next.deliver);
    await confirm(stage.seller, "refund");
    await stage.seller.sign();
    await bothSee(next.refunded);
    await stage.buyer.app.getByTestId("outcome").getByText("12.5 GRAM").waitFor();
  });

  step("both agree on a split: offered by one, signed by both, paid at once", async () => {
    const { buyer, seller } = stage;
    const deal = await pay(stage, await join(stage, await offer(stage, "quiet_shelf")));
    await bothOpen(deal);
    await buyer.act("agree");
    const sheet = buyer.app.getByTestId("agree-sheet");
    await sheet.getByRole("slider").fill("40");
    await sheet.getByText("40% to the seller · 60% to the buyer").waitFor();
    await sheet.locator(".sheet-actions .button").click();
    await buyer.sign();
    await seller.app.getByTestId("action-agree").getByText("Offer", { exact: true }).waitFor();
    await seller.act("agree");
    await seller.app.getByTestId("agree-sheet").getByRole("button", { name: "Accept this split" }).click();
    await seller.sign();
    await bothSee(next.split);
    await seller.app.getByTestId("outcome").getByText("4.85 GRAM").waitFor();
    await buyer.app.getByTestId("outcome").getByText("7.5 GRAM").waitFor();
  });

  step(
    "a dispute: the clocks stop, and the arbiter decides on their phone with their own wallet",
    async () => {
      const { buyer, seller, arbiter } = stage;
      const deal = await deliver(stage, await pay(stage, await join(stage, unpaid)));
      await bothOpen(deal);
      await bothSee(next.hold);
      await buyer.act("dispute");
      const sheet = buyer.app.getByTestId("dispute-sheet");
      await sheet.getByRole("radio", { name: "The channel is not as described" }).click();
      await sheet.getByRole("textbox").fill("Half of the posts were deleted before the transfer.");
      await sheet.getByRole("button", { name: "Open the dispute" }).click();
      await buyer.sign();
      await bothSee(next.arbiter);
      await arbiter.press("Open the case");
      await arbiter.app.getByText("Half of the posts were deleted before the transfer.").first().waitFor();
      await arbiter.app.getByTestId("decision").getByRole("button", { name: "In half" }).click();
      await arbiter.app
        .getByTestId("decision")
        .getByRole("textbox")
        .fill("Both have a point, as the posts show.");
      await arbiter.main.click();
      await arbiter.app.getByRole("dialog").getByRole("button", { name: "Decide and sign" }).click();
      await arbiter.sign();
      await bothSee(next.split);
      await arbiter.sees(next.split.arbiter.title);
      await seller.app.getByText("Both have a point, as the posts show.").first().waitFor();
    },
  );
});
