import { afterAll, beforeAll, expect, test } from "bun:test";
import sharp from "sharp";
import { people } from "../../../../test/world.ts";
import { createServicesWorld, type ServicesWorld, wish } from "../services.fixture.ts";

let world: ServicesWorld;
const customer = people.buyer;
beforeAll(async () => {
  world = await createServicesWorld();
});
afterAll(() => world.close());

async function photo(): Promise<string> {
  const red = { create: { width: 40, height: 30, channels: 3 as const, background: "red" } };
  const request = new Request("http://localhost:8010/api/files", {
    method: "POST",
    headers: { authorization: `tma ${world.telegram.initData(customer)}`, "content-type": "image/png" },
    body: new Uint8Array(await sharp(red).png().toBuffer()),
  });
  const answer = await world.app.fetch(request, "127.0.0.1");
  return ((await answer.json()) as { id: string }).id;
}

test.each<[name: string, work: (picture: string) => Promise<{ status: number }>, status: number]>([
  ["a new order", (picture) => world.http(customer).post("/api/orders", wish({ photos: [picture] })), 201],
  [
    "a changed order",
    async (picture) => {
      const id = await world.order(customer, { category: "pets" });
      return world.http(customer).put(`/api/orders/${id}`, { photos: [picture], category: "locks" });
    },
    200,
  ],
])("%s that waits for a picture keeps nobody from the counters of the list", async (_name, work, status) => {
  const picture = await photo();
  await world.asOwner(async (owner) => {
    // As a deletion does that lets go of the picture, and asks for the counters next.
    await owner.query("begin");
    await owner.query("select from files.files where id = $1 for update", [picture]);
    const waiting = work(picture);
    const locks = () =>
      owner.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
    for (let n = 0; n < 500 && (await locks()).rowCount === 0; n += 1) await Bun.sleep(10);
    await owner.query("set local lock_timeout = '1s'");
    await owner.query("select from services.counters for update");
    await owner.query("commit");
    expect((await waiting).status).toBe(status);
  });
});

test("two orders that swap their pictures at once, again and again: both have what was asked last", async () => {
  const [a, b] = (await Promise.all([photo(), photo()])).toSorted() as [string, string];
  const one = await world.order(customer, { photos: [a] });
  const two = await world.order(customer, { photos: [b] });
  const put = (id: string, photos: string[]) => world.http(customer).put(`/api/orders/${id}`, { photos });
  for (let round = 0; round < 6; round += 1) {
    const answers = await Promise.all([put(one, [b]), put(two, [a])]);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    for (const [id, photos] of [
      [one, []],
      [two, []],
      [one, [a]],
      [two, [b]],
    ] as [string, string[]][])
      expect((await put(id, photos)).status).toBe(200);
  }
});
