import { expect, test } from "bun:test";
import { createStars, type StarLine, type StarsApi } from "../../src/gateways/payments/stars.ts";
import { createTelegram } from "../../src/gateways/telegram/gateway.ts";
import { TelegramFailure } from "../../src/gateways/telegram/port.ts";
import { takeUpdates } from "../../src/kernel/identity/index.ts";
import type { Payment } from "../../src/kernel/payments/shapes.ts";
import { createLog } from "../../src/platform/log.ts";
import { readSettings } from "../../src/platform/settings.ts";
import { botToken, createWorld, people, type World } from "../world.ts";
import { type Asked, type Driver, type News, type Paying, type Trouble, Troubles } from "./driver.ts";
import { paymentSuite } from "./payments.suite.ts";

let world: World;
const troubles = new Troubles();
const slugOf = (url: string): string => url.split("$")[1] ?? "";
const none: News = { deliver: async () => 0 };
/** Telegram's own news come by the ordinary way of updates. */
const news: News = { deliver: () => takeUpdates(world.ctx({ kind: "system", name: "test" })) };

const fail = (trouble: Trouble): Error =>
  new TelegramFailure("unknown", `trouble: ${trouble}`, trouble === "429" ? 20 : 0);
const methods: Record<Asked, string> = { create: "invoiceLink", get: "lines", refund: "refund" };

