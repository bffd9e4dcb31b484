/** What can happen between payment and payout, other than that all goes well. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { splitOf } from "../../gateways/ton/contracts/port.ts";
import { createDealWorld, type DealWorld, evidence, people, price } from "./deal-world.fixture.ts";
import { freezeDeal, markBreached, markDelivered, markVerified } from "./mark-deal.ts";

const tenth = 100_000_000n;
let world: DealWorld;
beforeAll(async () => {
  world = await createDealWorld();
}, 60_000);
afterAll(() => world.close());

async function funded(): Promise<string> {
  const dealId = await world.open();
  await world.pay(dealId);
  return dealId;
}
async function delivered(): Promise<string> {
  const dealId = await funded();
  await markDelivered(world.system(), { dealId, evidence });
  await world.settle();
  return dealId;
}
/** A person does something and signs what the answer asks them to sign. */
async function act(person: number, dealId: string, verb: string, body: object = {}): Promise<void> {
  const path = verb === "resolve" ? `/api/admin/deals/${dealId}/resolve` : `/api/deals/${dealId}/${verb}`;
  const answer = await world.http(person).post(path, body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  await world.sign(person, answer.body.message);
  await world.settle();
}
const dispute = { reason: "not_as_described", text: "It is not what was promised." } as const;

describe("the parties", () => {
  test("the seller gives up: everything is back at the buyer at once", async () => {
    const dealId = await funded();
    const before = await world.coins(people.buyer);
    await act(people.seller, dealId, "refund", undefined);
    expect(await world.row(dealId)).toMatchObject({ status: "REFUNDED", bps: 0, isFinal: true });
    expect((await world.coins(people.buyer)) - before).toBeGreaterThanOrEqual(price);
    expect(await world.kinds(dealId)).toEqual(["opened", "funded", "refunded_by_seller", "buyer_paid"]);
  }, 60_000);

  test("the buyer releases before the hold is over: the seller is paid at once", async () => {
    const dealId = await delivered();
    await act(people.buyer, dealId, "release", undefined);
    expect(await world.row(dealId)).toMatchObject({ status: "RELEASED", bps: 10_000, isFinal: true });
    const view = await world.view(people.seller, dealId);
    expect(view.outcome).toMatchObject({ sellerBps: 10_000, seller: { amount: "48500000000" } });
    expect(view.outcome?.sellerCreditedAt).not.toBeNull();
  }, 60_000);

  test("not delivered by the deadline: the clock gives the whole price back", async () => {
    const dealId = await funded();
    const before = await world.coins(people.buyer);
    await world.advance(259_300);
    expect(await world.row(dealId)).toMatchObject({ status: "REFUNDED", bps: 0 });
    expect((await world.coins(people.buyer)) - before).toBeGreaterThan(price - tenth);
    expect(await world.kinds(dealId)).toEqual(["opened", "funded", "timed_out", "buyer_paid"]);
  }, 60_000);

  test("both agree on a split: an offer is told to the other, the same share settles, both are paid", async () => {
    const dealId = await delivered();
    await act(people.buyer, dealId, "agree", { sellerBps: 4_000 });
    expect(await world.row(dealId)).toMatchObject({ status: "LIVE", buyerConsentBps: 4_000 });
    expect(await world.inbox(people.seller)).toContain("deals.offered_seller");
    await act(people.seller, dealId, "agree", { sellerBps: 4_500 });
    expect(await world.row(dealId)).toMatchObject({ status: "LIVE", sellerConsentBps: 4_500 });
    const before = { seller: await world.coins(people.seller), buyer: await world.coins(people.buyer) };
    await act(people.seller, dealId, "agree", { sellerBps: 4_000 });
    expect(await world.row(dealId)).toMatchObject({ status: "RELEASED", bps: 4_000, buyerConsentBps: null });
    const parts = splitOf(price, 4_000, 300);
    const gained = (await world.coins(people.seller)) - before.seller;
    expect(gained).toBeGreaterThan(parts.seller - tenth);
    expect((await world.coins(people.buyer)) - before.buyer).toBeGreaterThanOrEqual(parts.buyer);
    expect(await world.inbox(people.buyer)).toContain("deals.split_buyer");
    expect((await world.view(people.buyer, dealId)).nextStep.key).toBe("split");
  }, 60_000);
});

describe("breach and challenge", () => {
  test("an unchallenged breach pays as proposed when its time is over", async () => {
    const dealId = await delivered();
    await markBreached(world.system(), { dealId, sellerBps: 2_500, evidence, reason: "channel_changed" });
    await world.settle();
    expect(await world.row(dealId)).toMatchObject({ status: "LIVE", escrowState: "Breached", bps: 2_500 });
    expect(await world.inbox(people.seller)).toContain("deals.breached_seller");
    await world.advance(86_500);
    expect(await world.row(dealId)).toMatchObject({ status: "RELEASED", bps: 2_500, isFinal: true });
  }, 60_000);

  test("the seller challenges a breach: it goes before the arbiter, who sees it on the desk", async () => {
    const dealId = await funded();
    await markBreached(world.system(), { dealId, sellerBps: 0, evidence, reason: "not_delivered" });
    await world.settle();
    await act(people.seller, dealId, "dispute", dispute);
    expect(await world.row(dealId)).toMatchObject({ status: "DISPUTED", escrowState: "Disputed" });
    const desk = await world.http(people.arbiter).get("/api/admin/deals");
    expect(desk.body.items.map((one: { id: string }) => one.id)).toContain(dealId);
    expect(await world.inbox(people.arbiter)).toContain("deals.disputed_arbiter");
  }, 60_000);
});

describe("dispute", () => {
  test("stops the clock; the platform sends it even when the party's own wallet does nothing", async () => {
    const dealId = await delivered();
    const answer = await world.http(people.buyer).post(`/api/deals/${dealId}/dispute`, dispute);
    expect(answer.body.message.messages).toHaveLength(1);
    await world.settle();
    const row = await world.row(dealId);
    expect(row).toMatchObject({ status: "DISPUTED", escrowState: "Disputed", bps: 10_000 });
    expect((await world.view(people.arbiter, dealId)).dispute).toMatchObject({
      by: "buyer",
      text: dispute.text,
    });
    await world.advance(90_000);
    expect((await world.row(dealId)).status).toBe("DISPUTED");
  }, 60_000);

  test("what was written stays out of the action log, whose hash proves it", async () => {
    const dealId = await delivered();
    await world.http(people.buyer).post(`/api/deals/${dealId}/dispute`, dispute);
    const { rows } = await world
      .ctx()
      .db.execute<{ input: unknown; result: unknown }>(
        `select input, result from platform.actions where verb = 'deals.dispute' and input->>'dealId' = '${dealId}'`,
      );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows[0])).not.toContain(dispute.text);
    expect(JSON.stringify(rows[0]?.input)).toContain("hmac");
    await world.settle();
    await world.http(people.seller).post(`/api/deals/${dealId}/refund`);
    const { rows: all } = await world
      .ctx()
      .db.execute<{ n: bigint }>(
        `select count(*) as n from platform.actions where result::text like '%${dispute.text}%'`,
      );
    expect(all[0]?.n).toBe(0n);
  }, 60_000);

  test("the arbiter decides with their own wallet, undeployed until then; the contract pays by it", async () => {
    const dealId = await delivered();
    await act(people.buyer, dealId, "dispute", dispute);
    const note = "Half of the promise was kept.";
    await world.http(people.arbiter).post(`/api/admin/deals/${dealId}/resolve`, { sellerBps: 3_000, note });
    const unsigned = (await world.view(people.buyer, dealId)).dispute;
    expect([unsigned?.decidedBps, unsigned?.decidedNote]).toEqual([null, null]);
    await act(people.arbiter, dealId, "resolve", { sellerBps: 3_000, note });
    expect(await world.row(dealId)).toMatchObject({ status: "RELEASED", bps: 3_000, isFinal: true });
    expect((await world.kinds(dealId)).slice(-3)).toEqual(["resolved", "seller_paid", "buyer_paid"]);
    const { dispute: decided } = await world.view(people.buyer, dealId);
    expect([decided?.decidedBps, decided?.decidedNote]).toEqual([3_000, note]);
  }, 60_000);

  test("both sides are heard: once it is disputed each adds statements, up to a limit, and nobody else does", async () => {
    const dealId = await delivered();
    await act(people.buyer, dealId, "dispute", dispute);
    const say = (person: number) =>
      world
        .http(person)
        .post(`/api/deals/${dealId}/dispute`, { reason: "other", text: "This is my side of it." });
    const first = await say(people.seller);
    expect([first.status, first.body.message]).toEqual([200, null]);
    for (let more = 0; more < 4; more += 1) await say(people.seller);
    const over = await say(people.seller);
    expect([over.status, over.body.error.code]).toEqual([429, "deals.enough_said"]);
    expect((await say(people.arbiter)).status).toBe(409);
    expect((await say(people.stranger)).status).toBe(404);
    const { items } = (await world.http(people.arbiter).get(`/api/deals/${dealId}/timeline`)).body;
    const said = items.filter((one: { kind: string }) => one.kind === "statement");
    expect(said).toHaveLength(5);
    expect(said[0]).toMatchObject({ by: "seller", params: { text: "This is my side of it." } });
    expect(await world.inbox(people.arbiter)).toContain("deals.statement_arbiter");
  }, 60_000);

  test("the arbiter stays silent: the fallback that both had signed is paid", async () => {
    const dealId = await funded();
    await act(people.seller, dealId, "dispute", dispute);
    expect((await world.row(dealId)).bps).toBe(0);
    await world.advance(1_814_500);
    expect(await world.row(dealId)).toMatchObject({ status: "REFUNDED", bps: 0, isFinal: true });
  }, 60_000);

  test("a freeze by the market stops the clock, with its reason in the timeline", async () => {
    const dealId = await delivered();
    await freezeDeal(world.system(), { dealId, reason: "blind" });
    await world.settle();
    expect((await world.row(dealId)).status).toBe("DISPUTED");
    expect(await world.kinds(dealId)).toContain("freeze_asked");
    expect(await markVerified(world.system(), { dealId })).toEqual({ isVerified: false });
  }, 60_000);

  test("only the assigned arbiter decides, only while disputed; parties and strangers see nothing to decide", async () => {
    const dealId = await delivered();
    const decision = { sellerBps: 0, note: "Nothing of it was true." };
    const early = await world.http(people.arbiter).post(`/api/admin/deals/${dealId}/resolve`, decision);
    expect([early.status, early.body.error.code]).toEqual([409, "deals.not_now"]);
    await act(people.buyer, dealId, "dispute", dispute);
    for (const person of [people.buyer, people.seller, people.stranger])
      expect((await world.http(person).post(`/api/admin/deals/${dealId}/resolve`, decision)).status).toBe(
        403,
      );
  }, 60_000);
});

