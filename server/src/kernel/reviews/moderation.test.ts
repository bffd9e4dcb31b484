import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../test/world.ts";
import { createWords } from "../../platform/words.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { codeOf, createReviewWorld, order, type ReviewWorld } from "./reviews.fixture.ts";
import { decidedComplaint, reportReason } from "./shapes.ts";

let world: ReviewWorld;
beforeAll(async () => {
  world = await createReviewWorld();
});
afterAll(() => world.close());

const { buyer, seller, stranger, arbiter, other } = people;
const hide = (reviewId: string, body: unknown, person: number = arbiter) =>
  world.http(person).post(`/api/admin/reviews/${reviewId}/hide`, body);
const restore = (reviewId: string, body: unknown = {}) =>
  world.http(arbiter).post(`/api/admin/reviews/${reviewId}/restore`, body);
const decide = (complaintId: string, body: unknown, person: number = arbiter) =>
  world.http(person).post(`/api/admin/complaints/${complaintId}/decide`, body);
const complaintsOf = async (state: string) =>
  (await world.http(arbiter).get(`/api/admin/complaints?state=${state}`)).body.items;

test("a hidden review is gone for everybody and out of the average; restored, it counts again; repeating changes nothing", async () => {
  const { reviewId } = await world.review(buyer, seller, { stars: 1 });
  await world.review(stranger, seller, { stars: 4 });
  expect((await hide(reviewId, { why: "insult" }, stranger)).status).toBe(403);
  for (let again = 0; again < 2; again += 1) {
    const hidden = await hide(reviewId, { why: "insult" });
    expect(hidden.body).toMatchObject({
      state: "hidden",
      hiddenWhy: "insult",
      writer: { id: String(buyer) },
    });
    expect(await world.rating(seller)).toEqual([1, 4]);
  }
  expect((await world.http(null).get(`/api/reviews?user=${seller}`)).body.items.length).toBe(1);
  expect((await world.told(buyer)).filter((kind) => kind === "reviews.hidden").length).toBe(1);
  const listed = (await world.http(arbiter).get("/api/admin/reviews?state=hidden")).body.items;
  expect(listed.map((one: { id: string }) => one.id)).toEqual([reviewId]);
  for (let again = 0; again < 2; again += 1) {
    expect((await restore(reviewId)).body.state).toBe("shown");
    expect(await world.rating(seller)).toEqual([2, 5]);
  }
});

test("an answer is hidden by itself; its writer still sees it, and cannot change it", async () => {
  const { reviewId } = await world.review(buyer, seller, { stars: 3 });
  await world.http(seller).put(`/api/reviews/${reviewId}/answer`, { text: "Fool!" });
  expect((await hide(reviewId, { part: "answer", why: "insult" })).body).toMatchObject({
    state: "shown",
    isAnswerHidden: true,
    answer: { text: "Fool!" },
  });
  const seenBy = async (person: number) =>
    (await world.http(person).get(`/api/reviews?user=${seller}&limit=1`)).body.items[0];
  expect((await seenBy(buyer)).answer).toBeNull();
  expect(await seenBy(seller)).toMatchObject({ answer: { text: "Fool!" }, answerUntil: null });
  const changed = await world.http(seller).put(`/api/reviews/${reviewId}/answer`, { text: "Sorry" });
  expect(changed.body.error.code).toBe("reviews.answer_closed");
  await restore(reviewId, { part: "answer" });
  expect((await seenBy(buyer)).answer.text).toBe("Fool!");
});

test("nobody moderates what they are part of", async () => {
  const { reviewId } = await world.review(buyer, arbiter, { stars: 1 });
  expect((await hide(reviewId, { why: "false" })).body.error.code).toBe("reviews.involved");
  const { body } = await world.http(arbiter).post(`/api/reviews/${reviewId}/report`, { reason: "false" });
  const uphold = (person: number) => decide(body.id, { state: "upheld" }, person);
  expect((await uphold(arbiter)).body.error.code).toBe("reviews.involved");
  expect((await uphold(other)).body).toMatchObject({ state: "upheld", review: { state: "hidden" } });
});

