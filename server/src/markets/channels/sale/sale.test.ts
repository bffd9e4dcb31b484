import { afterEach, beforeEach, expect, test } from "bun:test";
import { asc, eq } from "drizzle-orm";
import {
  delivered,
  expectStatus,
  gather,
  joined,
  offerChannel,
  paid,
  type Sale,
} from "../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { isChainIntact } from "../evidence.ts";
import { evidence, sales } from "../tables.ts";
import { lookNow, workers } from "../workers.ts";
import { beginHold, beginTransfer, closeSale, stopWatching, sweepLooks } from "./follow-deal.ts";
import { recordMembership } from "./notice-membership.ts";
import { recordLook } from "./record-look.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await gather(world);
});
afterEach(() => world.close());

const saleOf = async (sale: Pick<Sale, "dealId">) =>
  (await world.ctx().db.select().from(sales).where(eq(sales.dealId, sale.dealId)))[0];
const chainOf = (sale: Pick<Sale, "dealId">) =>
  world.ctx().db.select().from(evidence).where(eq(evidence.dealId, sale.dealId)).orderBy(asc(evidence.seq));

test("the evidence of a sale is a chain: any change of it is found", async () => {
  const sale = await delivered(world);
  const chain = await chainOf(sale);
  expect(chain.map((entry) => entry.kind)).toContain("delivered");
  expect(isChainIntact(sale.dealId, chain)).toBe(true);
  const [first, ...rest] = chain;
  if (!first) throw new Error("no evidence");
  expect(isChainIntact(sale.dealId, [{ ...first, facts: { ...first.facts, forged: true } }, ...rest])).toBe(
    false,
  );
  expect(isChainIntact(sale.dealId, rest)).toBe(false);
  expect(isChainIntact("01a1f883-84c8-7c83-8f38-2d12fcad1041", chain)).toBe(false);
  const erase = async () =>
    world.app.context().db.execute(`delete from channels.evidence where deal_id = '${sale.dealId}'`);
  await expect(erase()).rejects.toThrow();
});

test("every worker of the market survives running twice", async () => {
  const sale = await paid(world);
  const before = await saleOf(sale);
  for (const one of workers.filter(({ job }) =>
    ["channels.sale-funded", "channels.look", "channels.sale-recheck", "channels.sweep-sales"].includes(
      job.name,
    ),
  )) {
    for (let run = 0; run < 2; run += 1)
      await one.run(world.ctx(), { dealId: sale.dealId }, { key: "again", attempt: 1, isLast: false });
  }
  await world.settle();
  const after = await saleOf(sale);
  expect([after?.phase, after?.lastFinding]).toEqual([before?.phase, before?.lastFinding] as never);
  await expectStatus(world, sale, "IN_ESCROW");
});

test("news that comes late or twice changes nothing", async () => {
  const sale = await paid(world);
  await beginTransfer(world.ctx(), { dealId: sale.dealId });
  expect((await saleOf(sale))?.phase).toBe("transfer");
  await beginHold(world.ctx(), { dealId: sale.dealId });
  await beginTransfer(world.ctx(), { dealId: sale.dealId });
  expect((await saleOf(sale))?.phase).toBe("hold");
  expect(
    await recordLook(world.ctx(), { dealId: sale.dealId, phase: "transfer", look: { kind: "gone" } }),
  ).toEqual({ finding: "late" });
  await stopWatching(world.ctx(), { dealId: sale.dealId });
  expect((await saleOf(sale))?.nextLookAt).toBeNull();
});

test("closing a sale twice opens the offer once, and never sells what was refunded", async () => {
  const sale = await joined(world);
  for (let run = 0; run < 2; run += 1) await closeSale(world.ctx(), { dealId: sale.dealId, how: "expired" });
  expect((await world.http(people.seller).get(`/api/listings/${sale.listingId}`)).body.status).toBe("active");
});

test("a look that a lost job left behind is found and asked for again", async () => {
  const sale = await paid(world);
  await world
    .ctx()
    .db.update(sales)
    .set({ nextLookAt: new Date(Date.now() - 600_000) })
    .where(eq(sales.dealId, sale.dealId));
  expect(await sweepLooks(world.ctx(), {})).toEqual({ found: 1 });
  await world.settle();
  expect((await saleOf(sale))?.nextLookAt?.getTime()).toBeGreaterThan(Date.now());
});

test("membership of people who are no party is no evidence", async () => {
  const sale = await paid(world);
  const before = (await chainOf(sale)).length;
  await recordMembership(world.ctx(), {
    telegramId: sale.telegramId,
    byTelegramId: "1009",
    subjectTelegramId: "1009",
    status: "member",
    isBot: false,
  });
  expect((await chainOf(sale)).length).toBe(before);
});

test("Telegram that is silent decides nothing: the deal waits, and an hour before the end a person is asked", async () => {
  const sale = await delivered(world);
  for (const method of ["getChat", "getChatMember"]) {
    world.telegram.faults.next(
      method,
      ...Array.from({ length: 500 }, () => ({
        kind: "status" as const,
        status: 502,
        description: "Bad Gateway",
      })),
    );
  }
  await lookNow(world.ctx({ kind: "system", name: "test" }), sale.dealId);
  await expectStatus(world, sale, "LIVE");
  await world.advance(86_400 - 3_000);
  await expectStatus(world, sale, "DISPUTED");
}, 60_000);

test("three unpaid deals at once are the most, and two that ran out bring a pause", async () => {
  await gather(world, [1006]);
  const names = ["morning_roast", "alina_trails", "quiet_shelf"];
  const offers = [];
  for (const name of names) offers.push(await offerChannel(world, { title: `Offer ${name}` }, name));
  const join = (listingId: string | undefined) => world.http(people.buyer).post("/api/deals", { listingId });
  for (const offer of offers) expect((await join(offer.listingId)).status).toBe(201);
  await world.telegram.act(1006, {
    type: "addBot",
    channelId: world.telegram.world().channels.find((one) => one.username === "sql_morning")?.id ?? 0,
  });
  const fourth = await world.http(1006).post("/api/channels", { chat: "@sql_morning" });
  const listing = await world.http(1006).post("/api/listings", {
    channelId: fourth.body.id,
    title: "Fourth",
    description: "",
    category: "technology",
    price: { amount: "1000000000", asset: "TON" },
    visibility: "public",
  });
  expect((await join(listing.body.id)).body.error.code).toBe("channels.too_many_unpaid");
  await world.advance(3_800);
  expect((await join(listing.body.id)).body.error.code).toBe("channels.paused_after_expiries");
  await world.advance(86_400);
  expect((await join(listing.body.id)).status).toBe(201);
}, 60_000);