describe("who sees and does what", () => {
  test("a deal of others is absent in every way", async () => {
    const dealId = await funded();
    const stranger = world.http(people.stranger);
    for (const path of ["", "/timeline", "/receipt", "/payment"])
      expect((await stranger.get(`/api/deals/${dealId}${path}`)).status, path).toBe(404);
    for (const verb of ["cancel", "release", "refund", "recheck"])
      expect((await stranger.post(`/api/deals/${dealId}/${verb}`)).status, verb).toBe(404);
    expect((await stranger.post(`/api/deals/${dealId}/agree`, { sellerBps: 1 })).status).toBe(404);
    expect((await stranger.post(`/api/deals/${dealId}/dispute`, dispute)).status).toBe(404);
    expect((await stranger.get("/api/deals")).body.items).toEqual([]);
    expect((await world.http(null).get(`/api/deals/${dealId}`)).status).toBe(401);
  }, 60_000);

  test("each side does only its own: the seller cannot release, the buyer neither refund nor dispute while undelivered", async () => {
    const dealId = await funded();
    const refused = async (person: number, verb: string, body?: object) =>
      (await world.http(person).post(`/api/deals/${dealId}/${verb}`, body)).status;
    expect(await refused(people.seller, "release")).toBe(409);
    expect(await refused(people.buyer, "refund")).toBe(409);
    expect(await refused(people.buyer, "dispute", dispute)).toBe(409);
    expect(await refused(people.arbiter, "release")).toBe(409);
    expect((await world.row(dealId)).escrowState).toBe("Funded");
  }, 60_000);

  test("lists page by key without loss, by role and by openness", async () => {
    const mine = world.http(people.buyer);
    const all: string[] = [];
    let cursor = "";
    for (let page = 0; page < 50; page += 1) {
      const { body } = await mine.get(`/api/deals?limit=3${cursor && `&cursor=${cursor}`}`);
      all.push(...body.items.map((one: { id: string }) => one.id));
      if (!body.next) break;
      cursor = body.next;
    }
    const whole = (await mine.get("/api/deals?limit=100")).body.items.map((one: { id: string }) => one.id);
    expect(all).toEqual(whole);
    expect(new Set(all).size).toBe(all.length);
    expect((await mine.get("/api/deals?role=seller")).body.items).toEqual([]);
    const open = (await mine.get("/api/deals?open=true&limit=100")).body.items;
    const over = (await mine.get("/api/deals?open=false&limit=100")).body.items;
    expect(open.length + over.length).toBe(whole.length);
    expect(over.length).toBeGreaterThan(0);
  }, 60_000);

  test("the receipt names the parts, the agreement and every transaction", async () => {
    const dealId = await delivered();
    await act(people.buyer, dealId, "release", undefined);
    const { body } = await world.http(people.seller).get(`/api/deals/${dealId}/receipt`);
    expect(body).toMatchObject({ dealId, role: "seller", status: "RELEASED", title: "A channel" });
    expect(body.outcome.fee).toEqual({ amount: "1500000000", asset: "TON" });
    expect(body.transactions.map((one: { kind: string }) => one.kind)).toEqual([
      "funded",
      "delivered",
      "released_early",
      "seller_paid",
    ]);
  }, 60_000);
});