test("a report is one per reader and review; upheld, the review is hidden; the reporter hears", async () => {
  const { reviewId } = await world.review(buyer, seller, { stars: 1, text: "A cheat!" });
  const report = (person: number, body: unknown) =>
    world.http(person).post(`/api/reviews/${reviewId}/report`, body);
  expect((await report(buyer, { reason: "false" })).body.error.code).toBe("reviews.not_yourself");
  expect((await report(seller, { reason: "bad" })).status).toBe(422);
  expect((await report(seller, { reason: "false", part: "answer" })).status).toBe(404);
  const first = await report(seller, { reason: "false", text: "Never happened" });
  expect([first.status, first.body.state]).toEqual([201, "open"]);
  expect((await report(seller, { reason: "false", text: "Never happened" })).body).toEqual(first.body);
  expect((await report(seller, { reason: "spam" })).body.error.code).toBe("reviews.already_complained");
  const second = await report(stranger, { reason: "spam" });
  const before = await world.rating(seller);
  const waiting = (await complaintsOf("open")).find((one: { id: string }) => one.id === first.body.id);
  expect(waiting).toMatchObject({ market: "reviews", reason: "false", review: { id: reviewId, stars: 1 } });
  expect((await decide(first.body.id, { state: "upheld", note: "seen" })).body).toMatchObject({
    state: "upheld",
    note: "seen",
    review: { state: "hidden" },
  });
  expect(await world.rating(seller)).toEqual([(before[0] ?? 0) - 1, (before[1] ?? 0) - 1]);
  expect((await decide(first.body.id, { state: "upheld" })).status).toBe(200);
  expect((await decide(first.body.id, { state: "dismissed" })).body.error.code).toBe(
    "reviews.complaint_decided",
  );
  expect((await report(arbiter, { reason: "spam" })).status).toBe(404);
  expect(await world.told(seller)).toContain("reviews.complaint_upheld");
  expect((await complaintsOf("upheld")).map((one: { id: string }) => one.id)).toContain(second.body.id);
  expect((await world.told(stranger)).filter((kind) => kind === "reviews.complaint_upheld").length).toBe(1);
});

test("a market's complaint takes the market's reasons, and the market is told once what came of it", async () => {
  const subject = order();
  const then = "reviews_test.decided";
  await world.app.jobs.boss.createQueue(then);
  expect(await codeOf(world.complain(buyer, seller, { reason: "rude" }))).toBe("reviews.reason_unknown");
  expect(await codeOf(world.complain(buyer, buyer))).toBe("reviews.not_yourself");
  const { complaintId } = await world.complain(buyer, seller, { subject, then, text: "Nobody answers" });
  expect((await world.complain(buyer, seller, { subject, then, text: "Nobody answers" })).complaintId).toBe(
    complaintId,
  );
  expect(await codeOf(world.complain(buyer, seller, { subject, reason: "insult" }))).toBe(
    "reviews.already_complained",
  );
  expect((await decide(complaintId, { state: "dismissed" }, seller)).status).toBe(403);
  for (let again = 0; again < 2; again += 1)
    expect((await decide(complaintId, { state: "dismissed" })).status).toBe(200);
  const jobs = await world.app.jobs.boss.fetch<{ payload: unknown }>(then, { batchSize: 10 });
  expect(jobs.map((one) => decidedComplaint.parse(one.data.payload))).toEqual([
    {
      complaintId,
      subjectKind: subject.kind,
      subjectId: subject.id,
      authorId: world.id(buyer),
      personId: world.id(seller),
      reason: "spam",
      state: "dismissed",
    },
  ]);
  expect(await world.told(buyer)).toContain("reviews.complaint_dismissed");
  expect((await complaintsOf("dismissed"))[0]).toMatchObject({ id: complaintId, review: null });
});

test("moderators hear that complaints wait, once an hour", async () => {
  const before = (await world.told(other)).filter((kind) => kind === "reviews.complaints_wait").length;
  expect(before).toBe(1);
  await world.advance(3_600);
  for (let n = 0; n < 3; n += 1) await world.complain(buyer, seller);
  expect((await world.told(other)).filter((kind) => kind === "reviews.complaints_wait").length).toBe(2);
});

test("both languages have the same words, and a notice names the reason", () => {
  const keys = (value: unknown, path = ""): string[] =>
    value !== null && typeof value === "object"
      ? Object.entries(value).flatMap(([name, inner]) => keys(inner, `${path}.${name}`))
      : [path];
  expect(keys(ru).sort()).toEqual(keys(en).sort());
  const words = createWords({ reviews: { en, ru } });
  for (const why of reportReason.options) {
    expect(words.say("ru", "reviews:notices.hidden.body", { why })).toContain(ru.complaints[why]);
    expect(words.say("en", "reviews:notices.answer_hidden.body", { why })).toContain(en.complaints[why]);
  }
});
