/** An offer that is in no list: found by its code, typed by hand or in a link; and one that is no longer there. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { people } from "../world.ts";
import { hasChromium, skipReason } from "./browser.ts";
import type { Phone } from "./phone.ts";
import { type Offer, offer, settleIn } from "./prepare.ts";
import { openStage, type Stage } from "./stage.ts";

const TITLE = "Quiet shelf, by invitation";

let stage: Stage;
let hidden: Offer;

describe.skipIf(!hasChromium)(`a private offer${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage();
    for (const person of [people.seller, people.buyer]) await settleIn(stage, person, "en");
    hidden = await offer(stage, "quiet_shelf", { title: TITLE, visibility: "private" });
    await offer(stage, "alina_trails", { title: "Weekend trails" });
  }, 120_000);
  afterAll(() => stage?.close());
  afterEach(() => expect(stage.complaints.all()).toEqual([]));
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 60_000);
  const listing = () => stage.buyer.app.locator("main").getByText(TITLE).first();

  step(
    "it is in no list and in no search, but its code opens it, typed in small letters and with spaces",
    async () => {
      const { buyer } = stage;
      await buyer.open();
      await buyer.market(/Buy a channel/);
      await buyer.app.getByTestId("catalogue").getByText("Weekend trails").waitFor();
      expect(await buyer.app.getByText(TITLE).count()).toBe(0);
      await buyer.app.getByRole("searchbox").fill("Quiet shelf");
      await buyer.app.getByText("Nothing like that").waitFor();
      const typed = hidden.code
        .toLowerCase()
        .replaceAll("-", "")
        .replace(/(.{4})/g, "$1 ");
      await buyer.app.getByRole("searchbox").fill(` ${typed}`);
      await buyer.app.getByRole("link", { name: /Open by offer code/ }).click();
      await listing().waitFor();
      await buyer.main.waitFor();
    },
  );

  step("a code that nobody has been given says so, and offers nothing to press by mistake", async () => {
    const { buyer } = stage;
    await buyer.go("/offer/ABCD-EFGH-JKMN-PQ23");
    await buyer.app.getByRole("alert").getByText("This offer is no longer there.").waitFor();
    expect(await buyer.main.count()).toBe(0);
    stage.complaints.forgive(/404/);
  });

  step("the link of the offer opens it from a chat, and so does the bot's own link", async () => {
    const { buyer } = stage;
    const { deepLink } = await stage.api(people.seller).get(`/api/listings/${hidden.listingId}`);
    await buyer.followLink(deepLink);
    await buyer.ready();
    await listing().waitFor();
    await buyer.followLink(`${stage.telegram.linkBase}/souk_local_bot?start=o_${hidden.code}`);
    await buyer.start();
    await buyer.press("See the offer");
    await listing().waitFor();
  });

  step("joined by the link, it is the buyer's deal, and reserved for everybody else", async () => {
    const { buyer, arbiter } = stage;
    await buyer.main.click();
    await buyer.sees("Pay into escrow");
    await settleIn(stage, people.arbiter, "en");
    await arbiter.open(`o_${hidden.code}`);
    await arbiter.app.getByText("In a deal").first().waitFor();
    expect(await arbiter.main.count()).toBe(0);
    await buyer.act("cancel");
    await buyer.app.getByTestId("confirm-cancel").getByRole("button", { name: "Call it off" }).click();
    await buyer.sees("Cancelled");
  });

  step("back leads where one came from, on this phone and on no other", async () => {
    const { buyer, arbiter } = stage;
    const back = (phone: Phone) => phone.device.locator(".mini-app .app-leave").click();
    await buyer.open();
    await buyer.market(/Buy a channel/);
    await buyer.app.getByTestId("catalogue").getByText("Weekend trails").click();
    await buyer.main.waitFor();
    await arbiter.open();
    await arbiter.tab(/Profile/);
    await arbiter.app.getByRole("link", { name: /My listings/ }).click();
    await arbiter.app.getByText("You offer nothing yet").waitFor();
    await back(buyer);
    await buyer.app.getByTestId("catalogue").waitFor();
    expect(await arbiter.app.getByText("You offer nothing yet").isVisible()).toBe(true);
    await back(arbiter);
    await arbiter.app.getByRole("link", { name: /My listings/ }).waitFor();
    expect(await buyer.app.getByTestId("catalogue").isVisible()).toBe(true);
  });

  step("taken down by the seller on their phone, the code says that it is over", async () => {
    const { buyer, seller } = stage;
    await seller.open();
    await seller.tab(/Profile/);
    await seller.app.getByRole("link", { name: /My listings/ }).click();
    await seller.app.getByRole("button", { name: new RegExp(TITLE) }).click();
    await seller.app.getByRole("button", { name: "Take down" }).click();
    await seller.app.getByText("Taken down").first().waitFor();
    await buyer.open(`o_${hidden.code}`);
    await buyer.app.getByText("Taken down").first().waitFor();
    expect(await buyer.main.count()).toBe(0);
  });
});
