/** What each witness can see, over the real protocols: edits of one part alone, with the update lost. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import {
  advertiser,
  approve,
  draft,
  hourS,
  type Placed,
  paidFor,
  place,
  placementOf,
  posted,
  prepareAds,
  publisher,
} from "../../../../../test/journeys/ad-post.ts";
import { createWorld, type World } from "../../../../../test/world.ts";
import { dealBrief } from "../../../../kernel/deals/index.ts";
import { system } from "../../../../platform/context.ts";
import { evidence } from "../../tables.ts";
import { placements } from "../tables.ts";
import { lookNow } from "../workers.ts";
import { lookAtPost } from "./look-at-post.ts";
import { recordPostLook } from "./record-look.ts";

let world: World;
let channel: { id: string; telegramId: string };
let logChat: string | undefined;
beforeAll(async () => {
  world = await createWorld({ telegramLimits: null });
  channel = await prepareAds(world);
  logChat = world.ctx().settings.env.TELEGRAM_LOG_CHAT;
});
beforeEach(() => world.telegram.faults.clear());
afterEach(() => setLog(logChat));
afterAll(() => world.close());

const ctx = () => world.ctx(system("test"));
const setLog = (TELEGRAM_LOG_CHAT: string | undefined) =>
  Object.assign(world.ctx().settings.env, { TELEGRAM_LOG_CHAT });
const act = (type: string, over: Record<string, unknown> = {}) =>
  world.telegram.act(publisher, { type, channelId: Number(channel.telegramId), ...over } as never);
const escrow = async ({ id }: Pick<Placed, "id">) => (await dealBrief(ctx().db, id))?.escrowState;
let turn = 0;
const url = "https://coffee.example/menu";
async function live(over: Parameters<typeof place>[2] = {}, media = 0): Promise<Placed & { ids: number[] }> {
  turn += 1;
  const text = `Fresh coffee, cup ${turn}`;
  const photos = await Promise.all(Array.from({ length: media }, (_, n) => pictureOf(`leaf_${n + 1}`)));
  const creative = {
    ...draft,
    text,
    entities: [{ type: "text_link" as const, offset: 0, length: 5, url }],
    media: photos.map((fileId) => ({ type: "photo" as const, fileId })),
  };
  const placed = await place(world, channel, { inSeconds: hourS, creative, ...over });
  await paidFor(world, placed);
  const view = await posted(world, placed);
  return { ...placed, ids: view.post.messageIds };
}
/** A picture that Telegram knows already. */
async function pictureOf(word: string): Promise<string> {
  return `AgACAgIAAxk${Buffer.from(`avatar-${word}-320.png`).toString("base64url")}`;
}
const lostEdit = (messageId: number | undefined, change: Record<string, unknown>) => {
  world.telegram.faults.nextUpdate("lost");
  return act("editPost", { messageId, ...change });
};
const lastLook = async ({ id }: Pick<Placed, "id">) => {
  const rows = await ctx().db.select().from(evidence).where(eq(evidence.dealId, id)).orderBy(evidence.seq);
  return rows.at(-1)?.facts as { readings: Record<string, unknown>[] };
};
const readingOf = async (placed: Pick<Placed, "id">, witness: string) =>
  (await lastLook(placed)).readings.find((one) => one.witness === witness);

test("another link under the same words is seen by the page and by the forward; what the page cannot see is not compared", async () => {
  const placed = await live();
  await lookNow(ctx(), placed.id);
  expect(await readingOf(placed, "page")).toMatchObject({
    verdict: "alive",
    same: ["words", "links", "photos"],
    notCompared: ["format", "buttons"],
  });
  await lostEdit(placed.ids[0], { links: [{ words: "Fresh", url: "https://evil.example/" }] });
  await lookNow(ctx(), placed.id);
  expect(await readingOf(placed, "page")).toMatchObject({ verdict: "edited", differs: ["links"] });
  expect(await readingOf(placed, "forward")).toMatchObject({ verdict: "edited", differs: ["links"] });
  expect((await placementOf(world, placed)).post).toMatchObject({ state: "edited" });
  await lostEdit(placed.ids[0], { links: [{ words: "Fresh", url }] });
  await lookNow(ctx(), placed.id);
  expect((await placementOf(world, placed)).post).toMatchObject({ state: "alive", edit: null });
}, 120_000);

