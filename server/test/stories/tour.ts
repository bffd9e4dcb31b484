/** A world with something on every screen of the Mini App, and the way to each. */
import { people } from "../world.ts";
import type { Phone } from "./phone.ts";
import { deliver, join, offer, pay, reaches, settleIn } from "./prepare.ts";
import type { Stage } from "./stage.ts";
import { adScreens, furnishAds } from "./tour-ads.ts";
import { furnishMoney, moneyScreens } from "./tour-money.ts";
import type { Screen } from "./tour-screen.ts";
import { furnishServices, servicesScreens } from "./tour-services.ts";

export type Tour = { readonly screens: readonly Screen[] };

const DAY_SECONDS = 86_400;
/** Somebody beside the three on the phones. */
const OTHER = 1005;
const WITH_LONG_NAMES = 1004;

/** Deals in all states, offers with long names and large sums, somebody with everything and somebody with little. */
export async function furnish(stage: Stage): Promise<Tour> {
  for (const person of [...Object.values(people).slice(0, 3), OTHER, WITH_LONG_NAMES])
    await settleIn(stage, person, "en");
  const paidOut = await deliver(
    stage,
    await pay(stage, await join(stage, await offer(stage, "plant_neighbours"))),
  );
  await stage.advance(DAY_SECONDS + 300);
  await reaches(stage, paidOut, "RELEASED");
  const ads = await furnishAds(stage);
  const disputed = await deliver(
    stage,
    await pay(stage, await join(stage, await offer(stage, "city_windows"))),
  );
  await stage.api(people.buyer).post(`/api/deals/${disputed.dealId}/dispute`, {
    reason: "not_as_described",
    text: "Half of the posts were deleted before the transfer, and the discussion group is not the one that was shown.",
  });
  await reaches(stage, disputed, "DISPUTED");
  const held = await deliver(stage, await pay(stage, await join(stage, await offer(stage, "quiet_shelf"))));
  const funded = await pay(stage, await join(stage, await offer(stage, "alina_trails")));
  const unpaid = await join(stage, await offer(stage, "morning_roast"));
  const large = await offer(stage, "ton_weekly", {
    title: "Gram & TON weekly — донесения о достопримечательностях сети, каждую неделю",
    description: "Everything-about-everything ".repeat(12),
    price: { amount: "1234567123400000", asset: "TON" },
  });
  await ownChannel(stage);
  return {
    screens: [
      ...buyerScreens({ unpaid, funded, held, disputed, paidOut, large }),
      ...sellerScreens({ unpaid, funded, held }),
      ...adScreens(ads),
      ...moneyScreens(await furnishMoney(stage)),
      ...servicesScreens(await furnishServices(stage)),
      { name: "arbiter-home", person: people.arbiter, path: "/" },
      { name: "arbiter-desk", person: people.arbiter, path: "/arbiter" },
      { name: "arbiter-case", person: people.arbiter, path: `/arbiter/${disputed.dealId}`, primary: "main" },
      { name: "arbiter-empty-deals", person: people.arbiter, path: "/deals", press: readied },
      { name: "arbiter-empty-offers", person: people.arbiter, path: "/sell/mine", press: readied },
    ],
  };
}

/** A channel of the seller's that is not on sale yet, known to the product. */
async function ownChannel(stage: Stage): Promise<void> {
  const username = "slow_mornings";
  await stage.telegram.act(people.seller, {
    type: "createChannel",
    title: "Медленные утра высокопревосходительства",
    username,
  });
  const made = stage.telegram.world().channels.find((one) => one.username === username);
  if (!made) throw new Error("the channel was not made");
  await stage.telegram.act(people.seller, { type: "addBot", channelId: made.id });
  await stage.api(people.seller).post("/api/channels", { chat: `@${username}` });
}

type Deals = Record<string, { dealId?: string; listingId: string }>;
const readied = (phone: Phone) => phone.ready();
const pill = (index: number) => (phone: Phone) => phone.app.locator(".pills .pill").nth(index).click();
const act = (action: string) => (phone: Phone) => phone.act(action);

