/** Managers of a channel do the publisher's steps; viewers read; neither receives or moves money. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  advertiser,
  approve,
  draft,
  hourS,
  paidFor,
  place,
  placementOf,
  posted,
  prepareAds,
  publisher,
} from "../../../../test/journeys/ad-post.ts";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { userByTelegramId } from "../../../kernel/identity/index.ts";
import { members } from "../advertising/tables.ts";

const manager = people.other;
const viewer = people.stranger;
let world: World;
let channel: { id: string; telegramId: string };
beforeAll(async () => {
  world = await createWorld({ telegramLimits: null });
  channel = await prepareAds(world);
  const { db } = world.ctx();
  for (const [person, role] of [
    [manager, "manager"],
    [viewer, "viewer"],
  ] as const) {
    await world.http(person).get("/api/users/me");
    const userId = (await userByTelegramId(db, String(person))) ?? "";
    await db
      .insert(members)
      .values({ channelId: channel.id, userId, role, addedAt: world.ctx().clock.date() });
  }
  await setAdmin(true);
});
afterAll(() => world.close());

const channelId = () => Number(channel.telegramId);
async function setAdmin(isAdmin: boolean): Promise<void> {
  await world.telegram.act(manager, { type: "joinChannel", channelId: channelId() });
  await world.telegram.act(publisher, {
    type: "setAdmin",
    channelId: channelId(),
    userId: manager,
    rights: isAdmin ? { can_post_messages: true } : null,
  });
  await world.settle();
}
const status = async (answer: Promise<{ status: number }>) => (await answer).status;
const put = (person: number, id: string, body: Record<string, unknown>) =>
  world.http(person).put(`/api/deals/${id}/creative`, body);

test("a manager proposes, approves, asks for a check and is told; the deal stays the owner's", async () => {
  const placed = await place(world, channel, { creative: null, inSeconds: hourS });
  expect(await placementOf(world, placed, manager)).toMatchObject({
    role: "publisher",
    access: "manager",
    nextStep: { actions: ["edit_creative", "set_removal", "cancel"] },
  });
  expect((await put(advertiser, placed.id, { basedOn: 0, ...draft })).status).toBe(200);
  expect(
    (await put(manager, placed.id, { basedOn: 1, ...draft, text: "Fresh coffee, says the manager" })).body
      .creative,
  ).toMatchObject({
    version: 2,
    by: "publisher",
    approvedByPublisher: true,
  });
  expect((await approve(world, advertiser, placed.id, 2)).body.phase).toBe("payment");
  const told = await world.http(manager).get("/api/notifications?limit=50");
  expect(told.body.items.map((one: { kind: string }) => one.kind)).toContain(
    "channels.placement_agreed_publisher",
  );
  const deal = await world.http(publisher).get(`/api/deals/${placed.id}`);
  expect(deal.body).toMatchObject({ role: "seller" });
  expect(await status(world.http(manager).get(`/api/deals/${placed.id}`))).toBe(404);
  expect(await status(world.http(manager).get(`/api/deals/${placed.id}/payment`))).toBe(404);
  for (const verb of ["release", "refund", "cancel"])
    expect(await status(world.http(manager).post(`/api/deals/${placed.id}/${verb}`))).toBe(404);
}, 120_000);

test("a manager approves what the advertiser wrote and looks after the live post; a viewer only reads; both find it in their list", async () => {
  const placed = await place(world, channel, { inSeconds: hourS });
  expect((await approve(world, viewer, placed.id)).body.error.code).toBe("channels.role_too_low");
  expect((await put(viewer, placed.id, { basedOn: 1, ...draft })).body.error.code).toBe(
    "channels.role_too_low",
  );
  expect((await approve(world, manager, placed.id)).body.phase).toBe("payment");
  const { body } = await world.http(advertiser).get(`/api/deals/${placed.id}/payment`);
  expect(body.messages).toHaveLength(1);
  for (const person of [manager, viewer]) {
    const list = await world.http(person).get("/api/placements?role=publisher");
    expect(list.body.items.map((one: { id: string }) => one.id)).toContain(placed.id);
    expect((await world.http(person).get("/api/placements?role=advertiser")).body.items).toEqual([]);
    expect(await status(world.http(person).get(`/api/deals/${placed.id}/evidence`))).toBe(200);
    expect(await status(world.http(person).get(`/api/deals/${placed.id}/creative`))).toBe(200);
  }
  expect(await placementOf(world, placed, viewer)).toMatchObject({
    access: "viewer",
    nextStep: { actions: [] },
  });
  const live = await place(world, channel, {
    inSeconds: hourS,
    creative: { ...draft, text: "Fresh coffee, live" },
  });
  await paidFor(world, live);
  await posted(world, live);
  expect(await status(world.http(manager).post(`/api/deals/${live.id}/check`))).toBe(200);
  expect(await status(world.http(viewer).post(`/api/deals/${live.id}/check`))).toBe(403);
  expect(await status(world.http(manager).post(`/api/deals/${live.id}/edit`, { accept: true }))).toBe(409);
}, 120_000);

test("who is an administrator no longer acts no longer, and the owner is told", async () => {
  const placed = await place(world, channel, { creative: null });
  await setAdmin(false);
  expect((await put(manager, placed.id, { basedOn: 0, ...draft })).body.error.code).toBe(
    "channels.rights_lost",
  );
  expect((await world.http(manager).post(`/api/placements/${placed.id}/cancel`)).body.error.code).toBe(
    "channels.rights_lost",
  );
  const told = await world.http(publisher).get("/api/notifications?limit=50");
  expect(told.body.items.map((one: { kind: string }) => one.kind)).toContain("channels.manager_lost_rights");
  await setAdmin(true);
  expect(await status(world.http(manager).post(`/api/placements/${placed.id}/cancel`))).toBe(200);
}, 120_000);
