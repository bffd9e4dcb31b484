import { afterAll, beforeAll, expect, test } from "bun:test";
import { gather, offerChannel, pickChannel } from "../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { createListing } from "./create-listing.ts";
import { updateListing, withdrawListing } from "./update-listing.ts";

let world: World;
const made: Record<string, Awaited<ReturnType<typeof offerChannel>>> = {};
beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world);
  made.roast = await offerChannel(world, {}, "morning_roast");
  made.trails = await offerChannel(
    world,
    { title: "Горные тропы", category: "travel", price: { amount: "3000000000", asset: "TON" } },
    "alina_trails",
  );
  made.shelf = await offerChannel(
    world,
    {
      title: "Quiet shelf",
      category: "education",
      price: { amount: "3000000000", asset: "TON" },
      visibility: "private",
    },
    "quiet_shelf",
  );
});
afterAll(() => world.close());

const ids = async (query: string): Promise<string[]> => {
  const { status, body } = await world.http(null).get(`/api/listings?${query}`);
  expect(status).toBe(200);
  return body.items.map((one: { id: string }) => one.id);
};
const create = (body: Record<string, unknown>) => world.http(people.seller).post("/api/listings", body);
const good = {
  title: "A good title",
  description: "",
  category: "food",
  price: { amount: "1000000000", asset: "TON" },
  visibility: "public",
};

test("the offer code has at least 60 bits and opens a private offer that the list does not show", async () => {
  expect(made.shelf?.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{13}$/);
  expect(await ids("limit=100")).toEqual([made.trails?.listingId, made.roast?.listingId] as string[]);
  expect((await world.http(people.buyer).get(`/api/listings/${made.shelf?.listingId}`)).status).toBe(404);
  const typed = made.shelf?.code.toLowerCase().replace(/(.{4})/g, "$1-");
  const { status, body } = await world.http(people.buyer).get(`/api/listings/by-code/${typed}`);
  expect(status).toBe(200);
  expect(body.deepLink).toEndWith(`/souk_local_bot/app?startapp=o_${made.shelf?.code}`);
});

test("the public list hides codes; the seller sees their own", async () => {
  const { body } = await world.http(people.buyer).get("/api/listings");
  expect(
    body.items.every(
      (one: { code: unknown; deepLink: unknown }) => one.code === null && one.deepLink === null,
    ),
  ).toBe(true);
  const mine = await world.http(people.seller).get("/api/listings?mine=true");
  expect(
    mine.body.items.every((one: { code: unknown; isMine: boolean }) => one.code !== null && one.isMine),
  ).toBe(true);
});

test("the fee is 3 % of the price, rounded down, borne by the seller", async () => {
  const { body } = await world.http(null).get(`/api/listings/${made.roast?.listingId}`);
  expect([body.price.amount, body.fee.amount, body.sellerGets.amount]).toEqual([
    "12500000000",
    "375000000",
    "12125000000",
  ]);
});

const cursor = (sort: string, value: string): string =>
  Buffer.from(JSON.stringify([sort, value, "01a1f883-84c8-7c83-8f38-2d12fcad1041"])).toString("base64url");

test.each([
  ["q=%D1%82%D1%80%D0%BE%D0%BF", "trails"],
  ["q=coffee", "roast"],
  ["q=ROAST", "roast"],
  ["category=travel", "trails"],
  ["priceMax=3000000000", "trails"],
  ["priceMin=3000000001", "roast"],
  ["membersMin=40000", "roast"],
  ["membersMax=20000", "trails"],
])("%s finds what it names", async (query, name) => {
  expect(await ids(query)).toEqual([made[name]?.listingId as string]);
});

test.each(["new", "price_up", "price_down", "members"])(
  "pages by key, sorted by %s, show everything once",
  async (sort) => {
    const whole = await ids(`sort=${sort}&limit=100`);
    const paged: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body } = await world
        .http(null)
        .get(`/api/listings?sort=${sort}&limit=1${cursor ? `&cursor=${cursor}` : ""}`);
      paged.push(...body.items.map((one: { id: string }) => one.id));
      cursor = body.next;
    }
    expect(paged).toEqual(whole);
  },
);

test.each([
  ["no cursor at all", "sort=new", "garbage"],
  ["a price beyond any number", "sort=price_up", cursor("price_up", "9".repeat(30))],
  ["members beyond any number", "sort=members", cursor("members", "9".repeat(30))],
  ["the cursor of another order", "sort=new", cursor("members", "5")],
] as const)("a forged cursor is refused or empty, never a fault: %s", async (_name, query, given) => {
  const { status } = await world.http(null).get(`/api/listings?${query}&cursor=${given}`);
  expect([200, 422]).toContain(status);
});