function buyerScreens(deals: Deals): Screen[] {
  const person = people.buyer;
  const deal = (name: string) => `/deals/${deals[name]?.dealId}`;
  const screen = (name: string, path: string, more: Partial<Screen> = {}): Screen => ({
    name: `buyer-${name}`,
    person,
    path,
    ...more,
  });
  const filled = '[data-look="filled"]';
  return [
    screen("home", "/", { primary: '[data-testid="waiting-for-me"] a' }),
    screen("catalogue", "/channels", { primary: '[data-testid="catalogue"] a' }),
    screen("filter", "/channels", { press: pill(0), isSheet: true, primary: `.sheet ${filled}` }),
    screen("sort", "/channels", { press: pill(1), isSheet: true, primary: ".sheet [role=radio]" }),
    screen("listing", `/listings/${deals.large?.listingId}`, { primary: "main" }),
    screen("deals", "/deals"),
    screen("deal-unpaid", deal("unpaid"), { primary: `main ${filled}` }),
    screen("sign", deal("unpaid"), {
      press: async (phone) => {
        await phone.act("pay");
        await phone.app.getByTestId("connect-wallet").or(phone.app.getByTestId("sign")).waitFor();
      },
      isSheet: true,
      primary: '[data-testid="connect-wallet"], [data-testid="sign"]',
    }),
    screen("pay", deal("unpaid"), {
      press: async (phone) => {
        await phone.act("pay");
        await phone.readyToSign();
      },
      isSheet: true,
      primary: '[data-testid="sign"]',
    }),
    screen("cancel", deal("unpaid"), { press: act("cancel"), isSheet: true, primary: `.sheet ${filled}` }),
    screen("deal-funded", deal("funded"), { primary: '[data-testid="action-recheck"]' }),
    screen("agree", deal("funded"), { press: act("agree"), isSheet: true, primary: `.sheet ${filled}` }),
    screen("deal-held", deal("held"), { primary: '[data-testid="action-release"]' }),
    screen("dispute", deal("held"), {
      press: async (phone) => {
        await phone.act("dispute");
        await phone.app.locator(".sheet-actions .button").click();
        await phone.app.getByRole("alert").first().waitFor();
      },
      isSheet: true,
      primary: `.sheet ${filled}`,
    }),
    screen("release", deal("held"), { press: act("release"), isSheet: true, primary: `.sheet ${filled}` }),
    screen("deal-disputed", deal("disputed")),
    screen("deal-paid-out", deal("paidOut")),
    screen("receipt", `${deal("paidOut")}/receipt`),
    screen("inbox", "/inbox"),
    screen("profile", "/profile"),
    screen("nowhere", "/nowhere"),
    screen("nothing-found", "/offer/ABCD-EFGH-JKMN-PQ23"),
  ];
}

function sellerScreens(deals: Deals): Screen[] {
  const person = people.seller;
  const screen = (name: string, path: string, more: Partial<Screen> = {}): Screen => ({
    name: `seller-${name}`,
    person,
    path,
    ...more,
  });
  const firstStep = (phone: Phone) => phone.app.getByRole("radio", { name: /Медленные утра/ }).click();
  const secondStep = async (phone: Phone) => {
    await firstStep(phone);
    await phone.main.click();
    await phone.app.locator("textarea").first().waitFor();
    await phone.main.click();
    await phone.app.getByRole("alert").first().waitFor();
  };
  const thirdStep = async (phone: Phone) => {
    await firstStep(phone);
    await phone.main.click();
    await phone.app.locator("textarea").first().fill("Slow mornings");
    await phone.app.locator("[role=radiogroup] .pill").first().click();
    await phone.main.click();
    await phone.app.locator("input.field-big").fill("1234567,1234");
  };
  return [
    screen("home", "/"),
    screen("deal-unpaid", `/deals/${deals.unpaid?.dealId}`),
    screen("deal-funded", `/deals/${deals.funded?.dealId}`, { primary: '[data-testid="action-recheck"]' }),
    screen("refund", `/deals/${deals.funded?.dealId}`, { press: act("refund"), isSheet: true }),
    screen("deal-held", `/deals/${deals.held?.dealId}`),
    screen("own-listing", `/listings/${deals.unpaid?.listingId}`),
    screen("own-listings", "/sell/mine"),
    screen("sell-1", "/sell", { press: firstStep, primary: "main" }),
    screen("sell-2", "/sell", { press: secondStep, primary: "main" }),
    screen("deals", "/deals"),
    screen("sell-3", "/sell", { press: thirdStep, primary: "main" }),
    screen("inbox", "/inbox"),
  ];
}
