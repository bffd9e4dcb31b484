/** What is YooKassa's own: ways on its page, refusals of banks, refunds under way, receipts, its books, and what it says when something is wrong. */
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { type LocalYooKassa, startLocalYooKassa } from "../../../local/payments/yookassa/index.ts";
import { addressList } from "../../src/gateways/payments/address-list.ts";
import { openYooKassa } from "../../src/gateways/payments/index.ts";
import type { PaymentProvider } from "../../src/gateways/payments/port.ts";
import { createLog } from "../../src/platform/log.ts";
import { readSettings } from "../../src/platform/settings.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World, yooKassaEnvironment } from "../world.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

let world: World;
let local: LocalYooKassa;
beforeAll(async () => {
  local = await startLocalYooKassa({ needsReceipts: true, firstRetryMs: 50 });
  world = await createWorld({
    withChain: false,
    env: {
      ...yooKassaEnvironment(local),
      STAFF: `${people.arbiter}:support`,
      YOOKASSA_RECEIPT_EMAIL: "receipts@souk.example",
      YOOKASSA_RECEIPT_VAT_CODE: "1",
      YOOKASSA_RECEIPT_TAX_SYSTEM: "2",
    },
    moveAlso: (seconds) => local.advance(seconds),
  });
  for (const person of [people.buyer, people.arbiter]) await world.http(person).get("/api/users/me");
}, 60_000);
afterAll(async () => {
  await world.close();
  await local.stop();
});
afterEach(async () => {
  local.clearFaults();
  await expectSoundLedger(world);
});

const http = () => world.http(people.buyer);
const recharge = async (more: object = {}) =>
  (await http().post("/api/balance/recharge", { asset: "RUB", amount: "50000", ...more })).body;
const read = async (id: string) => (await http().get(`/api/payments/${id}`)).body;
const idOf = (payment: { pay: { url: string } }): string => payment.pay.url.split("/").at(-1) ?? "";
const tell = async (id: string): Promise<void> => {
  const body = JSON.stringify(local.shop.notificationOf(id));
  const url = "http://localhost:8010/payments/webhook/yookassa";
  expect((await world.app.fetch(new Request(url, { method: "POST", body }), "127.0.0.1")).status).toBe(200);
  await world.settle();
};
const rubles = async (): Promise<bigint> => {
  const { body } = await http().get("/api/balance");
  return BigInt(body.balances.find((one: { asset: string }) => one.asset === "RUB")?.available ?? "0");
};
const paid = async (): Promise<{ id: string; receiptId: string; yooKassaId: string }> => {
  const made = await recharge();
  local.pay(idOf(made));
  await tell(idOf(made));
  return { id: made.id, receiptId: (await read(made.id)).receipts[0].id, yooKassaId: idOf(made) };
};
const refund = async (receiptId: string): Promise<string> =>
  (
    await world
      .http(people.arbiter)
      .post("/api/admin/payments/refunds", { receiptId, reason: "asked for it" })
  ).body.id;
const refundState = async (id: string): Promise<string> =>
  (await world.http(people.arbiter).get(`/api/admin/payments/refunds/${id}`)).body.state;

test("card and SBP are two ways with bounds of their own; the page has only the one that was chosen", async () => {
  const { body } = await http().get("/api/payments/means?surface=web&asset=RUB&amount=40000000");
  expect(body.means).toMatchObject([
    { provider: "yookassa", method: "bank_card", kind: "page", isAvailable: false, reason: "too_large" },
    { provider: "yookassa", method: "sbp", kind: "page", isAvailable: true, reason: null },
  ]);
  const tooMuch = { asset: "RUB", amount: "40000000" };
  expect((await http().post("/api/balance/recharge", tooMuch)).body.error.code).toBe("payments.too_large");
  const made = await recharge({ amount: "40000000", method: "sbp" });
  expect(made).toMatchObject({ provider: "yookassa", method: "sbp", status: "pending" });
  expect(local.shop.payment(idOf(made)).ways).toEqual(["sbp"]);
  const strange = { asset: "RUB", amount: "50000", method: "cheque" };
  expect((await http().post("/api/balance/recharge", strange)).body.error.code).toBe(
    "payments.means_not_allowed",
  );
  // What is used inside Telegram is sold for Stars there.
  const digital = (await http().get("/api/payments/means?surface=miniapp_ios&goods=digital")).body.means;
  expect(digital.map(({ provider }: { provider: string }) => provider)).toEqual(["stars"]);
});