test("formatting alone, and the picture alone, are seen by the forward; one who saw it is not enough for the money", async () => {
  const bold = await live();
  await lostEdit(bold.ids[0], { links: [{ words: "Fresh", url }], bold: "coffee" });
  const photo = await live({}, 1);
  await lostEdit(photo.ids[0], { picture: "gem_7" });
  for (const placed of [bold, photo]) {
    await lookNow(ctx(), placed.id);
    expect(await readingOf(placed, "page")).toMatchObject({ verdict: "alive" });
    expect((await placementOf(world, placed)).post).toMatchObject({ state: "edited" });
    const rejected = await world.http(advertiser).post(`/api/deals/${placed.id}/edit`, { accept: false });
    expect(rejected.status).toBe(200);
  }
  for (let n = 0; n < 3; n += 1) await world.advance(11 * 60);
  for (const placed of [bold, photo]) expect(await escrow(placed)).toBe("Delivered");
  const { suspect } = (await ctx().db.select().from(placements).where(eq(placements.id, photo.id)))[0] ?? {};
  expect(suspect).toMatchObject({ differs: { pictures: ["forward"] } });
}, 120_000);

test("an album: a part taken down, and a picture of another part changed, are seen; the whole album is what was agreed", async () => {
  const whole = await live({}, 3);
  expect(whole.ids).toHaveLength(3);
  await lookNow(ctx(), whole.id);
  expect(await readingOf(whole, "forward")).toMatchObject({
    verdict: "alive",
    same: ["words", "links", "format", "photos", "pictures", "buttons"],
  });
  await lostEdit(whole.ids[2], { picture: "gem_7" });
  await lookNow(ctx(), whole.id);
  expect(await readingOf(whole, "forward")).toMatchObject({ verdict: "edited", differs: ["pictures"] });
  const part = await live({}, 2);
  await act("deletePost", { messageId: part.ids[1] });
  await lookNow(ctx(), part.id);
  for (const witness of ["page", "probe", "forward"])
    expect(await readingOf(part, witness)).toMatchObject({ verdict: "edited" });
  const accepted = await world.http(advertiser).post(`/api/deals/${part.id}/edit`, { accept: true });
  expect(accepted.body.error.code).toBe("channels.edit_unreadable");
}, 120_000);

test("an edit of another part of an album, told by an update, can be accepted as it stands", async () => {
  const placed = await live({}, 2);
  await act("editPost", { messageId: placed.ids[1], picture: "gem_7" });
  await world.settle();
  expect((await placementOf(world, placed)).post.state).toBe("edited");
  expect((await world.http(advertiser).post(`/api/deals/${placed.id}/edit`, { accept: true })).status).toBe(
    200,
  );
  await world.settle();
  const view = await placementOf(world, placed);
  expect(view.post).toMatchObject({ state: "alive", edit: null });
  await lookNow(ctx(), placed.id);
  expect(await readingOf(placed, "forward")).toMatchObject({ verdict: "alive" });
}, 120_000);

test("a look that began before an edit was told of says nothing of it: it is asked again", async () => {
  const placed = await live();
  const [row] = await ctx().db.select().from(placements).where(eq(placements.id, placed.id));
  if (!row) throw new Error("no placement");
  const askedAt = ctx().clock.date();
  const look = await lookAtPost(ctx(), row);
  await act("editPost", { messageId: placed.ids[0], text: "Something else" });
  await world.settle();
  expect((await placementOf(world, placed)).post.state).toBe("edited");
  expect(await recordPostLook(ctx(), { dealId: placed.id, askedAt, ...look })).toEqual({ state: "late" });
  await world.settle();
  expect((await placementOf(world, placed)).post).toMatchObject({
    state: "edited",
    edit: { text: "Something else" },
  });
}, 120_000);

