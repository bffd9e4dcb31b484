/** Deposits while the chain's endpoints are not well: what is not sure waits, holds up nobody, and is seen by whoever watches. */
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { follower, followOnce } from "../../src/kernel/payments/follow.ts";
import { sweep } from "../../src/kernel/payments/sweep.ts";
import { system } from "../../src/platform/context.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

const coin = 1_000_000_000n;
let world: World;
beforeAll(async () => {
  world = await createWorld({ env: { TON_CERTAIN_ABOVE: (5n * coin).toString() } });
  await world.telegram.act(people.buyer, { type: "startBot" });
  await world.settle();
}, 60_000);
afterAll(() => world.close());
afterEach(async () => {
  world.ton.faults.clear();
  await expectSoundLedger(world);
});

const http = () => world.http(people.buyer);
const own = () => world.ctx(system("test"));
const invoice = async (amount: bigint) =>
  (await http().post("/api/balance/recharge", { asset: "TON", amount: amount.toString() })).body;
async function pay(made: { pay: { address: string; comment: string } }, amount: bigint): Promise<void> {
  const { address, comment } = made.pay;
  await world.ton.transfer({ from: people.buyer, to: address, amount, body: comment, bounce: false });
  await world.settle();
}
const statusOf = async (id: string): Promise<string> => (await http().get(`/api/payments/${id}`)).body.status;
const meanOf = async () => {
  const { body } = await http().get(
    "/api/payments/means?surface=web&goods=balance&asset=TON&amount=1000000000",
  );
  return body.means.find((one: { provider: string }) => one.provider === "ton");
};
const metric = async (name: string): Promise<number> => {
  const text = await world.app.metrics.registry.getSingleMetricAsString(name);
  return Number(/^\w+(?:\{[^}]*\})? ([\d.e+-]+)$/m.exec(text)?.[1]);
};

test("a large deposit that one endpoint does not show waits alone; smaller ones after it are credited", async () => {
  const [large, small] = [await invoice(10n * coin), await invoice(coin)];
  const wallet = world.ton.wallet(1013).address.toRawString();
  world.ton.faults.add({
    api: "v2",
    method: "*",
    times: null,
    kind: "lie",
    account: wallet,
    hideTransactions: true,
  });
  await pay(large, 10n * coin);
  await pay(small, coin);
  expect([await statusOf(large.id), await statusOf(small.id)]).toEqual(["pending", "paid"]);
  // Its invoice ends, and is not called over while nobody knows.
  await world.advance(3_700);
  await world.advance(600);
  expect(await statusOf(large.id)).toBe("pending");
  world.ton.faults.clear();
  await world.advance(3_700);
  await sweep(own());
  await world.settle();
  expect(await statusOf(large.id)).toBe("paid");
});

test("a list that nobody can read shows in the metrics, and the pay sheet does not invite to pay what is not seen", async () => {
  await world.settle();
  expect(await meanOf()).toMatchObject({ isAvailable: true, reason: null });
  for (const api of ["v2", "v3"] as const)
    world.ton.faults.add({ api, method: "*", times: null, kind: "status", status: 503 });
  // As if the last look that went well were so long ago.
  await own().db.execute("update payments.cursors set updated_at = updated_at - interval '400 seconds'");
  await expect(followOnce(own())).rejects.toMatchObject({ reason: "unknown" });
  expect(await metric("souk_payment_follow_seconds")).toBeGreaterThanOrEqual(400);
  expect(await meanOf()).toMatchObject({ isAvailable: false, reason: "provider_down" });
  world.ton.faults.clear();
  // The circuits close again after some seconds.
  await Bun.sleep(3_200);
  await world.settle();
  expect(await metric("souk_payment_follow_seconds")).toBeLessThan(60);
  expect((await meanOf()).reason).toBeNull();
});

test("what could never be read is known not to have been", async () => {
  const fresh = await createWorld({ withChain: false });
  try {
    const stopping = new AbortController();
    const running = follower.run(fresh.app.context(system("payments.follow")), stopping.signal);
    for (const api of ["v2", "v3"] as const)
      fresh.ton.faults.add({ api, method: "*", times: null, kind: "status", status: 503 });
    await Bun.sleep(300);
    stopping.abort();
    await running;
    await fresh.advance(900);
    const text = await fresh.app.metrics.registry.getSingleMetricAsString("souk_payment_follow_seconds");
    expect(Number(/ ([\d.]+)$/m.exec(text.trim())?.[1])).toBeGreaterThanOrEqual(899);
  } finally {
    await fresh.close();
  }
});
