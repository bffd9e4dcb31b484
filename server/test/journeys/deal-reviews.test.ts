import { afterEach, beforeEach, expect, test } from "bun:test";
import { askBoth } from "../../src/kernel/reviews/deals/ask-both.ts";
import { adPost } from "../../src/markets/channels/placements/deal-kind.ts";
import { system } from "../../src/platform/context.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";
import { dayS, delivered, expectStatus, gather, paid, type Sale, sign } from "./channel-sale.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld({ env: { STAFF: `${people.arbiter}:arbiter,${people.other}:moderator` } });
  await gather(world);
});
afterEach(async () => {
  try {
    await expectSoundLedger(world);
  } finally {
    await world.close();
  }
});

const { buyer, seller, other, stranger } = people;
const review = (person: number, { dealId }: Sale, stars: number, text = "") =>
  world.http(person).post(`/api/deals/${dealId}/review`, { stars, text });
const seenBy = async (person: number, { dealId }: Sale) =>
  (await world.http(person).get(`/api/deals/${dealId}/reviews`)).body;
const ratingOf = async (person: number) =>
  (await world.http(null).get(`/api/reviews?user=${person}`)).body.rating;
const told = async (person: number): Promise<string[]> =>
  (await world.http(person).get("/api/notifications?limit=100")).body.items.map(
    (one: { kind: string }) => one.kind,
  );

async function released(): Promise<Sale> {
  const sale = await delivered(world);
  await world.advance(dayS - 300);
  await world.advance(600);
  await expectStatus(world, sale, "RELEASED");
  return sale;
}

test("both review a settled sale, see both at once, the averages are exact; a complaint is upheld and they change", async () => {
  const sale = await released();
  expect(await told(buyer)).not.toContain("reviews.rate_deal");
  await world.advance(3_700);
  expect(await told(buyer)).toContain("reviews.rate_deal");
  expect(await told(seller)).toContain("reviews.rate_deal");
  for (let again = 0; again < 2; again += 1)
    await askBoth(world.ctx(system("test")), { dealId: sale.dealId });
  expect((await told(buyer)).filter((kind) => kind === "reviews.rate_deal").length).toBe(1);

  const first = await review(buyer, sale, 2, "Slow, and rude");
  expect([first.status, first.body.hasReviewed, first.body.mayReview]).toEqual([201, true, false]);
  expect(first.body.reviews).toMatchObject([{ state: "waiting", stars: 2, role: "seller" }]);
  expect((await review(buyer, sale, 2, "Slow, and rude")).status).toBe(201);
  expect((await review(buyer, sale, 5)).body.error.code).toBe("reviews.already_reviewed");
  await world.settle();
  expect(await seenBy(seller, sale)).toMatchObject({ mayReview: true, hasReviewed: false, reviews: [] });
  expect(await told(seller)).toContain("reviews.other_wrote");
  expect(await ratingOf(seller)).toEqual({ count: 0, sum: 0, average: null });

  expect((await review(seller, sale, 5, "Paid at once")).body.reviews.length).toBe(2);
  await world.settle();
  for (const person of [buyer, seller])
    expect((await seenBy(person, sale)).reviews.map((one: { state: string }) => one.state)).toEqual([
      "shown",
      "shown",
    ]);
  expect(await ratingOf(seller)).toEqual({ count: 1, sum: 2, average: 2 });
  expect(await ratingOf(buyer)).toEqual({ count: 1, sum: 5, average: 5 });
  expect(await told(seller)).toContain("reviews.shown");

  const [about] = (await world.http(seller).get(`/api/reviews?user=${seller}`)).body.items;
  const answer = await world.http(seller).put(`/api/reviews/${about.id}/answer`, { text: "I was ill" });
  expect(answer.status).toBe(204);
  const report = await world.http(seller).post(`/api/reviews/${about.id}/report`, { reason: "insult" });
  const decided = await world
    .http(other)
    .post(`/api/admin/complaints/${report.body.id}/decide`, { state: "upheld" });
  expect(decided.body.review.state).toBe("hidden");
  expect(await ratingOf(seller)).toEqual({ count: 0, sum: 0, average: null });
  expect(
    (await seenBy(buyer, sale)).reviews.find((one: { author: { isMe: boolean } }) => one.author.isMe),
  ).toMatchObject({
    state: "hidden",
    hiddenWhy: "insult",
  });
  expect((await seenBy(seller, sale)).reviews.length).toBe(1);
  await world.http(other).post(`/api/admin/reviews/${about.id}/restore`, {});
  expect(await ratingOf(seller)).toEqual({ count: 1, sum: 2, average: 2 });
}, 120_000);

test("one review alone is shown at the end of thirty days; then nobody can write any more; strangers never could", async () => {
  const sale = await released();
  expect((await review(stranger, sale, 1)).body.error.code).toBe("reviews.deal_not_found");
  expect((await review(people.arbiter, sale, 1)).status).toBe(404);
  expect((await world.http(stranger).get(`/api/deals/${sale.dealId}/reviews`)).status).toBe(404);
  const { until } = await seenBy(seller, sale);
  const left = (Date.parse(until) - world.app.context().clock.date().getTime()) / 1000;
  expect(left).toBeGreaterThan(29 * dayS);
  await review(seller, sale, 4);
  await world.advance(Math.floor(left) - 60);
  expect((await ratingOf(buyer)).count).toBe(0);
  expect((await seenBy(buyer, sale)).mayReview).toBe(true);
  await world.advance(120);
  expect(await ratingOf(buyer)).toEqual({ count: 1, sum: 4, average: 4 });
  expect((await review(buyer, sale, 1)).body.error.code).toBe("reviews.window_over");
  expect(await seenBy(buyer, sale)).toMatchObject({ mayReview: false, hasReviewed: false });
}, 120_000);

test("a deal that paid nobody has no reviews: not while it runs, and not when it was refunded whole", async () => {
  const sale = await paid(world);
  expect((await review(buyer, sale, 5)).body.error.code).toBe("reviews.deal_not_reviewable");
  const { body } = await world.http(seller).post(`/api/deals/${sale.dealId}/refund`);
  await sign(world, seller, body.message.messages);
  await world.settle();
  await expectStatus(world, sale, "REFUNDED");
  await world.advance(2 * dayS);
  expect((await review(seller, sale, 5)).body.error.code).toBe("reviews.deal_not_reviewable");
  expect(await seenBy(buyer, sale)).toEqual({
    until: null,
    mayReview: false,
    hasReviewed: false,
    reviews: [],
  });
  expect(await told(buyer)).not.toContain("reviews.rate_deal");
}, 120_000);

test("what an advertiser says of a publisher counts for the channel too", () => {
  const deal = { subject: { channelId: "c" } } as Parameters<NonNullable<typeof adPost.reviewed>>[0];
  expect(adPost.reviewed?.(deal, "seller")).toEqual({
    role: "publisher",
    also: [{ kind: "channel", id: "c", role: "publisher" }],
  });
  expect(adPost.reviewed?.(deal, "buyer")).toEqual({ role: "advertiser" });
});
