import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { people } from "../../../test/world.ts";
import { newId } from "../../platform/ids.ts";
import { codeOf, createReviewWorld, order, type ReviewWorld } from "./reviews.fixture.ts";

let world: ReviewWorld;
beforeAll(async () => {
  world = await createReviewWorld();
});
afterAll(() => world.close());

const { buyer, seller, stranger, arbiter } = people;
const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_none, index) => work(index)));

/** Ratings that differ from what their counted reviews say: there must be none. */
async function differences(): Promise<unknown[]> {
  const { rows } = await world.ctx().db.execute(sql`
    select coalesce(r.kind, c.kind) as kind, r.stars_count, c.n, r.stars_sum, c.total
    from reviews.ratings r full join (
      select t.kind, t.target_id, t.role, count(*) as n, sum(v.stars) as total
      from reviews.targets t join reviews.reviews v on v.id = t.review_id
      where v.shown_at is not null and v.hidden_at is null group by 1, 2, 3
    ) c on (c.kind, c.target_id, c.role) = (r.kind, r.target_id, r.role)
    where r.stars_count is distinct from coalesce(c.n, 0) or r.stars_sum is distinct from coalesce(c.total, 0)`);
  return rows;
}

test("forty reviews at once, of one person and over two channels, are all in the averages", async () => {
  const channels = [newId(), newId()];
  await many(40, (index) =>
    world.review(buyer, seller, {
      stars: (index % 5) + 1,
      also: (index % 2 ? channels : channels.toReversed()).map((id) => ({
        kind: "channel" as const,
        id,
        role: "channel",
      })),
    }),
  );
  expect(await world.rating(seller)).toEqual([40, 120]);
  expect(await differences()).toEqual([]);
});

test("one author writing from twenty sides writes once", async () => {
  const subject = order();
  const before = await world.rating(seller);
  const answers = await many(20, () => world.review(stranger, seller, { subject, stars: 5 }));
  expect(new Set(answers.map((one) => one.reviewId)).size).toBe(1);
  const other = order();
  const codes = await many(10, (index) =>
    codeOf(world.review(stranger, seller, { subject: other, stars: 5, text: `no ${index}` })),
  );
  expect(codes.filter((code) => code === "done").length).toBe(1);
  expect(await world.rating(seller)).toEqual([(before[0] ?? 0) + 2, (before[1] ?? 0) + 10]);
});

test("two sides that write at the same moment are shown together, every time", async () => {
  const blindUntil = new Date(world.app.context().clock.date().getTime() + 86_400_000);
  for (let round = 0; round < 12; round += 1) {
    const subject = order();
    const both = await Promise.all([
      world.review(buyer, stranger, { subject, blindUntil, stars: 4 }),
      world.review(stranger, buyer, { subject, blindUntil, stars: 2 }),
    ]);
    expect(both.filter((one) => one.isShown).length).toBe(1);
  }
  expect(await world.rating(stranger)).toEqual([12, 48]);
  expect(await world.rating(buyer)).toEqual([12, 24]);
});

test("hiding, restoring, reports and new reviews at once leave the average exact", async () => {
  const subject = order();
  const { reviewId } = await world.review(buyer, seller, { subject, stars: 1 });
  const { body } = await world.http(stranger).post(`/api/reviews/${reviewId}/report`, { reason: "spam" });
  const admin = (path: string, given: unknown) => world.http(arbiter).post(path, given);
  const steps = [
    () => admin(`/api/admin/reviews/${reviewId}/hide`, { why: "spam" }),
    () => admin(`/api/admin/reviews/${reviewId}/restore`, {}),
    () => admin(`/api/admin/complaints/${body.id}/decide`, { state: "upheld" }),
    () => world.review(stranger, seller, { stars: 3 }),
  ];
  await many(40, async (index) => steps[index % steps.length]?.());
  expect(await differences()).toEqual([]);
});

test("two moderators who disagree at the same moment: one decision, and one job", async () => {
  const then = "reviews_race.decided";
  await world.app.jobs.boss.createQueue(then);
  const { complaintId } = await world.complain(buyer, seller, { then });
  const answers = await many(10, (index) =>
    world.http(index % 2 ? arbiter : people.other).post(`/api/admin/complaints/${complaintId}/decide`, {
      state: index % 2 ? "upheld" : "dismissed",
    }),
  );
  expect(answers.filter((one) => one.status === 200).length).toBe(5);
  expect((await world.app.jobs.boss.fetch(then, { batchSize: 10 })).length).toBe(1);
});

test("reports of one review upheld by two moderators at the same moment: hidden once, each reporter told once", async () => {
  const { reviewId } = await world.review(buyer, seller, { stars: 1 });
  const before = await world.rating(seller);
  const reports = await Promise.all(
    [seller, stranger].map((person) =>
      world.http(person).post(`/api/reviews/${reviewId}/report`, { reason: "spam" }),
    ),
  );
  const answers = await many(8, (index) =>
    world
      .http(index % 2 ? arbiter : people.other)
      .post(`/api/admin/complaints/${reports[Math.floor(index / 2) % 2]?.body.id}/decide`, {
        state: "upheld",
      }),
  );
  expect(answers.map((one) => one.status)).toEqual(answers.map(() => 200));
  expect(await world.rating(seller)).toEqual([(before[0] ?? 0) - 1, (before[1] ?? 0) - 1]);
  const heard = async (person: number) =>
    (await world.told(person)).filter((kind) => kind === "reviews.complaint_upheld").length;
  // The stranger has heard of one in the test before.
  expect([await heard(seller), await heard(stranger)]).toEqual([1, 2]);
});
