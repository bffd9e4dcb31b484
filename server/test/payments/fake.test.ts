import { expect } from "bun:test";
import { type FakeProvider as Fake, FakeProvider } from "../../src/gateways/payments/fake.ts";
import type { Webhook } from "../../src/gateways/payments/port.ts";
import type { Payment } from "../../src/kernel/payments/shapes.ts";
import { createWorld, people, type World } from "../world.ts";
import type { Asked, Driver, News, Trouble } from "./driver.ts";
import { paymentSuite } from "./payments.suite.ts";

/** Means of the tests: the fake is shown everywhere. */
const withFake =
  "fake=balance+digital+service@any; balance=digital+service@any; stars=balance@any; ton=balance@any";

let world: World;
let fake: Fake;
const post = async ({ headers, body }: Webhook): Promise<number> => {
  const request = new Request("http://localhost:8010/payments/webhook/fake", {
    method: "POST",
    headers,
    body: Buffer.from(body),
  });
  return (await world.app.fetch(request, "127.0.0.1")).status;
};
const news = (webhook: Webhook): News => ({ deliver: () => post(webhook) });
const referenceOf = (invoice: Payment): string =>
  invoice.pay?.kind === "page" ? (invoice.pay.url.split("/").at(-1) ?? "") : "";

const words: Record<Trouble, "timeout_before" | "timeout_after" | "500" | { retryAfter: number }> = {
  before: "timeout_before",
  after: "timeout_after",
  "500": "500",
  "429": { retryAfter: 20 },
};

const driver: Driver = {
  name: "fake",
  asset: "RUB",
  amount: 10_000n,
  refunds: "part",
  strangers: "returned",
  async createWorld() {
    let clock = () => new Date();
    fake = new FakeProvider({ assets: ["RUB", "USD"], clock: () => clock() });
    world = await createWorld({
      withChain: false,
      env: { PAYMENT_MEANS: withFake, STAFF: `${people.arbiter}:support,${people.seller}:admin` },
      providers: () => [fake],
    });
    clock = () => world.ctx().clock.date();
    return world;
  },
  pay: async (invoice, given = {}) => ({
    isRefused: false,
    news: news(
      fake.pay({
        reference: referenceOf(invoice),
        amount: given.amount ?? BigInt(invoice.due?.amount ?? "0"),
        asset: given.asset ?? "RUB",
        payer: String(given.person ?? people.buyer),
      }),
    ),
  }),
  payUnknown: async (amount) => ({
    isRefused: false,
    news: news(fake.pay({ reference: "S0UNKNOWN", amount, asset: "RUB" })),
  }),
  async forge(invoice) {
    const webhook = fake.webhook(`forged-${referenceOf(invoice)}`, "receipt");
    const bent = { headers: { ...webhook.headers, "x-fake-signature": "00".repeat(32) }, body: webhook.body };
    expect(await post(bent)).toBe(401);
    expect(await post({ headers: {}, body: webhook.body })).toBe(401);
    return "refused";
  },
  async oddities(invoice) {
    const paid = fake.pay({
      reference: referenceOf(invoice),
      amount: 1n,
      asset: "RUB",
      id: "odd",
      status: "unknown",
    });
    expect(await post(paid)).toBe(200);
    expect(await post(fake.webhook("odd", "receipt", { newer: { fields: [1, null] } }))).toBe(200);
    expect(await post(fake.become("odd", "pending"))).toBe(200);
    expect(await post(fake.become("odd", "failed"))).toBe(200);
  },
  trouble: (asked: Asked, trouble, times = 1) =>
    fake.trouble(asked, ...Array.from({ length: times }, () => words[trouble])),
  calm: async () => undefined,
  refunded: () => fake.refundedAltogether,
  async chargeBack(receiptId) {
    const { rows } = await world
      .ctx()
      .db.execute<{ provider_id: string; amount: bigint }>(
        `select provider_id, amount from payments.receipts where id = '${receiptId}'`,
      );
    return news(fake.chargeBack(rows[0]?.provider_id ?? "", rows[0]?.amount ?? 0n));
  },
};

paymentSuite(driver);
