import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../test/world.ts";
import { system } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { ratingsOf, reviewsAbout, reviewsOf, targetKey } from "./index.ts";
import { codeOf, createReviewWorld, order, type ReviewWorld } from "./reviews.fixture.ts";
import { showReview } from "./show-review.ts";

let world: ReviewWorld;
beforeAll(async () => {
  world = await createReviewWorld();
});
afterAll(() => world.close());

const { buyer, seller, stranger, arbiter, other } = people;
const listOf = async (reader: number | null, query: string) =>
  (await world.http(reader).get(`/api/reviews${query}`)).body;
const inDays = (days: number) => new Date(world.app.context().clock.date().getTime() + days * 86_400_000);

test("one review per author, subject and person: the same again changes nothing, another is refused", async () => {
  const subject = order();
  const first = await world.review(buyer, seller, { subject, stars: 4, text: " Good work " });
  expect(first.isShown).toBe(true);
  expect(await world.review(buyer, seller, { subject, stars: 4, text: "Good work" })).toEqual(first);
  expect(await codeOf(world.review(buyer, seller, { subject, stars: 5 }))).toBe("reviews.already_reviewed");
  // Of another who was there something else may be said.
  const person = { id: world.id(stranger), role: "seller" };
  const second = await world.review(buyer, stranger, { subject, stars: 2, person });
  expect(second.reviewId).not.toBe(first.reviewId);
  expect(await codeOf(world.review(buyer, stranger, { subject, stars: 3, person }))).toBe(
    "reviews.already_reviewed",
  );
  expect(await world.rating(stranger, "seller")).toEqual([1, 2]);
  expect(await world.rating(seller)).toEqual([1, 4]);
  expect(await codeOf(world.review(buyer, buyer))).toBe("reviews.not_yourself");
  expect(await codeOf(world.review(buyer, seller, { stars: 6 }))).toBe("platform.invalid");
  expect(await codeOf(world.review(buyer, seller, { text: "x".repeat(1001) }))).toBe("platform.invalid");
});

test("the person reviewed is told in the inbox and by the bot; the list says who by first name only", async () => {
  await world.telegram.act(other, { type: "startBot" });
  await world.settle();
  await world.review(buyer, other, { stars: 3, text: "Late <b>" });
  await world.settle();
  expect(await world.told(other)).toContain("reviews.shown");
  expect(world.inChat(other)).toContain("A burst pipe");
  const page = await listOf(null, `?user=${other}&role=executor`);
  expect(page.rating).toEqual({ count: 1, sum: 3, average: 3 });
  expect(page.items[0]).toMatchObject({ stars: 3, text: "Late <b>", role: "executor", state: "shown" });
  expect(Object.keys(page.items[0].author)).toEqual(["firstName", "isMe"]);
  expect(JSON.stringify(page)).not.toContain("burst pipe");
});

test("lists go by target, part and page; a stranger to us has none", async () => {
  const channel = newId();
  for (const stars of [1, 2, 3])
    await world.review(stranger, seller, {
      stars,
      person: { id: world.id(seller), role: "publisher" },
      also: [{ kind: "channel", id: channel, role: "channel" }],
    });
  const stars = (page: { items: { stars: number }[] }) => page.items.map((one) => one.stars);
  const first = await listOf(null, `?channel=${channel}&limit=2`);
  expect([stars(first), first.rating]).toEqual([[3, 2], { count: 3, sum: 6, average: 2 }]);
  expect(stars(await listOf(null, `?channel=${channel}&limit=2&cursor=${first.next}`))).toEqual([1]);
  expect(stars(await listOf(null, `?user=${seller}&role=publisher`))).toEqual([3, 2, 1]);
  expect((await listOf(null, `?user=${seller}`)).rating).toEqual({ count: 4, sum: 10, average: 2.5 });
  expect(await listOf(null, "?user=999")).toEqual({
    items: [],
    next: null,
    rating: { count: 0, sum: 0, average: null },
  });
  const newest = await listOf(null, "?limit=1");
  expect([stars(newest), newest.rating]).toEqual([[3], null]);
  for (const bad of ["?role=executor", `?user=${seller}&channel=${channel}`, "?cursor=x", "?user=me"])
    expect((await world.http(null).get(`/api/reviews${bad}`)).status).toBe(422);
});

