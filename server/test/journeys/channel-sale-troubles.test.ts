import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";
import {
  dayS,
  dealOf,
  delivered,
  expectStatus,
  gather,
  joined,
  offerChannel,
  paid,
  payment,
  type Sale,
  sign,
  timelineKinds,
} from "./channel-sale.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await gather(world);
});
afterEach(async () => {
  try {
    await expectSoundLedger(world);
  } finally {
    await world.close();
  }
});

const listing = async (sale: Pick<Sale, "listingId">) =>
  (await world.http(people.seller).get(`/api/listings/${sale.listingId}`)).body;
const transfer = (sale: Sale, from: number, to: number) =>
  world.telegram.act(from, { type: "transferChannel", channelId: Number(sale.telegramId), toPerson: to });
const notices = async (person: number): Promise<string[]> =>
  (await world.http(person).get("/api/notifications?limit=100")).body.items.map(
    (one: { kind: string }) => one.kind,
  );

describe("before the money is there", () => {
  test("not paid in time: expired only after the chain is past it, and the offer is open again", async () => {
    const sale = await joined(world);
    await payment(world, sale.dealId);
    await world.advance(3_600);
    await expectStatus(world, sale, "PENDING");
    await world.advance(120);
    await expectStatus(world, sale, "EXPIRED");
    expect((await listing(sale)).status).toBe("active");
    expect((await world.http(people.buyer).get(`/api/deals/${sale.dealId}/payment`)).status).toBe(409);
    expect(await notices(people.seller)).toContain("deals.expired_seller");
  });

  test("cancelled, and funded all the same: the money goes back and both are told", async () => {
    const sale = await joined(world);
    const { messages } = await payment(world, sale.dealId);
    expect((await world.http(people.seller).post(`/api/deals/${sale.dealId}/cancel`)).status).toBe(200);
    await expectStatus(world, sale, "CANCELLED");
    await sign(world, people.buyer, messages);
    await world.advance(dayS + 60);
    const deal = await dealOf(world, sale);
    expect(deal.escrow.state).toBe("Settled");
    expect(deal.outcome.sellerBps).toBe(0);
    expect(deal.outcome.buyerCreditedAt).not.toBeNull();
  });

  test("a short payment comes back whole and changes nothing", async () => {
    const sale = await joined(world);
    const { messages } = await payment(world, sale.dealId);
    await sign(world, people.buyer, messages, { amount: 5_000_000_000n });
    await world.http(people.buyer).post(`/api/deals/${sale.dealId}/recheck`);
    await world.settle();
    await expectStatus(world, sale, "PENDING");
    await sign(world, people.buyer, messages);
    await expectStatus(world, sale, "IN_ESCROW");
  });

  test("a stranger's payment comes back to the stranger and buys nothing", async () => {
    const sale = await joined(world);
    const { messages } = await payment(world, sale.dealId);
    await sign(world, people.stranger, messages);
    await world.http(people.buyer).post(`/api/deals/${sale.dealId}/recheck`);
    await world.settle();
    await expectStatus(world, sale, "PENDING");
  });

  test("a repeated payment comes back, the first one counts", async () => {
    const sale = await paid(world);
    const deal = await dealOf(world, sale);
    await world.ton.transfer({ from: people.buyer, to: deal.escrow.address, amount: 13_000_000_000n });
    await world.settle();
    await expectStatus(world, sale, "IN_ESCROW");
    const account = await world.app
      .context()
      .gateways.ton.account(rawOf(deal.terms.stateInit, deal.escrow.address));
    expect(account.balance).toBeLessThan(13_000_000_000n);
  });

  test("the seller lost the channel after joining: no payment request is served", async () => {
    const sale = await joined(world);
    await transfer(sale, people.seller, people.stranger);
    const refused = await world.http(people.buyer).get(`/api/deals/${sale.dealId}/payment`);
    expect(refused.status).toBe(409);
    expect(refused.body.error.code).toBe("channels.seller_lost_channel");
  });
});

describe("while the channel is to be transferred", () => {
  test("the seller gives up: all of the price goes back", async () => {
    const sale = await paid(world);
    const { body } = await world.http(people.seller).post(`/api/deals/${sale.dealId}/refund`);
    await sign(world, people.seller, body.message.messages);
    await expectStatus(world, sale, "REFUNDED");
    expect((await listing(sale)).status).toBe("active");
  });

  test("not delivered by the deadline: refunded after a fresh look", async () => {
    const sale = await paid(world);
    await world.advance(3 * dayS + 120);
    await world.advance(120);
    await expectStatus(world, sale, "REFUNDED");
  });

  test("delivered in the last minute is not refunded by the clock", async () => {
    const sale = await paid(world);
    await world.advance(3 * dayS - 240);
    await transfer(sale, people.seller, people.buyer);
    await world.settle();
    await expectStatus(world, sale, "LIVE");
  });

  test("transferred to a third person: it cannot be delivered, and after the challenge the money goes back", async () => {
    const sale = await paid(world);
    await transfer(sale, people.seller, people.stranger);
    await world.advance(360);
    expect((await dealOf(world, sale)).escrow.state).toBe("Breached");
    await world.advance(dayS + 60);
    await expectStatus(world, sale, "REFUNDED");
  });

  test("a channel that lost its name before the transfer is not taken as delivered", async () => {
    const sale = await paid(world);
    await world.telegram.act(people.seller, {
      type: "editChannel",
      channelId: Number(sale.telegramId),
      username: null,
    });
    await transfer(sale, people.seller, people.buyer);
    await world.settle();
    await expectStatus(world, sale, "DISPUTED");
  });
});