test("its page leads back to the Mini App, or to the site when it was opened there", async () => {
  const [inTelegram, onWeb] = [
    await recharge({ surface: "miniapp_ios" }),
    await recharge({ surface: "web" }),
  ];
  const backOf = (made: { pay: { url: string } }) => local.shop.payment(idOf(made)).returnUrl;
  expect(backOf(inTelegram)).toEndWith(`/souk_local_bot/app?startapp=p_${inTelegram.id.replaceAll("-", "")}`);
  expect(backOf(onWeb)).toBe(`http://localhost:8010/payments/${onWeb.id}`);
});

test.each([
  ["general_decline", "declined"],
  ["insufficient_funds", "not_enough"],
] as const)(
  "a bank's refusal (%s) is shown, takes nothing, and another way pays the same payment",
  async (reason, failure) => {
    const made = await recharge({ method: "bank_card" });
    const before = await rubles();
    local.decline(idOf(made), reason);
    await tell(idOf(made));
    expect(await read(made.id)).toMatchObject({
      status: "pending",
      failure,
      pay: null,
      next: { code: "choose", by: "you" },
    });
    const choose = (method: string) =>
      http().post(`/api/payments/${made.id}/choose`, { provider: "yookassa", method, surface: "web" });
    const again = (await choose("bank_card")).body;
    expect(idOf(again)).not.toBe(idOf(made));
    const other = (await choose("sbp")).body;
    expect(other).toMatchObject({ failure: null, method: "sbp", next: { code: "pay" } });
    local.pay(idOf(other));
    await Promise.all([tell(idOf(other)), tell(idOf(made))]);
    expect(await read(made.id)).toMatchObject({ status: "paid", failure: null });
    expect((await rubles()) - before).toBe(50_000n);
  },
);

test("a way that the shop does not have is said to be so, and another one can be chosen", async () => {
  local.fault({ call: "create", kind: "status", status: 400, times: 1 });
  const made = await recharge({ method: "sbp" });
  expect(made).toMatchObject({ failure: "unavailable", pay: null, next: { code: "choose" } });
  const other = { provider: "yookassa", method: "bank_card", surface: "web" };
  expect((await http().post(`/api/payments/${made.id}/choose`, other)).body).toMatchObject({
    failure: null,
    next: { code: "pay" },
  });
});

test("without news a refusal is seen when one comes back and asks", async () => {
  const made = await recharge();
  local.decline(idOf(made));
  expect((await http().post(`/api/payments/${made.id}/check`)).body).toMatchObject({ failure: "declined" });
});

test("a refund that is under way is waited for, and one that the shop cannot cover stays on the balance", async () => {
  const first = await paid();
  local.nextRefunds({ status: "pending" });
  const id = await refund(first.receiptId);
  await world.settle();
  expect(await refundState(id)).toBe("waiting");
  const [under] = [...local.shop.refunds.values()].filter((one) => one.payment_id === first.yooKassaId);
  local.shop.finishRefund(under?.id ?? "", "succeeded");
  await tell(under?.id ?? "");
  await world.advance(120);
  expect(await refundState(id)).toBe("done");
  expect((await read(first.id)).status).toBe("refunded");
  const second = await paid();
  const before = await rubles();
  local.nextRefunds({ status: "canceled", reason: "insufficient_funds" });
  const refused = await refund(second.receiptId);
  await world.settle();
  expect(await refundState(refused)).toBe("refused");
  expect(await rubles()).toBe(before);
  expect((await read(second.id)).receipts[0]).toMatchObject({ refunded: "0", refunding: "0" });
});

test("a refund whose key YooKassa has forgotten is found by what is written on it, and not sent twice", async () => {
  const { receiptId, yooKassaId } = await paid();
  local.fault({ call: "refund", kind: "silence_after", seconds: 0, times: 1 });
  local.nextRefunds({ status: "pending" });
  const id = await refund(receiptId);
  await world.settle();
  await world.advance(86_500);
  expect(await refundState(id)).toBe("waiting");
  const all = [...local.shop.refunds.values()].filter((one) => one.payment_id === yooKassaId);
  expect(all.length).toBe(1);
  local.shop.finishRefund(all[0]?.id ?? "", "succeeded");
  await world.advance(3_600);
  expect(await refundState(id)).toBe("done");
});

test("every payment and refund carries its fiscal receipt; without one this shop refuses", async () => {
  const { receiptId, yooKassaId } = await paid();
  expect(local.shop.payment(yooKassaId).receipt).toMatchObject({
    customer: { email: "receipts@souk.example" },
    tax_system_code: 2,
    items: [
      {
        description: "Баланс Souk",
        amount: { value: "500.00", currency: "RUB" },
        vat_code: 1,
        payment_subject: "payment",
        payment_mode: "full_prepayment",
      },
    ],
  });
  const id = await refund(receiptId);
  await world.settle();
  expect(await refundState(id)).toBe("done");
});

