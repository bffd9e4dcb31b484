/** The stand-in is honest: somebody else's client works against it unchanged, and what YooKassa refuses is refused. */
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CurrencyEnum, YooKassa } from "@webzaytsev/yookassa-ts-sdk";
import { type LocalYooKassa, startLocalYooKassa } from "./index.ts";

let local: LocalYooKassa;
const directory = mkdtempSync(join(tmpdir(), "souk-yookassa-"));
const heard: { event: string; object: { id: string } }[] = [];
let status = 200;
const ear = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: async (request) => {
    heard.push((await request.json()) as (typeof heard)[number]);
    return new Response(null, { status });
  },
});
beforeAll(async () => {
  local = await startLocalYooKassa({ dataDir: directory, notifyUrl: ear.url.href, firstRetryMs: 20 });
});
afterEach(() => {
  local.clearFaults();
  status = 200;
  heard.length = 0;
});
afterAll(async () => {
  await local.stop();
  await ear.stop(true);
  rmSync(directory, { recursive: true });
});

const sdk = () =>
  YooKassa(
    { shop_id: local.shopId, secret_key: local.secretKey, endpoint: local.url, retries: 0, maxRPS: 100 },
    true,
  );
const wish = (value = "100.00", more: object = {}) => ({
  amount: { value, currency: CurrencyEnum.RUB },
  capture: true,
  confirmation: { type: "redirect" as const, return_url: "https://shop.example/back" },
  description: "Order 1",
  metadata: { reference: "S1" },
  ...more,
});
const raw = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${local.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${local.shopId}:${local.secretKey}`).toString("base64")}`,
      "content-type": "application/json",
      "idempotence-key": crypto.randomUUID(),
      ...headers,
    },
    body: JSON.stringify(body),
  });
const until = async (what: () => boolean): Promise<void> => {
  for (let n = 0; n < 200 && !what(); n += 1) await Bun.sleep(10);
  expect(what()).toBe(true);
};

test("a published client creates, sees, lists and refunds a payment", async () => {
  const made = await sdk().payments.create(wish(), "order-1");
  expect(made).toMatchObject({ status: "pending", paid: false, test: true, metadata: { reference: "S1" } });
  local.pay(made.id, "sbp");
  const paid = await sdk().payments.load(made.id);
  expect(paid).toMatchObject({ status: "succeeded", paid: true, payment_method: { type: "sbp" } });
  const back = await sdk().refunds.create(
    { payment_id: made.id, amount: { value: "30.00", currency: CurrencyEnum.RUB }, description: "a part" },
    "refund-1",
  );
  expect(back.status).toBe("succeeded");
  expect((await sdk().payments.load(made.id)).refunded_amount?.value).toBe("30.00");
  expect((await sdk().refunds.load(back.id)).description).toBe("a part");
  for (let n = 0; n < 12; n += 1) await sdk().payments.create(wish("5.00"), `many-${n}`);
  const all = await sdk().payments.list({ limit: 5 });
  expect(all.length).toBe(13);
  expect(await sdk().payments.list({ status: "succeeded" })).toMatchObject([{ id: made.id }]);
  expect(await sdk().refunds.list({ payment_id: made.id })).toMatchObject([{ id: back.id }]);
});

test("a payment that waits for capture is captured or canceled by a published client", async () => {
  const [first, second] = [
    await sdk().payments.create(wish("10.00", { capture: false }), "two-steps"),
    await sdk().payments.create(wish("10.00", { capture: false }), "two-steps-2"),
  ];
  for (const { id } of [first, second]) local.pay(id);
  expect((await sdk().payments.load(first.id)).status).toBe("waiting_for_capture");
  expect((await sdk().payments.capture(first.id)).status).toBe("succeeded");
  expect(await sdk().payments.cancel(second.id)).toMatchObject({
    status: "canceled",
    cancellation_details: { party: "merchant", reason: "canceled_by_merchant" },
  });
});

test("the same key is the same request, and is refused with other data", async () => {
  const [one, again] = [
    await sdk().payments.create(wish("7.00"), "same"),
    await sdk().payments.create(wish("7.00"), "same"),
  ];
  expect(again.id).toBe(one.id);
  expect(sdk().payments.create(wish("8.00"), "same")).rejects.toThrow("Idempotence key duplicated");
  local.advance(86_400);
  expect((await sdk().payments.create(wish("7.00"), "same")).id).not.toBe(one.id);
});