test("double-blind: hidden to everyone but its author, until the other side has written", async () => {
  const subject = order();
  const blindUntil = inDays(30);
  const before = await world.rating(arbiter);
  const one = await world.review(stranger, arbiter, { subject, stars: 2, blindUntil });
  expect(one.isShown).toBe(false);
  expect(await world.rating(arbiter)).toEqual(before);
  expect((await listOf(arbiter, `?user=${arbiter}`)).items).toEqual([]);
  const two = await world.review(arbiter, stranger, { subject, stars: 5, blindUntil });
  expect(two.isShown).toBe(true);
  expect([await world.rating(arbiter), await world.rating(stranger)]).toEqual([
    [1, 2],
    [1, 5],
  ]);
  expect((await listOf(stranger, `?user=${arbiter}`)).items[0]).toMatchObject({
    stars: 2,
    author: { isMe: true },
  });
  expect(await world.told(arbiter)).toContain("reviews.shown");
});

test("markets read the reviews of a subject as its people may see them, and averages of many at once", async () => {
  const subject = order();
  await world.review(other, stranger, {
    subject,
    blindUntil: inDays(1),
    person: { id: world.id(stranger), role: "seller" },
  });
  const seenBy = async (person: number) => {
    const actor = {
      kind: "user",
      userId: world.id(person),
      telegramId: String(person),
      staffRoles: [],
    } as const;
    return (await reviewsOf(world.ctx(actor), subject)).map((one) => one.state);
  };
  expect([await seenBy(other), await seenBy(stranger)]).toEqual([["waiting"], []]);
  const asked = [arbiter, stranger, buyer].map((person) => ({
    kind: "user" as const,
    id: world.id(person),
    role: "executor",
  }));
  const averages = await ratingsOf(world.ctx().db, asked);
  expect(asked.map((one) => averages.get(targetKey(one))?.average)).toEqual([2, 5, null]);
  const about = { kind: "user" as const, id: world.id(arbiter) };
  expect((await reviewsAbout(world.ctx(), about, { limit: 5 })).items.length).toBe(1);
});

test("double-blind: at the end of the window it is shown alone, once, and never before", async () => {
  const { reviewId } = await world.review(seller, stranger, { stars: 1, blindUntil: inDays(2) });
  await world.settle();
  const early = showReview(world.ctx(system("test")), { reviewId });
  expect(await codeOf(early)).not.toBe("done");
  await world.advance(86_400);
  expect(await world.rating(stranger)).toEqual([1, 5]);
  await world.advance(86_401);
  expect(await world.rating(stranger)).toEqual([2, 6]);
  const told = await world.told(stranger);
  await showReview(world.ctx(system("test")), { reviewId });
  await showReview(world.ctx(system("test"), newId()), { reviewId });
  expect(await world.rating(stranger)).toEqual([2, 6]);
  expect(await world.told(stranger)).toEqual(told);
  expect(told[0]).toBe("reviews.shown");
});

test("the person reviewed answers once and may change it for a day", async () => {
  const { reviewId } = await world.review(buyer, seller, { stars: 2 });
  const answer = (person: number, text: string) =>
    world.http(person).put(`/api/reviews/${reviewId}/answer`, { text });
  expect((await answer(stranger, "mine")).status).toBe(404);
  expect((await answer(buyer, "mine")).status).toBe(404);
  expect((await answer(seller, "")).status).toBe(422);
  expect((await answer(seller, "Sorry")).status).toBe(204);
  expect((await answer(seller, "Sorry for that")).status).toBe(204);
  const [seen] = (await listOf(seller, `?user=${seller}&role=executor&limit=1`)).items;
  expect(seen).toMatchObject({ answer: { text: "Sorry for that" }, isAboutMe: true });
  expect(seen.answerUntil).not.toBeNull();
  expect((await world.told(buyer)).filter((kind) => kind === "reviews.answered").length).toBe(1);
  await world.advance(86_400);
  expect((await answer(seller, "Sorry for that")).status).toBe(204);
  expect((await answer(seller, "No")).body.error.code).toBe("reviews.answer_closed");
  expect((await listOf(seller, `?user=${seller}&role=executor&limit=1`)).items[0].answerUntil).toBeNull();
});

test("what people wrote stays out of the action log", async () => {
  const { reviewId } = await world.review(buyer, seller);
  await world.http(seller).put(`/api/reviews/${reviewId}/answer`, { text: "call +79990001122" });
  await world.http(stranger).post(`/api/reviews/${reviewId}/report`, {
    reason: "other",
    text: "he lives at Lenina 1",
  });
  const { rows } = await world
    .ctx()
    .db.execute("select input::text || coalesce(result::text, '') as said from platform.actions");
  const said = JSON.stringify(rows);
  expect(said).toContain(reviewId);
  expect(said).not.toContain("79990001122");
  expect(said).not.toContain("Lenina");
});