test("play money in a real shop, and another shop's money, are not believed", async () => {
  for (const change of [{ test: false }, { recipient: { account_id: "7", gateway_id: "1" } }]) {
    const made = await recharge();
    local.pay(idOf(made));
    const kept = local.shop.payment(idOf(made));
    local.shop.payments.set(kept.object.id, { ...kept, object: { ...kept.object, ...change } });
    const before = await rubles();
    await tell(idOf(made));
    expect([await rubles(), (await read(made.id)).status]).toEqual([before, "pending"]);
  }
});

/** The provider alone, with other settings. */
const alone = (more: Record<string, string> = {}, timeoutMs = 300): PaymentProvider => {
  const settings = readSettings({ ...world.env, ...more });
  const made = openYooKassa({ settings, log: createLog("silent"), metrics: undefined }, timeoutMs);
  if (!made) throw new Error("not configured");
  return made;
};
const about = (id: string) => ({ about: "receipt" as const, id, handle: id, refundsSince: null });

test("what it says when it cannot is never a refusal of our request, and what cannot be understood is no answer", async () => {
  const { yooKassaId } = await paid();
  const provider = alone();
  const failureOf = (of: PaymentProvider = provider) =>
    of.get(about(yooKassaId)).catch(({ reason, retryAfterSeconds }) => [reason, retryAfterSeconds]);
  expect(await failureOf(alone({ YOOKASSA_SECRET_KEY: "test_another-key-of-the-shop" }))).toEqual([
    "unknown",
    0,
  ]);
  local.fault({ call: "get", kind: "processing", retryAfterMs: 1_800, times: 1 });
  expect(await failureOf()).toEqual(["limited", 2]);
  for (const fault of [{ kind: "malformed" }, { kind: "status", status: 503 }] as const) {
    local.fault({ call: "get", times: 1, ...fault });
    expect(await failureOf()).toEqual(["unknown", 0]);
  }
  expect(await provider.get(about("00000000-000f-5000-8000-000000000000"))).toEqual([]);
});

test("after five silences in a row it is left alone for a while, and nobody waits for it", async () => {
  const provider = alone({}, 50);
  local.fault({ call: "get", kind: "silence_before", seconds: 0.2, times: 5 });
  for (let n = 0; n < 5; n += 1) await provider.get(about("x")).catch(() => undefined);
  const begun = performance.now();
  await expect(provider.get(about("x"))).rejects.toMatchObject({ reason: "unknown" });
  expect(performance.now() - begun).toBeLessThan(40);
});

test("its books are read from the oldest on, a day at a time, over long silences with few questions", async () => {
  const year = 365 * 86_400;
  const shop = await startLocalYooKassa();
  const make = (): string => {
    const given = {
      amount: { value: "10.00", currency: "RUB" },
      capture: true,
      confirmation: { type: "redirect", return_url: "https://souk.example/" },
    };
    const { id } = shop.shop.create(given);
    shop.pay(id);
    return id;
  };
  const ids: string[] = [];
  shop.setClock(-2 * year);
  ids.push(make(), make());
  shop.setClock(-year);
  ids.push(make());
  shop.setClock(-3_600);
  for (let n = 0; n < 230; n += 1) ids.push(make());
  shop.shop.refund({ payment_id: ids[0], amount: { value: "4.00", currency: "RUB" } });
  const provider = alone({ YOOKASSA_URL: shop.url }, 5_000);
  const seen: string[] = [];
  const back: bigint[] = [];
  let pages = 0;
  for (let cursor: string | null = null; ; pages += 1) {
    const page = await provider.list(cursor);
    seen.push(...page.receipts.map(({ id }) => id));
    back.push(...page.refunds.map(({ amount }) => amount));
    cursor = page.cursor;
    if (page.isEnd) break;
  }
  await shop.stop();
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(seen.slice(0, 2).toSorted()).toEqual(ids.slice(0, 2).toSorted());
  expect([back, pages]).toEqual([[400n], 3]);
});

test("addresses and networks, however they are written; what is none is refused", () => {
  const isTheirs = addressList(["185.71.76.0/27", "77.75.156.11", "2a02:5180::/32"]);
  for (const good of ["185.71.76.0", "185.71.76.31", "::ffff:185.71.76.5", "77.75.156.11", "2a02:5180::1"])
    expect([good, isTheirs(good)]).toEqual([good, true]);
  for (const bad of ["185.71.76.32", "77.75.156.12", "2a02:5181::1", "", "unknown", "185.71.76.5, 1.1.1.1"])
    expect([bad, isTheirs(bad)]).toEqual([bad, false]);
  for (const wrong of ["185.71.76", "1.2.3.4/33", "::/129", "all"])
    expect(() => addressList([wrong])).toThrow(wrong);
});
