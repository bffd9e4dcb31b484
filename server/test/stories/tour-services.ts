/** Urgent help on the tour: orders in every state, with long words, and the way to each screen. */
import { people } from "../world.ts";
import type { Phone } from "./phone.ts";
import { ask, openBooks } from "./prepare-services.ts";
import type { Stage } from "./stage.ts";
import type { Screen } from "./tour-screen.ts";

const CUSTOMER = people.buyer;
const EXECUTOR = people.seller;
const LONG = "Сверхдостопримечательный высокопревосходительский водопровод протекает ".repeat(6);

export type Orders = Readonly<Record<"waiting" | "taken" | "answered" | "open" | "full", string>>;

export async function furnishServices(stage: Stage): Promise<Orders> {
  const books = await openBooks(stage);
  await books.give(EXECUTOR, 123_456_00n);
  await books.close();
  const take = (id: string) => stage.api(EXECUTOR).post(`/api/orders/${id}/take`);
  const answered = await ask(stage, CUSTOMER, { category: "locks" });
  await take(answered);
  await stage.api(CUSTOMER).post(`/api/orders/${answered}/respond`, { executorId: String(EXECUTOR) });
  const taken = await ask(stage, CUSTOMER, { description: LONG.trim(), category: "car_help" });
  await take(taken);
  const location = { latitude: 55.7961, longitude: 49.1064 };
  return {
    answered,
    taken,
    full: await ask(stage, people.arbiter, { category: "pets", location }),
    waiting: await ask(stage, CUSTOMER, { category: "computers", location }),
    open: await ask(stage, people.arbiter, { city: "Петропавловск-Камчатский", description: LONG.trim() }),
  };
}

const filled = '[data-look="filled"]';

async function wrong(phone: Phone): Promise<void> {
  await phone.main.click();
  await phone.app.getByRole("alert").first().waitFor();
}

const customer = (name: string, path: string, more: Partial<Screen> = {}): Screen => ({
  name: `buyer-services-${name}`,
  person: CUSTOMER,
  path,
  ...more,
});
const executor = (name: string, path: string, more: Partial<Screen> = {}): Screen => ({
  name: `seller-services-${name}`,
  person: EXECUTOR,
  path,
  ...more,
});

export const servicesScreens = ({ waiting, taken, answered, open }: Orders): Screen[] => [
  customer("new", "/orders/new", { primary: "main" }),
  customer("new-wrong", "/orders/new", { press: wrong }),
  customer("waiting", `/orders/${waiting}`),
  customer("delete", `/orders/${waiting}`, {
    press: (phone) => phone.app.locator('.step-card [data-look="danger"]').click(),
    isSheet: true,
    primary: '[data-testid="confirm-delete"]',
  }),
  customer("edit", `/orders/${waiting}/edit`, { primary: "main" }),
  customer("respond", `/orders/${taken}`),
  customer("answered", `/orders/${answered}`),
  customer("mine", "/orders/mine", { primary: '[data-testid="my-orders"] a' }),
  executor("list", "/orders", { primary: '[data-testid="orders"] a' }),
  executor("filter", "/orders", {
    press: (phone) => phone.app.getByTestId("filter-where").click(),
    isSheet: true,
    primary: `.sheet ${filled}`,
  }),
  executor("order", `/orders/${open}`, { primary: "main" }),
  executor("held", `/orders/${taken}`),
  executor("complain", `/orders/${answered}`, {
    press: (phone) => phone.app.getByTestId("complain").click(),
    isSheet: true,
    primary: `.sheet ${filled}`,
  }),
  executor("work", "/orders/work", { primary: '[data-testid="taken-orders"] a' }),
  executor("settings", "/orders/settings", {
    press: (phone) => phone.app.getByRole("switch").click(),
    primary: "main",
  }),
  { name: "arbiter-services-empty", person: people.arbiter, path: "/orders/work" },
];