async function call(method: string, params: object): Promise<{ result?: unknown }> {
  const response = await fetch(`${world.telegram.apiRoot}/bot${botToken}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(params),
  });
  return (await response.json()) as { result?: unknown };
}

/** The phone waits for the bot while the bot is asked. */
async function payInvoice(slug: string, person: number, isUntold = false): Promise<Paying> {
  if (isUntold) world.telegram.faults.nextUpdate("none", "lost");
  const paying = world.telegram.act(person, { type: "payInvoice", slug });
  let result: Awaited<typeof paying> | undefined;
  void paying.then((done) => {
    result = done;
  });
  while (result === undefined) {
    await takeUpdates(world.ctx({ kind: "system", name: "test" }));
    await Bun.sleep(5);
  }
  const isRefused = result.type !== "invoice" || result.status !== "paid";
  return { isRefused, news: isRefused ? none : news };
}

/** Our bot never made such an invoice: whoever holds its token could. */
async function bentInvoice(payload: string, amount: bigint): Promise<string> {
  const { result } = await call("createInvoiceLink", {
    title: "Bent",
    description: "Bent",
    payload,
    currency: "XTR",
    prices: [{ label: "x", amount: Number(amount) }],
  });
  return slugOf(String(result));
}
const referenceOf = async (invoice: Payment): Promise<string> => {
  const { rows } = await world
    .ctx()
    .db.execute<{ reference: string }>(
      `select reference from payments.attempts where payment_id = '${invoice.id}' order by id desc limit 1`,
    );
  return rows[0]?.reference ?? "";
};
const lines = async () => {
  const { result } = await call("getStarTransactions", { limit: 100 });
  return (result as { transactions: { id: string; amount: number; receiver?: object }[] }).transactions;
};
let back = 0n;
const countBack = async (): Promise<void> => {
  const all = await lines();
  back = all.reduce((sum, line) => (line.receiver ? sum + BigInt(line.amount) : sum), 0n);
};

const driver: Driver = {
  name: "stars",
  asset: "XTR",
  amount: 20n,
  refunds: "whole",
  strangers: "refused",
  async createWorld() {
    world = await createWorld({
      withChain: false,
      env: { STAFF: `${people.arbiter}:support,${people.seller}:admin` },
      providers: ({ env }) => {
        const settings = readSettings(env);
        const telegram = createTelegram({ settings, log: createLog("silent"), metrics: undefined });
        return [createStars({ api: troubles.around(telegram.stars) })];
      },
    });
    for (const person of [people.buyer, people.stranger])
      await world.telegram.act(person, { type: "topUpStars", amount: 10_000 });
    return world;
  },
  async pay(invoice, given = {}) {
    const person = given.person ?? people.buyer;
    if (given.asset && given.asset !== "XTR") return { isRefused: true, news: none };
    const slug =
      given.amount === undefined
        ? slugOf(invoice.pay?.kind === "stars" ? invoice.pay.url : await linkOf(invoice))
        : await bentInvoice(await referenceOf(invoice), given.amount);
    return payInvoice(slug, person, given.isUntold);
  },
  payUnknown: async (amount) => payInvoice(await bentInvoice("S0UNKNOWN", amount), people.stranger),
  async forge(invoice) {
    const said = {
      update_id: 1_900_000_000 + Math.floor(Math.random() * 1_000_000),
      message: {
        message_id: 1,
        date: world.telegram.now(),
        chat: { id: people.buyer, type: "private", first_name: "B" },
        from: { id: people.buyer, is_bot: false, first_name: "B" },
        successful_payment: {
          currency: "XTR",
          total_amount: 20,
          invoice_payload: await referenceOf(invoice),
          telegram_payment_charge_id: "forged",
          provider_payment_charge_id: "",
        },
      },
    };
    const { recordUpdates } = await import("../../src/kernel/identity/updates/record-updates.ts");
    await recordUpdates(world.ctx({ kind: "system", name: "test" }), [said as never]);
    await world.settle();
    return "kept";
  },
  async oddities(invoice) {
    const { recordUpdates } = await import("../../src/kernel/identity/updates/record-updates.ts");
    const message = {
      message_id: 1,
      date: 1,
      chat: { id: people.buyer, type: "private" },
      newer: { x: [null] },
    };
    const odd = [
      { ...message, successful_payment: { invoice_payload: await referenceOf(invoice) } },
      { ...message, successful_payment: { telegram_payment_charge_id: 7, newer: true } },
      { ...message, refunded_payment: {} },
    ].map((one, n) => ({
      update_id: 1_800_000_000 + n,
      message: { ...one, from: { id: people.buyer, is_bot: false, first_name: "B" } },
    }));
    await recordUpdates(world.ctx({ kind: "system", name: "test" }), odd as never);
  },
  trouble: (asked, trouble, times = 1) => troubles.arm(methods[asked], trouble, times, fail),
  calm: countBack,
  refunded: () => back,
  async chargeBack(receiptId) {
    const { rows } = await world
      .ctx()
      .db.execute<{ provider_id: string }>(
        `select provider_id from payments.receipts where id = '${receiptId}'`,
      );
    world.telegram.chargeBack(rows[0]?.provider_id ?? "");
    return none;
  },
};

/** The invoice as it was given out, also after its end. */
async function linkOf(invoice: Payment): Promise<string> {
  const { rows } = await world
    .ctx()
    .db.execute<{ pay: { url: string } }>(
      `select pay from payments.attempts where payment_id = '${invoice.id}' order by id desc limit 1`,
    );
  return rows[0]?.pay.url ?? "";
}

paymentSuite(driver);

test("a moment is found in a long list by few questions, and only what it asks for is read", async () => {
  const line = (n: number): StarLine => ({
    id: `c${n}`,
    amount: 1n,
    at: n * 60,
    direction: "in",
    payment: { payer: "1", payload: `S${n}` },
  });
  let asked = 0;
  const all = Array.from({ length: 100_000 }, (_, n) => line(n));
  const list: StarsApi = {
    invoiceLink: async () => "",
    refund: async () => "done",
    setSubscription: async () => undefined,
    lines: async (offset, limit) => {
      asked += 1;
      return all.slice(offset, offset + limit);
    },
  };
  const stars = createStars({ api: list });
  const about = { about: "receipt" as const, id: "c77777", handle: String(77_777 * 60), refundsSince: null };
  expect(await stars.get(about)).toMatchObject([{ id: "c77777", reference: "S77777", amount: 1n }]);
  expect(asked).toBeLessThan(45);
  expect(await stars.get({ ...about, id: "c77778x" })).toEqual([]);
});
