import { afterAll, beforeAll, expect, test } from "bun:test";
import sharp from "sharp";
import { people } from "../../../../test/world.ts";
import { createServicesWorld, freshContact, type ServicesWorld, wish } from "../services.fixture.ts";

let world: ServicesWorld;
const { buyer: customer, seller: executor, stranger } = people;
beforeAll(async () => {
  world = await createServicesWorld();
  await world.give(executor, 10_000);
});
afterAll(() => world.close());

test("an empty list is exactly that", async () => {
  const { status, body } = await world.http(null).get("/api/orders");
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toBe('{"orders":[],"total":0}');
});

test("an order is shown with its hour, and its contact to its customer alone", async () => {
  const contact = freshContact();
  const made = await world
    .http(customer)
    .post("/api/orders", wish({ contact, city: "москва", category: "locks" }));
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    category: "locks",
    city: "Москва",
    status: "active",
    takesCount: 0,
    maxTakes: 3,
    contact,
    isMine: true,
    isTaken: false,
    takers: [],
    take: null,
    price: { amount: "200", asset: "RUB" },
  });
  expect(Date.parse(made.body.expiresAt) - Date.parse(made.body.createdAt)).toBe(3_600_000);
  expect(Date.parse(made.body.serverTime)).toBeGreaterThanOrEqual(Date.parse(made.body.createdAt) - 1_000);
  for (const who of [null, stranger]) {
    expect(await world.see(who, made.body.id)).toMatchObject({ contact: null, isMine: false, takers: null });
    const { body } = await world.http(who).get("/api/orders?city=Москва");
    expect(body).toMatchObject({ total: 1, orders: [{ id: made.body.id, contact: null, isMine: false }] });
    expect(JSON.stringify(body)).not.toContain(contact.slice(2));
  }
  const mine = await world.http(customer).get("/api/orders?scope=mine");
  expect(mine.body.orders[0]).toMatchObject({ id: made.body.id, contact, isMine: true });
});

test.each<[name: string, change: Record<string, unknown>, code: string]>([
  ["an unknown category", { category: "alchemy" }, "platform.invalid"],
  ["a short description", { description: "  too short          " }, "platform.invalid"],
  ["a long description", { description: "x".repeat(1_001) }, "platform.invalid"],
  ["an unknown city", { city: "Готэм" }, "services.city_unknown"],
  ["no contact", { contact: "call me" }, "services.contact_invalid"],
  ["a foreign number", { contact: "+1 202 555 01 23" }, "services.contact_invalid"],
  ["an unknown field", { more: 1 }, "platform.invalid"],
  ["a place beyond the pole", { location: { latitude: 91, longitude: 0 } }, "platform.invalid"],
])("%s is refused", async (_name, change, code) => {
  const { status, body } = await world.http(customer).post("/api/orders", wish(change));
  expect(status).toBe(422);
  expect(body.error.code).toBe(code);
});

test("an unknown city is refused with suggestions", async () => {
  const { body } = await world.http(customer).post("/api/orders", wish({ city: "Новосибирк" }));
  expect(body.error.details.suggestions).toContain("Новосибирск");
});

test("a contact has one open order, however it is written; only its owner is told which", async () => {
  const first = await world.order(customer, { contact: "8 (917) 111-22-33" });
  const again = await world.http(customer).post("/api/orders", wish({ contact: "+79171112233" }));
  expect(again.status).toBe(409);
  expect(again.body.error).toMatchObject({ code: "services.contact_busy", details: { orderId: first } });
  const other = await world.http(stranger).post("/api/orders", wish({ contact: "9171112233" }));
  expect(other.body.error).toMatchObject({ code: "services.contact_busy", details: {} });
  const free = await world.order(stranger);
  const change = await world.http(stranger).put(`/api/orders/${free}`, { contact: "+79171112233" });
  expect(change.body.error.code).toBe("services.contact_busy");
  await world.http(customer).del(`/api/orders/${first}`);
  expect((await world.http(stranger).post("/api/orders", wish({ contact: "9171112233" }))).status).toBe(201);
});

test("the owner edits until the first take; the city stays", async () => {
  const id = await world.order(customer, { location: { latitude: 55.7961, longitude: 49.1064 } });
  const change = {
    description: "Now the bathroom as well, please hurry up",
    category: "other",
    contact: "@some_body",
  };
  const changed = await world.http(customer).put(`/api/orders/${id}`, { ...change, city: "казань" });
  expect(changed.body).toMatchObject({
    ...change,
    city: "Казань",
    location: { latitude: 55.7961, longitude: 49.1064 },
  });
  expect((await world.http(customer).put(`/api/orders/${id}`, { location: null })).body.location).toBeNull();
  const moved = await world.http(customer).put(`/api/orders/${id}`, { city: "Москва" });
  expect(moved.body.error.code).toBe("services.city_fixed");
  const foreign = await world.http(stranger).put(`/api/orders/${id}`, change);
  expect([foreign.status, foreign.body.error.code]).toEqual([404, "services.order_not_found"]);
  await world.take(executor, id);
  const late = await world.http(customer).put(`/api/orders/${id}`, change);
  expect([late.status, late.body.error.code]).toEqual([409, "services.order_taken"]);
  const gone = await world.http(customer).del(`/api/orders/${id}`);
  expect([gone.status, gone.body.error.code]).toEqual([409, "services.order_taken"]);
});