test.each([
  ["no key", "/payments", wish(), { "idempotence-key": "" }, 400, "Idempotence-Key"],
  ["a key of 65", "/payments", wish(), { "idempotence-key": "k".repeat(65) }, 400, "Idempotence-Key"],
  ["another secret", "/payments", wish(), { authorization: "Basic AAAA" }, 401, "Authorization"],
  ["a number for a sum", "/payments", wish("1"), {}, 400, "amount.value"],
  [
    "dollars",
    "/payments",
    wish("1.00", { amount: { value: "1.00", currency: "USD" } }),
    {},
    400,
    "amount.currency",
  ],
  ["less than a ruble", "/payments", wish("0.99"), {}, 400, "amount"],
  [
    "too much for a card",
    "/payments",
    wish("350000.01", { payment_method_data: { type: "bank_card" } }),
    {},
    400,
    "amount",
  ],
  [
    "SBP in two steps",
    "/payments",
    wish("5.00", { capture: false, payment_method_data: { type: "sbp" } }),
    {},
    400,
    "capture",
  ],
  ["a long description", "/payments", wish("5.00", { description: "x".repeat(129) }), {}, 400, "description"],
  ["a receipt over another sum", "/payments", wish("5.00", { receipt: receipt("4.99") }), {}, 400, "receipt"],
  ["an unknown parameter", "/payments", wish("5.00", { amont: 1 }), {}, 400, "amont"],
  [
    "a refund of nothing",
    "/refunds",
    { payment_id: "x".repeat(36), amount: wish().amount },
    {},
    404,
    "payment_id",
  ],
] as const)("refused: %s", async (_name, path, body, headers, wanted, parameter) => {
  const answer = await raw(path, body, headers);
  const said = (await answer.json()) as { type: string; parameter: string };
  expect([answer.status, said.type, said.parameter]).toEqual([wanted, "error", parameter]);
});

test("never more goes back than came, also while a refund is under way", async () => {
  const { id } = await sdk().payments.create(wish("10.00"), "back");
  const refund = (value: string) => raw("/refunds", { payment_id: id, amount: { value, currency: "RUB" } });
  expect((await refund("1.00")).status).toBe(400);
  local.pay(id);
  local.nextRefunds({ status: "pending" });
  expect((await refund("6.00")).status).toBe(200);
  expect((await refund("5.00")).status).toBe(400);
  expect((await refund("4.00")).status).toBe(200);
});

test("news come until they are taken with 200; in order or not, lost or twice, as was ordered", async () => {
  const make = async (key: string) => (await sdk().payments.create(wish("9.00"), key)).id;
  const [lost, late, next, twice] = [await make("n1"), await make("n2"), await make("n3"), await make("n4")];
  local.orderNews("lose", "delay");
  status = 500;
  local.pay(lost);
  local.pay(late);
  local.pay(next);
  await until(() => heard.filter(({ object }) => object.id === next).length >= 3);
  status = 200;
  await until(() => heard.some(({ object }) => object.id === late));
  await local.rest();
  expect(heard.some(({ object }) => object.id === lost)).toBe(false);
  heard.length = 0;
  local.orderNews("repeat");
  local.decline(twice, "insufficient_funds");
  await until(() => heard.filter(({ object }) => object.id === twice).length === 2);
  expect(heard.every(({ event }) => event === "payment.canceled")).toBe(true);
});

test("what nobody pays within an hour ends, and what was paid is there after a restart", async () => {
  const unpaid = await sdk().payments.create(wish("3.00"), "unpaid");
  const paid = await sdk().payments.create(wish("3.00"), "kept");
  local.pay(paid.id);
  local.advance(3_600);
  expect(await sdk().payments.load(unpaid.id)).toMatchObject({
    status: "canceled",
    cancellation_details: { reason: "expired_on_confirmation" },
  });
  const again = await startLocalYooKassa({ dataDir: directory });
  expect(again.shop.payment(paid.id).object.status).toBe("succeeded");
  await again.stop();
});

test("a person pays or is declined on the page, once; it leads back to the shop", async () => {
  const made = await sdk().payments.create(wish("1234.50"), "page");
  const url = (made.confirmation as { confirmation_url: string }).confirmation_url;
  const page = await (await fetch(url, { headers: { "accept-language": "ru" } })).text();
  expect(page).toContain("Система быстрых платежей");
  expect(page.replace(/\s/g, " ")).toContain("1 234,50 ₽");
  const press = (outcome: string) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ outcome, way: "sbp" }) });
  expect(await (await press("pay")).text()).toContain("https://shop.example/back");
  await press("general_decline");
  expect((await sdk().payments.load(made.id)).status).toBe("succeeded");
  expect((await fetch(`${local.origin}/checkout/nothing`)).status).toBe(404);
});

test("faults are ordered and ended over HTTP", async () => {
  const control = (method: string, body?: unknown) =>
    fetch(`${local.origin}/control/faults`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  await control("POST", { call: "create", kind: "status", status: 429, times: 1 });
  expect((await raw("/payments", wish())).status).toBe(429);
  expect((await raw("/payments", wish())).status).toBe(200);
  await control("POST", { call: "create", kind: "processing", retryAfterMs: 1_500 });
  const busy = await raw("/payments", wish());
  expect([busy.status, (await busy.json()) as object]).toMatchObject([202, { retry_after: 1_500 }]);
  await control("DELETE");
  await control("POST", { call: "create", kind: "malformed" });
  expect((await raw("/payments", wish())).json()).rejects.toThrow();
  await control("DELETE");
});

function receipt(value: string) {
  const item = { description: "x", quantity: "1.00", amount: { value, currency: "RUB" }, vat_code: 1 };
  return { customer: { email: "a@example.com" }, items: [item] };
}