test("without a log chat nobody sees every part of a post: no deal is opened on it, and none is paid for by half a look", async () => {
  const placed = await live();
  setLog(undefined);
  const other = await place(world, channel);
  expect((await approve(world, publisher, other.id)).body.error.code).toBe(
    "channels.placement_not_watchable",
  );
  for (let hour = 0; hour < 24; hour += 1) await world.advance(hourS);
  await world.advance(600);
  expect(await dealBrief(ctx().db, placed.id)).toMatchObject({ status: "LIVE", escrowState: "Delivered" });
  // The chat is back before the end of the hold: now the whole is compared.
  setLog(logChat);
  await world.advance(600);
  expect(await dealBrief(ctx().db, placed.id)).toMatchObject({ status: "VERIFIED" });
}, 180_000);

test("another case of the channel's name is the same name", async () => {
  const placed = await live();
  await act("editChannel", { username: "Morning_Roast" });
  await lookNow(ctx(), placed.id);
  expect((await placementOf(world, placed)).post).toMatchObject({ state: "alive", doubt: null });
  const next = await place(world, channel);
  expect((await approve(world, publisher, next.id)).body.phase).toBe("payment");
}, 120_000);

test("put out, and only the Bot API says so: no verdict; a second witness makes it one", async () => {
  const placed = await live();
  setLog(undefined);
  world.telegram.faults.nextUpdate("lost");
  await act("kickBot");
  for (let n = 0; n < 8; n += 1) {
    await world.advance(20 * 60);
    await lookNow(ctx(), placed.id);
  }
  expect(await escrow(placed)).toBe("Delivered");
  expect((await placementOf(world, placed)).post).toMatchObject({
    state: "breach",
    doubt: { kind: "breach" },
  });
  // The log chat hears "not a member" too, while it takes our own messages.
  setLog(logChat);
  await world.advance(20 * 60);
  expect(await escrow(placed)).toBe("Breached");
  await act("addBot");
  await world.settle();
}, 120_000);

test("another post above, seen by two and taken down again, costs the time that it was seen there", async () => {
  const placed = await live({ isTopOfFeed: true });
  await world.advance(20 * 60);
  const above = await act("post", { text: "Look here" });
  await world.settle();
  const broken = await placementOf(world, placed);
  expect(broken.post.topBrokenAt).not.toBeNull();
  await world.advance(10 * 60);
  if (above.type === "post") await act("deletePost", { messageId: above.messageId });
  for (let n = 0; n < 5; n += 1) await world.advance(10 * 60);
  const [row] = await ctx().db.select().from(placements).where(eq(placements.id, placed.id));
  const [one] = row?.above ?? [];
  expect(one?.witnesses.length).toBeGreaterThanOrEqual(2);
  const lost = Date.parse(one?.seenUntil ?? "") - Date.parse(one?.at ?? "");
  expect(lost).toBeGreaterThanOrEqual(0);
  expect(lost).toBeLessThanOrEqual(11 * 60_000);
}, 120_000);

test("a post above that one witness alone tells of costs nothing", async () => {
  const placed = await live({ isTopOfFeed: true });
  setLog(undefined);
  await act("editChannel", { username: null });
  await act("post", { text: "Only the update tells of this" });
  await world.settle();
  const [row] = await ctx().db.select().from(placements).where(eq(placements.id, placed.id));
  expect(row?.above).toMatchObject([{ witnesses: ["update"] }]);
  expect(row?.topBrokenAt).toBeNull();
  await act("editChannel", { username: "Morning_Roast" });
}, 120_000);
