import { expect } from "bun:test";
import { type LocalYooKassa, startLocalYooKassa } from "../../../local/payments/yookassa/index.ts";
import { openYooKassa } from "../../src/gateways/payments/index.ts";
import type { Payment } from "../../src/kernel/payments/shapes.ts";
import { createLog } from "../../src/platform/log.ts";
import { readSettings } from "../../src/platform/settings.ts";
import { createWorld, people, type World, yooKassaEnvironment } from "../world.ts";
import type { Asked, Driver, News, Paying, Trouble } from "./driver.ts";
import { paymentSuite } from "./payments.suite.ts";

let world: World;
let local: LocalYooKassa;
const ITS_ADDRESS = "185.71.76.7";
const none: News = { deliver: async () => 0 };

const post = async (body: unknown, address = ITS_ADDRESS): Promise<number> => {
  const request = new Request("http://localhost:8010/payments/webhook/yookassa", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await world.app.fetch(request, address)).status;
};
const news = (id: string): News => {
  const told = local.shop.notificationOf(id);
  return { deliver: () => post(told) };
};
/** The payment at YooKassa of an invoice of ours. */
async function idOf(invoice: Payment): Promise<string> {
  const { rows } = await world
    .ctx()
    .db.execute<{ handle: string }>(
      `select handle from payments.attempts where payment_id = '${invoice.id}' order by id desc limit 1`,
    );
  return rows[0]?.handle ?? "";
}
async function providerIdOf(receiptId: string): Promise<string> {
  const { rows } = await world
    .ctx()
    .db.execute<{ id: string }>(`select provider_id as id from payments.receipts where id = '${receiptId}'`);
  return rows[0]?.id ?? "";
}
/** Somebody who has the shop's key makes a payment of another sum under our reference, and it is paid. */
async function bent(reference: string | null, kopecks: bigint): Promise<Paying> {
  const object = local.shop.create({
    amount: { value: `${kopecks / 100n}.${String(kopecks % 100n).padStart(2, "0")}`, currency: "RUB" },
    capture: true,
    confirmation: { type: "redirect", return_url: "https://shop.example/" },
    metadata: reference === null ? {} : { reference },
  });
  local.pay(object.id);
  return { isRefused: false, news: news(object.id) };
}
const referenceOf = async (invoice: Payment): Promise<string> =>
  local.shop.payment(await idOf(invoice)).object.metadata.reference ?? "";

const calls: Record<Asked, "create" | "get" | "refund"> = { create: "create", get: "get", refund: "refund" };
const silence = 0.6;

const driver: Driver = {
  name: "yookassa",
  asset: "RUB",
  amount: 150_000n,
  refunds: "part",
  strangers: "credited",
  async createWorld() {
    local = await startLocalYooKassa();
    world = await createWorld({
      withChain: false,
      env: {
        ...yooKassaEnvironment(local),
        YOOKASSA_NEWS_FROM: "185.71.76.0/27",
        STAFF: `${people.arbiter}:support,${people.seller}:admin`,
      },
      providers: ({ env }) => {
        const parts = { settings: readSettings(env), log: createLog("silent"), metrics: undefined };
        return [openYooKassa(parts, 300) ?? []].flat();
      },
      moveAlso: (seconds) => local.advance(seconds),
    });
    const { close } = world;
    world.close = async () => {
      await close();
      await local.stop();
    };
    return world;
  },
  async pay(invoice, given = {}) {
    // The page takes what the invoice says, in rubles, once and within its hour.
    if (given.asset && given.asset !== "RUB") return { isRefused: true, news: none };
    if (given.amount !== undefined) return bent(await referenceOf(invoice), given.amount);
    const id = await idOf(invoice);
    try {
      local.pay(id);
    } catch {
      return { isRefused: true, news: none };
    }
    return { isRefused: false, news: given.isUntold ? none : news(id) };
  },
  payUnknown: (amount) => bent("S0UNKNOWN", amount),
  async forge(invoice) {
    const id = await idOf(invoice);
    const object = { ...local.shop.payment(id).object, status: "succeeded", paid: true };
    const said = { type: "notification", event: "payment.succeeded", object };
    expect(await post(said, "203.0.113.9")).toBe(401);
    expect(await post(said, "::ffff:203.0.113.9")).toBe(401);
    // Even from its own address it is a hint: the payment itself is asked for.
    expect(await post(said)).toBe(200);
    return "kept";
  },
  async oddities(invoice) {
    const id = await idOf(invoice);
    const object = { ...local.shop.payment(id).object, newer: { fields: [1, null] } };
    const say = (event: string, more: object) =>
      post({ type: "notification", event, object: { ...object, ...more } });
    expect(await say("payment.frozen", { status: "frozen" })).toBe(200);
    expect(await say("payment.waiting_for_capture", { amount: null })).toBe(200);
    expect(await say("payout.succeeded", {})).toBe(200);
    expect(await say("refund.succeeded", { payment_id: id })).toBe(200);
    expect(await post({ type: "notification", event: "payment.succeeded" })).toBe(401);
  },
  trouble(asked: Asked, trouble: Trouble, times = 1) {
    const call = calls[asked];
    if (trouble === "before" || trouble === "after")
      local.fault({ call, times, kind: `silence_${trouble}`, seconds: silence });
    else local.fault({ call, times, kind: "status", status: Number(trouble) });
  },
  calm: async () => {
    // The circuit closes again by the machine's own clock.
    await Bun.sleep(0);
  },
  refunded: () =>
    [...local.shop.refunds.values()].reduce(
      (sum, one) => (one.status === "succeeded" ? sum + BigInt(one.amount.value.replace(".", "")) : sum),
      0n,
    ),
  /** From YooKassa's own dashboard. */
  async chargeBack(receiptId) {
    const payment_id = await providerIdOf(receiptId);
    const { amount } = local.shop.payment(payment_id).object;
    return news(local.shop.refund({ payment_id, amount }).id);
  },
};

paymentSuite(driver);
