/** Sums and cursors that are none, or beyond what the books can hold, are the asker's mistake: said so, and nothing breaks. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createWorld, people, type World } from "../world.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

const most = 2n ** 63n - 1n;
const beyond = ["9223372036854775808", "9".repeat(30), "-1", "1.5", "1e3", "0x10", "٣", ""];
const none = "00000000-0000-7000-8000-000000000000";

let world: World;
beforeAll(async () => {
  world = await createWorld({
    withChain: false,
    env: {
      STAFF: `${people.arbiter}:owner`,
      PAYMENT_MEANS: "stars=balance+digital@any; balance=digital@any",
    },
  });
  for (const person of [people.buyer, people.arbiter]) await world.http(person).get("/api/users/me");
}, 60_000);
afterAll(() => world.close());

const means = (amount: string, asset = "USD") =>
  `/api/payments/means?surface=web&goods=digital&asset=${asset}&amount=${encodeURIComponent(amount)}`;

test("a sum that the books cannot hold is refused wherever one can be named", async () => {
  const [buyer, staff] = [world.http(people.buyer), world.http(people.arbiter)];
  const userId = (await buyer.get("/api/users/me")).body.id;
  for (const amount of beyond) {
    const answers = [
      await buyer.get(means(amount)),
      await buyer.post("/api/balance/recharge", { asset: "XTR", amount }),
      await buyer.get(`/api/listings?priceMin=${encodeURIComponent(amount)}`),
      await buyer.get(`/api/listings?priceMax=${encodeURIComponent(amount)}`),
      await staff.post("/api/admin/payments/refunds", { receiptId: none, amount, reason: "asked for it" }),
    ];
    if (amount !== "-1")
      answers.push(
        await staff.post("/api/admin/adjustments", {
          userId: none,
          asset: "TON",
          amount,
          reason: "a long reason",
        }),
      );
    expect([amount, answers.map(({ status }) => status)]).toEqual([amount, answers.map(() => 422)]);
  }
  const below = { userId, asset: "TON", amount: "-9223372036854775808", reason: "a long reason" };
  expect((await staff.post("/api/admin/adjustments", below)).status).toBe(422);
});

test("the largest sum that there is is priced where it can be, and too large where it cannot", async () => {
  await world.app.context().db.execute(`
    insert into ledger.rates (asset, pico_usd, at, source) values ('USD', 1000000000000, platform.now(), 'test'),
      ('XTR', 13000000000, platform.now(), 'test')
    on conflict (asset) do update set pico_usd = excluded.pico_usd, at = excluded.at`);
  const { body, status } = await world.http(people.buyer).get(means(most.toString()));
  expect(status).toBe(200);
  const of = (provider: string, asset: string) =>
    body.means.find(
      (one: { provider: string; asset: string }) => one.provider === provider && one.asset === asset,
    );
  expect(of("balance", "USD")).toMatchObject({ price: { amount: most.toString() }, reason: "not_enough" });
  expect(of("stars", "XTR")).toMatchObject({ isAvailable: false, reason: "too_large" });
  expect((await world.http(people.buyer).get(means("0"))).status).toBe(200);
});

test("a cursor that is none is refused, not asked of the database", async () => {
  const [buyer, staff] = [world.http(people.buyer), world.http(people.arbiter)];
  for (const cursor of ["x", "1", `${none}x`]) {
    const answers = [
      await buyer.get(`/api/payments?cursor=${cursor}`),
      await buyer.get(`/api/balance/history?cursor=${cursor}`),
      await staff.get(`/api/admin/payments/refunds?cursor=${cursor}`),
      await staff.get(`/api/admin/payments/unclaimed?cursor=${cursor}`),
      await staff.get(`/api/admin/adjustments?cursor=${cursor}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422]);
  }
});
