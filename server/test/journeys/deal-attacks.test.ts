/** What people who mean no good, or whose client is broken, send to the deals' API, and what they get. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, people, type World } from "../world.ts";
import {
  dealOf,
  expectStatus,
  gather,
  joined,
  offerChannel,
  payment,
  type Sale,
  sign,
  timelineKinds,
} from "./channel-sale.ts";

const balance = async (world: World, person: number): Promise<bigint> =>
  (await world.ctx().gateways.ton.account(world.ton.wallet(person).address.toRawString())).balance;
const nobody = "01a1f883-84c8-7c83-8f38-2d12fcad1041";
const post = (world: World, person: number | null, path: string, body?: unknown, key?: string) =>
  world.http(person).post(path, body, key ? { "idempotency-key": key } : {});

describe("joining", () => {
  let world: World;
  let offer: Omit<Sale, "dealId">;
  beforeAll(async () => {
    world = await createWorld();
    await gather(world, [people.arbiter, people.seller, people.buyer, people.stranger]);
    offer = await offerChannel(world);
  }, 60_000);
  afterAll(() => world.close());
  const join = (body: unknown, person: number | null = people.buyer, key?: string) =>
    post(world, person, "/api/deals", body, key);

  test.each([
    ["nothing", {}, 422],
    ["both names of an offer", { listingId: nobody, code: "ABCDEFGHJKMNP" }, 422],
    ["an unknown key", { listingId: nobody, priceNano: "1" }, 422],
    ["an id that is none", { listingId: "1 or 1=1" }, 422],
    ["a number for an id", { listingId: 7 }, 422],
    ["a list", [nobody], 422],
    ["an id of nothing", { listingId: nobody }, 404],
    ["a code of nothing", { code: "0000000000000" }, 404],
    ["a code with NUL", { code: "00000000\u0000000" }, 404],
    ["a code with half a surrogate pair", { code: "00000000\ud800" }, 404],
    ["a code that is too long", { code: "0".repeat(41) }, 422],
    ["no JSON", "{listingId:", 422],
    ["a body beyond the limit", JSON.stringify({ code: "0".repeat(300_000) }), 422],
  ] as const)("refuses %s", async (_name, body, status) => {
    expect((await join(body)).status).toBe(status);
  });

  test("a code that cannot be stored is looked up without a fault", async () => {
    for (const code of [
      "00000000%000000",
      "%ED%A0%8000000000",
      "%D1%84%D1%84%D1%84%D1%84%D1%84%D1%84%D1%84%D1%84",
    ])
      expect((await world.http(null).get(`/api/listings/by-code/${code}`)).status).toBe(404);
  });

  test("asks who one is, and sells nobody their own", async () => {
    expect((await join({ listingId: offer.listingId }, null)).status).toBe(401);
    const own = await join({ code: offer.code }, people.seller);
    expect([own.status, own.body.error.code]).toEqual([403, "channels.own_listing"]);
  });

  test("opens a private offer by its code only", async () => {
    const hide = { visibility: "private" };
    expect((await world.http(people.seller).put(`/api/listings/${offer.listingId}`, hide)).status).toBe(200);
    expect((await join({ listingId: offer.listingId })).status).toBe(404);
    const show = { visibility: "public" };
    expect((await world.http(people.seller).put(`/api/listings/${offer.listingId}`, show)).status).toBe(200);
  });

  test("twice, at once and again, under one key or none, is one deal; the key with another offer is refused", async () => {
    const body = { listingId: offer.listingId };
    const answers = await Promise.all([
      join(body, people.buyer, "join-1"),
      join(body, people.buyer, "join-1"),
      join(body),
      join({ code: offer.code }, people.buyer, "join-2"),
    ]);
    answers.push(await join(body, people.buyer, "join-1"));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ body: deal }) => deal.id)).size).toBe(1);
    const reused = await join({ code: offer.code }, people.buyer, "join-1");
    expect([reused.status, reused.body.error.code]).toEqual([409, "platform.key_reused"]);
    const other = await join(body, people.stranger, "join-1");
    expect([other.status, other.body.error.code]).toEqual([409, "channels.listing_reserved"]);
    expect((await world.http(people.buyer).get("/api/deals")).body.items).toHaveLength(1);
    // What is kept for replays names the deal, and nobody in it.
    const kept = sql`select result from platform.actions where verb = 'channels.join_deal' and result is not null`;
    const { rows } = await world.ctx().db.execute<{ result: object }>(kept);
    expect(new Set(rows.map(({ result }) => JSON.stringify(result)))).toEqual(
      new Set([JSON.stringify({ dealId: answers[0]?.body.id })]),
    );
  });

  test("is refused when the seller no longer owns the channel, and the offer ends", async () => {
    const id = (await world.http(people.buyer).get("/api/deals")).body.items[0].id;
    expect((await post(world, people.buyer, `/api/deals/${id}/cancel`)).status).toBe(200);
    await world.settle();
    await world.telegram.act(people.seller, {
      type: "transferChannel",
      channelId: Number(offer.telegramId),
      toPerson: people.stranger,
    });
    const late = await join({ code: offer.code });
    expect([late.status, late.body.error.code]).toEqual([409, "channels.listing_closed"]);
    expect((await world.http(people.seller).get(`/api/listings/${offer.listingId}`)).body.status).toBe(
      "withdrawn",
    );
  });
});

describe("a deal under way", () => {
  let world: World;
  let sale: Sale;
  beforeAll(async () => {
    world = await createWorld();
    await gather(world, [people.arbiter, people.seller, people.buyer, people.stranger]);
    sale = await joined(world);
  }, 60_000);
  afterAll(() => world.close());
  const verbs = ["cancel", "release", "refund", "agree", "dispute", "recheck"] as const;
  const words = { reason: "other", text: "Something is not as it should be." };
  const bodies: Record<string, unknown> = { agree: { sellerBps: 5_000 }, dispute: words };

  test("does not exist for strangers, for nobody, nor under an id that is none", async () => {
    for (const [person, id, status] of [
      [people.stranger, sale.dealId, 404],
      [people.buyer, nobody, 404],
      [people.buyer, "1;drop", 404],
      [null, sale.dealId, 401],
    ] as const) {
      for (const part of ["", "/timeline", "/receipt", "/payment"])
        expect((await world.http(person).get(`/api/deals/${id}${part}`)).status).toBe(status);
      for (const verb of verbs)
        expect((await post(world, person, `/api/deals/${id}/${verb}`, bodies[verb])).status).toBe(status);
    }
    expect((await world.http(people.seller).get(`/api/deals/${sale.dealId}/payment`)).status).toBe(404);
    expect((await world.http(people.stranger).get("/api/deals")).body.items).toEqual([]);
  });

  test("is decided by its arbiter alone, and not before it is disputed", async () => {
    const decision = { sellerBps: 0, note: "A note that is long enough." };
    const path = `/api/admin/deals/${sale.dealId}/resolve`;
    for (const person of [people.buyer, people.seller, people.stranger])
      expect((await post(world, person, path, decision)).status).toBe(403);
    expect((await post(world, people.arbiter, path, decision)).status).toBe(409);
    expect((await post(world, people.arbiter, `/api/admin/deals/${nobody}/resolve`, decision)).status).toBe(
      404,
    );
  });

  test.each([
    ["agree", {}],
    ["agree", { sellerBps: -1 }],
    ["agree", { sellerBps: 10_001 }],
    ["agree", { sellerBps: 0.5 }],
    ["agree", { sellerBps: "5000" }],
    ["agree", { sellerBps: 2 ** 53 + 2 }],
    ["agree", { sellerBps: 5_000, validUntil: 1 }],
    ["dispute", { ...words, reason: "because" }],
    ["dispute", { ...words, text: "short" }],
    ["dispute", { ...words, text: "x".repeat(2_001) }],
    ["dispute", { ...words, text: `${words.text}\u0000` }],
    ["dispute", { ...words, text: `${words.text}\ud800` }],
    ["dispute", "null"],
    ["dispute", '{"reason":'],
  ] as const)("%s refuses %p", async (verb, body) => {
    expect((await post(world, people.buyer, `/api/deals/${sale.dealId}/${verb}`, body)).status).toBe(422);
  });

  test.each(["/api/deals", "/api/admin/deals", "/api/notifications", "/api/channels"])(
    "a cursor of one's own making is refused: %s",
    async (path) => {
      for (const given of ["zzz", "'", "%00", "9".repeat(30)])
        expect((await world.http(people.arbiter).get(`${path}?cursor=${given}`)).status).toBe(422);
    },
  );

  test("what cannot be done yet is refused, and changes nothing", async () => {
    for (const [verb, person] of [
      ["release", people.buyer],
      ["release", people.seller],
      ["refund", people.seller],
      ["refund", people.buyer],
      ["agree", people.buyer],
      ["dispute", people.buyer],
    ] as const)
      expect((await post(world, person, `/api/deals/${sale.dealId}/${verb}`, bodies[verb])).status).toBe(409);
    await expectStatus(world, sale, "PENDING");
  });

  test("too much is taken and the surplus comes back; a key repeated with another share is refused", async () => {
    const before = await balance(world, people.buyer);
    const { messages } = await payment(world, sale.dealId);
    const asked = BigInt(messages[0]?.amount ?? 0);
    await sign(world, people.buyer, messages, { amount: asked + 3_000_000_000n });
    await expectStatus(world, sale, "IN_ESCROW");
    expect(await timelineKinds(world, sale)).toContain("surplus_returned");
    expect(before - (await balance(world, people.buyer))).toBeLessThan(asked + 100_000_000n);
    const agree = (sellerBps: number) =>
      post(world, people.buyer, `/api/deals/${sale.dealId}/agree`, { sellerBps }, "agree-1");
    const twice = await Promise.all([agree(5_000), agree(5_000)]);
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    expect(twice[0]?.body.message).toEqual(twice[1]?.body.message);
    expect((await agree(6_000)).status).toBe(409);
    expect((await dealOf(world, sale)).status).toBe("IN_ESCROW");
  });

  test("paid after its time: the coins come back whole, and the deal stays expired", async () => {
    const late = await lateDeal(world);
    const before = await balance(world, people.stranger);
    const { body } = await world.http(people.stranger).get(`/api/deals/${late}/payment`);
    await world.advance(3_605);
    await sign(world, people.stranger, body.messages);
    await world.advance(120);
    // The look that found the coins returned is followed by one that finds nothing more to come.
    await world.advance(10);
    expect((await dealOf(world, { dealId: late }, people.stranger)).status).toBe("EXPIRED");
    expect(before - (await balance(world, people.stranger))).toBeLessThan(100_000_000n);
  });
});

/** Somebody else joins another channel of the seller's. */
async function lateDeal(world: World): Promise<string> {
  const offer = await offerChannel(world, { title: "Trails and maps" }, "alina_trails");
  const { status, body } = await world.http(people.stranger).post("/api/deals", { code: offer.code });
  expect(status).toBe(201);
  return body.id;
}
