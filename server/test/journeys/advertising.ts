/** The steps by which a channel is opened to advertising and a campaign begun, as their people take them. */
import { expect } from "bun:test";
import type { World } from "../world.ts";
import { pickChannel } from "./channel-sale.ts";

export const ton = (amount: string) => ({ amount, asset: "TON" as const });

/** Waits `hours` from the world's clock. */
export const inHours = (world: World, hours: number): string =>
  new Date(world.ctx().clock.now() + hours * 3_600_000).toISOString();

/** A picked channel, found in the search from now on. */
export async function openChannel(
  world: World,
  person: number,
  username: string,
  profile: Record<string, unknown> = {},
): Promise<string> {
  const { id } = await pickChannel(world, person, username);
  const { status } = await world
    .http(person)
    .put(`/api/channels/${id}/profile`, { categories: ["food", "lifestyle"], language: "ru", ...profile });
  expect(status).toBe(200);
  await world.settle();
  return id;
}

export async function offerSlot(
  world: World,
  person: number,
  channelId: string,
  over: Record<string, unknown> = {},
) {
  const { status, body } = await world.http(person).post(`/api/channels/${channelId}/slots`, {
    format: { key: "1/24", topHours: 1, feedHours: 24 },
    price: ton("5000000000"),
    ...over,
  });
  expect(status).toBe(201);
  return body;
}

export async function beginCampaign(world: World, person: number, over: Record<string, unknown> = {}) {
  const { status, body } = await world.http(person).post("/api/campaigns", {
    title: "Autumn coffee",
    brief: "Beans of a small roaster, for people who brew at home.",
    categories: ["food"],
    formats: ["1/24", "2/48"],
    budget: ton("20000000000"),
    ...over,
  });
  expect(status).toBe(201);
  return body;
}

/** Terms that anybody could agree to. */
export const someTerms = (world: World, hours = 24) => ({
  price: ton("4000000000"),
  format: { key: "1/24", topHours: 1, feedHours: 24 },
  postAt: inHours(world, hours),
});