test("search text is text: operators of the query language change nothing", async () => {
  for (const q of ["'; drop table channels.listings; --", "a & | !", "((", "%00", ":*", "\\", "🦜🦜"]) {
    const { status } = await world.http(null).get(`/api/listings?q=${encodeURIComponent(q)}`);
    expect([200, 422]).toContain(status);
  }
});

test.each([
  ["a negative price", { price: { amount: "-1", asset: "TON" } }, 422],
  ["a price beyond 2^53 as a number", { price: { amount: 2 ** 53 + 2, asset: "TON" } }, 422],
  ["a price with a point", { price: { amount: "1.5", asset: "TON" } }, 422],
  ["a price beyond the contract", { price: { amount: "9".repeat(30), asset: "TON" } }, 422],
  ["a price under the contract's least", { price: { amount: "99999999", asset: "TON" } }, 422],
  ["another asset", { price: { amount: "1000000000", asset: "DOGE" } }, 422],
  ["an unknown key", { extra: 1 }, 422],
  ["a title with NUL", { title: "a\u0000bc" }, 422],
  ["a title with half a surrogate pair", { title: "abc\ud800" }, 422],
  ["an unknown category", { category: "weapons" }, 422],
  ["a channel that is not one's own", { channelId: "01a1f883-84c8-7c83-8f38-2d12fcad1041" }, 404],
] as const)("refused: %s", async (_name, change, status) => {
  const answer = await create({ ...good, channelId: made.roast?.channelId, ...change });
  expect(answer.status).toBe(status);
});

test("the same channel cannot be offered twice, not even at the same moment", async () => {
  await world.http(people.seller).del(`/api/listings/${made.roast?.listingId}`);
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => create({ ...good, channelId: made.roast?.channelId })),
  );
  expect(answers.map((one) => one.status).sort()).toEqual([201, 409, 409, 409]);
  made.roast = {
    ...(made.roast as NonNullable<typeof made.roast>),
    listingId: answers.find((one) => one.status === 201)?.body.id,
  };
});

test("an idempotency key makes one listing, and other content under it is refused", async () => {
  await world.http(people.seller).del(`/api/listings/${made.roast?.listingId}`);
  const body = { ...good, channelId: made.roast?.channelId };
  const key = { "idempotency-key": "create-once" };
  const [one, two] = await Promise.all([
    world.http(people.seller).post("/api/listings", body, key),
    world.http(people.seller).post("/api/listings", body, key),
  ]);
  expect(one?.body.id).toBe(two?.body.id);
  const other = await world
    .http(people.seller)
    .post("/api/listings", { ...body, title: "Another title" }, key);
  expect([other.status, other.body.error.code]).toEqual([409, "platform.key_reused"]);
  made.roast = { ...(made.roast as NonNullable<typeof made.roast>), listingId: one?.body.id };
});

test("only the seller changes or withdraws an offer; to others it is not there", async () => {
  const path = `/api/listings/${made.trails?.listingId}`;
  expect((await world.http(people.buyer).put(path, { title: "Mine now" })).status).toBe(404);
  expect((await world.http(people.buyer).del(path)).status).toBe(404);
  const changed = await world
    .http(people.seller)
    .put(path, { price: { amount: "4000000000", asset: "TON" } });
  expect(changed.body.price.amount).toBe("4000000000");
  expect((await world.http(people.seller).del(path)).status).toBe(204);
  expect((await world.http(people.seller).put(path, { title: "Too late" })).body.error.code).toBe(
    "channels.listing_closed",
  );
});

test("an offer needs the seller to own the channel at that moment", async () => {
  const { id, telegramId } = await pickChannel(world, people.seller, "alina_trails");
  await world.telegram.act(people.seller, {
    type: "transferChannel",
    channelId: Number(telegramId),
    toPerson: people.buyer,
  });
  expect((await create({ ...good, channelId: id })).body.error.code).toBe("channels.not_owner");
});

test("nobody lists, changes or withdraws without signing in", async () => {
  for (const call of [createListing, updateListing, withdrawListing]) {
    await expect(
      (call as (ctx: unknown, input: unknown) => Promise<unknown>)(world.ctx({ kind: "anonymous" }), {}),
    ).rejects.toMatchObject({ kind: "unauthenticated" });
  }
});
