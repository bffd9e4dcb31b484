import { afterAll, beforeAll, expect, test } from "bun:test";
import { ton } from "../../../../../test/journeys/advertising.ts";
import { gather, pickChannel } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false, env: { ADS_REGISTRY_RULE: "refuse" } });
  await gather(world, [people.seller]);
});
afterAll(() => world.close());

test("where the rule refuses, a large channel is opened only with its mark", async () => {
  const { id } = await pickChannel(world, people.seller, "morning_roast");
  const http = world.http(people.seller);
  const profile = { categories: ["food"], language: "ru" };
  const refused = await http.put(`/api/channels/${id}/profile`, profile);
  expect(refused.body.error.code).toBe("channels.registry_mark_needed");
  expect((await http.put(`/api/channels/${id}/profile`, { ...profile, isOpen: false })).status).toBe(200);
  const slot = { format: { key: "1/24", topHours: 1, feedHours: 24 }, price: ton("5000000000") };
  expect((await http.post(`/api/channels/${id}/slots`, slot)).body.error.code).toBe(
    "channels.registry_mark_needed",
  );
  const marked = await http.put(`/api/channels/${id}/profile`, { ...profile, registryNumber: "A-1" });
  expect(marked.body.profile.registryMark).toMatchObject({ number: "A-1", setBy: "owner" });
  expect((await http.post(`/api/channels/${id}/slots`, slot)).status).toBe(201);
});