test("the owner deletes, once or twice; then nobody else finds it, nor takes it", async () => {
  const id = await world.order(customer);
  expect((await world.http(stranger).del(`/api/orders/${id}`)).status).toBe(404);
  for (let time = 0; time < 2; time += 1)
    expect((await world.http(customer).del(`/api/orders/${id}`)).status).toBe(204);
  expect((await world.http(stranger).get(`/api/orders/${id}`)).status).toBe(404);
  expect((await world.see(customer, id)).status).toBe("deleted");
  expect((await world.take(executor, id)).status).toBe(404);
  expect(
    (await world.http(null).get("/api/orders")).body.orders.map((one: { id: string }) => one.id),
  ).not.toContain(id);
});

test("filters find what they say, with totals, page by page", async () => {
  const near = { latitude: 43.1155, longitude: 131.8855 };
  const ids: string[] = [];
  for (let n = 0; n < 7; n += 1)
    ids.unshift(
      await world.order(stranger, {
        city: "Владивосток",
        category: n % 2 ? "pets" : "courier",
        description: n === 3 ? "A parrot flew away and sits on a tree" : "Something else has to be done here",
        location: { latitude: near.latitude + n * 0.02, longitude: near.longitude },
      }),
    );
  const list = async (query: string) => {
    const { body } = await world.http(null).get(`/api/orders?${query}`);
    return { ...body, ids: body.orders.map((one: { id: string }) => one.id) };
  };
  const all = await list("city=Владивосток");
  expect(all.ids).toEqual(ids);
  expect(all.total).toBe(7);
  expect((await list("city=Владивосток&category=pets")).total).toBe(3);
  expect((await list("city=Владивосток&category=pets&limit=2")).total).toBe(3);
  expect((await list("q=parrot")).ids).toEqual([ids[3]]);
  const close = await list("near=43.1155,131.8855&radiusKm=5");
  expect(close.ids).toEqual(ids.slice(-3));
  expect(close.orders.at(-1).distanceKm).toBeLessThan(1);
  expect((await list("near=43.1155,131.8855&radiusKm=5&limit=2")).total).toBe(3);
  const seen: string[] = [];
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const page: { ids: string[]; next?: string; total: number } = await list(
      `city=Владивосток&limit=3${cursor ? `&cursor=${cursor}` : ""}`,
    );
    expect(page.total).toBe(7);
    seen.push(...page.ids);
    cursor = page.next;
  }
  expect(seen).toEqual(ids);
  expect((await list("city=Владивосток&limit=3&offset=5")).ids).toEqual(ids.slice(5));
  expect((await world.http(null).get("/api/orders?city=Готэм")).body.error.code).toBe(
    "services.city_unknown",
  );
  expect((await world.http(null).get("/api/orders?cursor=x")).status).toBe(422);
  expect((await world.http(null).get("/api/orders?scope=mine")).status).toBe(401);
});

test("totals are kept exactly as the orders are", async () => {
  await world.asOwner(async (owner) => {
    const { rows } = await owner.query(`
      select c.category, c.city, sum(c.n)::int as kept, (select count(*)::int from services.orders o where o.status = 'active'
        and (c.category = '' or o.category = c.category) and (c.city = '' or o.city = c.city)) as counted
      from services.counters c group by c.category, c.city`);
    expect(rows.length).toBeGreaterThan(4);
    for (const { kept, counted } of rows) expect(kept).toBe(counted);
  });
});

test("neither contact nor location stands anywhere in the database in the clear", async () => {
  const contact = "+79179998877";
  await world.order(customer, { contact, location: { latitude: 55.123456, longitude: 49.654321 } });
  await world.asOwner(async (owner) => {
    const { rows } = await owner.query(
      "select o::text as text from services.orders o union all select a::text from platform.actions a",
    );
    for (const { text } of rows)
      for (const word of ["9179998877", "55.123456", "49.654321"]) expect(text).not.toContain(word);
  });
});

test("the nearest city, and cities by their letters", async () => {
  expect((await world.http(null).get("/api/cities?near=56.84,60.6&limit=1")).body.cities[0].name).toBe(
    "Екатеринбург",
  );
  expect((await world.http(null).get("/api/cities?q=каз")).body.cities[0].name).toBe("Казань");
  expect((await world.http(null).get("/api/cities?limit=3")).body.cities).toHaveLength(3);
});

test("an order shows its customer's own pictures; another's are refused, and dropped ones are let go", async () => {
  const upload = async (person: number): Promise<string> => {
    const red = { create: { width: 40, height: 30, channels: 3 as const, background: "red" } };
    const picture = await sharp(red).png().toBuffer();
    const request = new Request("http://localhost:8010/api/files", {
      method: "POST",
      headers: { authorization: `tma ${world.telegram.initData(person)}`, "content-type": "image/png" },
      body: new Uint8Array(picture),
    });
    const answer = await world.app.fetch(request, "127.0.0.1");
    return ((await answer.json()) as { id: string }).id;
  };
  const [one, two, foreign] = [await upload(customer), await upload(customer), await upload(stranger)];
  const refused = await world.http(customer).post("/api/orders", wish({ photos: [one, foreign] }));
  expect([refused.status, refused.body.error.code]).toEqual([404, "files.not_found"]);
  const id = await world.order(customer, { photos: [one, two] });
  expect((await world.see(null, id)).photos).toEqual([one, two]);
  const again = await world.http(stranger).post("/api/orders", wish({ photos: [one] }));
  expect(again.status).toBe(404);
  expect((await world.http(customer).put(`/api/orders/${id}`, { photos: [two] })).body.photos).toEqual([two]);
  const other = await world.order(customer, { photos: [one] });
  expect((await world.see(null, other)).photos).toEqual([one]);
  await world.http(customer).del(`/api/orders/${id}`);
  expect((await world.http(customer).post("/api/orders", wish({ photos: [two] }))).status).toBe(201);
});
