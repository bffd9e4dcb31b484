import { afterAll, beforeAll, expect, test } from "bun:test";
import { openChannel } from "../../../../../test/journeys/advertising.ts";
import { gather } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { userByTelegramId } from "../../../../kernel/identity/index.ts";
import { writeReview } from "../../../../kernel/reviews/index.ts";
import { system } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { transact } from "../../../../platform/verb.ts";
import { ratingTarget } from "../../rating.ts";
import { copyRating } from "./copy-rating.ts";

const authors = [people.buyer, people.stranger, people.other, 1006, 1007];
let world: World;
let channelId: string;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world, [people.seller, ...authors]);
  channelId = await openChannel(world, people.seller, "morning_roast");
});
afterAll(() => world.close());

const idOf = async (person: number) => (await userByTelegramId(world.ctx().db, String(person))) ?? "";
const card = async () => (await world.http(null).get(`/api/channels/${channelId}/card`)).body;

async function review(author: number, stars: number): Promise<void> {
  const [authorId, id] = [await idOf(author), await idOf(people.seller)];
  await transact(world.ctx(system("test")), (tx) =>
    writeReview(tx, {
      subject: { kind: "deal", id: newId(tx.now.getTime()), title: "A post" },
      authorId,
      person: { id, role: "publisher" },
      also: [ratingTarget(channelId)],
      topic: "deals",
      link: "/",
      stars,
      text: "",
    }),
  );
}

test("a review counts in the channel's card and its place in the search at once, whoever writes at the same moment", async () => {
  await Promise.all(authors.map((author, index) => review(author, (index % 5) + 1)));
  await world.settle();
  expect((await card()).rating).toMatchObject({ averageMilli: 3_000, count: 5 });
  await review(people.buyer, 5);
  await world.settle();
  expect((await card()).rating).toMatchObject({ averageMilli: 3_333, count: 6 });
  const found = async (ratingMin: number) =>
    (await world.http(null).get(`/api/channels?sort=rating&ratingMin=${ratingMin}`)).body.items.map(
      ({ id }: { id: string }) => id,
    );
  expect([await found(3_333), await found(3_334)]).toEqual([[channelId], []]);
});

test("copied twice it stays the same, and a channel that was never opened has none to copy", async () => {
  const before = (await card()).rating;
  for (const id of [channelId, channelId, newId(Date.now())])
    await copyRating(world.ctx(system("test")), { channelId: id });
  expect((await card()).rating).toEqual(before);
});
