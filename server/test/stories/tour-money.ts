/** Money on the tour: a balance with a past, payments that wait and that are over, and the way to each screen. */
import { people } from "../world.ts";
import type { Phone } from "./phone.ts";
import { type Stage, until } from "./stage.ts";
import type { Screen } from "./tour-screen.ts";

const person = people.buyer;
const TON = 1_000_000_000n;

export type Money = {
  readonly paid: string;
  readonly waiting: string;
  readonly stars: string;
  readonly over: string;
  readonly rubles: string;
  readonly declined: string;
};

const isPaid = (stage: Stage, id: string) =>
  until("the top-up is paid", async () => {
    const { status } = await stage.api(person).get(`/api/payments/${id}`);
    return status === "paid";
  });

/** Last of all: an invoice stands for an hour only. */
export async function furnishMoney(stage: Stage): Promise<Money> {
  const api = stage.api(person);
  const topUp = (asset: string, amount: string) => api.post("/api/balance/recharge", { asset, amount });
  const paid = await topUp("TON", (2n * TON).toString());
  const { address, comment } = await until("the way to pay is there", async () => {
    const { pay } = await api.get(`/api/payments/${paid.id}`);
    return pay;
  });
  await stage.ton.transfer({ from: person, to: address, amount: 2n * TON, body: comment });
  await isPaid(stage, paid.id);
  const over = await topUp("TON", "1234567891234567");
  await api.post(`/api/payments/${over.id}/cancel`);
  const waiting = await topUp("TON", (5n * TON).toString());
  const stars = await topUp("XTR", "2500");
  const rubles = await topUp("RUB", "1234567");
  const declined = await topUp("RUB", "50000");
  stage.yooKassa.decline(declined.pay.url.split("/").at(-1));
  await api.post(`/api/payments/${declined.id}/check`);
  return {
    paid: paid.id,
    waiting: waiting.id,
    stars: stars.id,
    over: over.id,
    rubles: rubles.id,
    declined: declined.id,
  };
}

const payment = (name: string, id: string, more: Partial<Screen> = {}): Screen => ({
  name: `buyer-payment-${name}`,
  person,
  path: `/payments/${id}`,
  ...more,
});

async function enterSum(phone: Phone): Promise<void> {
  await phone.app.getByRole("radio", { name: "GRAM", exact: true }).click();
  await phone.app.getByTestId("recharge-amount").fill("1");
  await phone.main.click();
  await phone.app.getByTestId("pay-elsewhere").click();
}

export const moneyScreens = ({ paid, waiting, stars, over, rubles, declined }: Money): Screen[] => [
  { name: "buyer-balance", person, path: "/balance", primary: "main" },
  { name: "buyer-recharge", person, path: "/balance/recharge", primary: "main" },
  {
    name: "buyer-recharge-wrong",
    person,
    path: "/balance/recharge",
    press: (phone) => phone.main.click(),
    primary: "main",
  },
  {
    name: "buyer-pay",
    person,
    path: "/balance/recharge",
    press: enterSum,
    isSheet: true,
    primary: '[data-testid="connect-wallet"], [data-testid="sign"]',
  },
  {
    name: "buyer-pay-rubles",
    person,
    path: "/balance/recharge?asset=RUB&amount=200000",
    press: (phone) => phone.main.click(),
    isSheet: true,
    primary: '[data-testid="pay-go"]',
  },
  {
    name: "buyer-statement",
    person,
    path: "/balance/statement",
    primary: '[data-testid="statement-download"], [data-testid="statement-share"]',
  },
  {
    name: "buyer-statement-own",
    person,
    path: "/balance/statement",
    press: (phone) => phone.app.locator(".pills .pill").last().click(),
  },
  { name: "buyer-payments", person, path: "/payments" },
  payment("paid", paid, { primary: '[data-testid="pay-done"]' }),
  payment("ton", waiting, { primary: '[data-testid="connect-wallet"], [data-testid="sign"]' }),
  payment("stars", stars, { primary: '[data-testid="pay-stars"]' }),
  payment("rubles", rubles, { primary: '[data-testid="pay-page"]' }),
  payment("declined-rubles", declined, { primary: '[data-testid="pay-go"]' }),
  payment("over", over, { primary: '.step-card [data-look="filled"]' }),
  { name: "arbiter-empty-balance", person: people.arbiter, path: "/balance", primary: "main" },
];