describe("in the hold", () => {
  test("the bot put out by the buyer, now owner: no breach, the clock runs to release", async () => {
    const sale = await delivered(world);
    await world.telegram.act(people.buyer, { type: "kickBot", channelId: Number(sale.telegramId) });
    await world.settle();
    await expectStatus(world, sale, "LIVE");
    await world.advance(dayS + 120);
    await expectStatus(world, sale, "RELEASED");
  });

  test("the bot put out by the new owner before we could look: Telegram's word of the transfer is the delivery", async () => {
    const sale = await paid(world);
    await transfer(sale, people.seller, people.buyer);
    await world.telegram.act(people.buyer, { type: "kickBot", channelId: Number(sale.telegramId) });
    await world.settle();
    await expectStatus(world, sale, "LIVE");
    await world.advance(dayS + 120);
    await expectStatus(world, sale, "RELEASED");
  });

  test("the channel passed on by the buyer: no breach, the clock runs to release", async () => {
    const sale = await delivered(world);
    await transfer(sale, people.buyer, people.other);
    await world.settle();
    await world.advance(dayS + 120);
    await expectStatus(world, sale, "RELEASED");
  });

  test("the bot put out by the seller's side: frozen, and the arbiter decides", async () => {
    const sale = await delivered(world);
    await world.telegram.act(people.seller, { type: "kickBot", channelId: Number(sale.telegramId) });
    await world.settle();
    await expectStatus(world, sale, "DISPUTED");
    await resolve(sale, 10_000);
    await expectStatus(world, sale, "RELEASED");
  });

  test("both agree on a split: each gets their part, the fee only of the seller's", async () => {
    const sale = await delivered(world);
    for (const person of [people.seller, people.buyer]) {
      const { body } = await world.http(person).post(`/api/deals/${sale.dealId}/agree`, { sellerBps: 6_000 });
      await sign(world, person, body.message.messages);
    }
    const deal = await dealOf(world, sale);
    expect(deal.outcome).toMatchObject({
      sellerBps: 6_000,
      seller: { amount: "7275000000" },
      buyer: { amount: "5000000000" },
      fee: { amount: "225000000" },
    });
    await expectStatus(world, sale, "RELEASED");
  });

  test("dispute: clocks stop, the arbiter decides with their own wallet, the contract executes", async () => {
    const sale = await delivered(world);
    const { status, body } = await world.http(people.buyer).post(`/api/deals/${sale.dealId}/dispute`, {
      reason: "not_as_described",
      text: "Half of the posts were deleted before the transfer.",
    });
    expect(status).toBe(200);
    await sign(world, people.buyer, body.message?.messages ?? []);
    await expectStatus(world, sale, "DISPUTED");
    await world.advance(2 * dayS);
    await expectStatus(world, sale, "DISPUTED");
    await resolve(sale, 2_500);
    const deal = await dealOf(world, sale);
    expect(deal.outcome.sellerBps).toBe(2_500);
    const kinds = await timelineKinds(world, sale);
    expect(kinds).toContain("resolved");
    // We disputed for the buyer at once; that their own message found it done is no news.
    expect(kinds.filter((kind) => kind.endsWith("_returned"))).toEqual([]);
  });

  test("the arbiter silent: the fallback of the agreement, here release", async () => {
    const sale = await delivered(world);
    const { body } = await world.http(people.buyer).post(`/api/deals/${sale.dealId}/dispute`, {
      reason: "other",
      text: "I have changed my mind about it.",
    });
    await sign(world, people.buyer, body.message?.messages ?? []);
    await world.advance(21 * dayS + 120);
    await expectStatus(world, sale, "RELEASED");
  });
});

async function resolve(sale: Sale, sellerBps: number): Promise<void> {
  const desk = await world.http(people.arbiter).get("/api/admin/deals");
  expect(desk.body.items.map((one: { id: string }) => one.id)).toContain(sale.dealId);
  const { status, body } = await world.http(people.arbiter).post(`/api/admin/deals/${sale.dealId}/resolve`, {
    sellerBps,
    note: "Looked at the evidence of both sides.",
  });
  expect(status).toBe(200);
  await sign(world, people.arbiter, body.message.messages);
}

const rawOf = (_stateInit: unknown, address: string): string =>
  Buffer.from(address, "base64url").subarray(2, 34).toString("hex").replace(/^/, "0:");

test("two buyers at once: one deal", async () => {
  await gather(world, [people.stranger]);
  const offer = await offerChannel(world);
  const [one, two] = await Promise.all(
    [people.buyer, people.stranger].map((person) =>
      world.http(person).post("/api/deals", { listingId: offer.listingId }),
    ),
  );
  expect([one?.status, two?.status].sort()).toEqual([201, 409]);
  const again = await world
    .http(one?.status === 201 ? people.buyer : people.stranger)
    .post("/api/deals", { listingId: offer.listingId });
  expect(again.body.id).toBe((one?.status === 201 ? one : two)?.body.id);
});
