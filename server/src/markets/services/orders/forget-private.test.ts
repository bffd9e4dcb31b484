import { afterAll, beforeAll, expect, test } from "bun:test";
import sharp from "sharp";
import { people } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import { middleOf } from "../cities/cities.ts";
import { createServicesWorld, freshContact, type ServicesWorld, wish } from "../services.fixture.ts";
import { schedules, workers } from "../workers.ts";
import { forgetOldOrders, forgetPrivate } from "./forget-private.ts";

let world: ServicesWorld;
const { buyer: customer, seller: executor, stranger, arbiter: moderator } = people;
const daySeconds = 86_400;
beforeAll(async () => {
  world = await createServicesWorld({ SERVICES_PRIVATE_DAYS: "10", STAFF: `${moderator}:moderator` });
  for (const person of [executor, stranger]) await world.give(person, 10_000);
});
afterAll(() => world.close());

const forgetNow = () => forgetOldOrders(world.ctx(system("services.forget-old")));
const kept = (id: string) =>
  world.asOwner(async (owner) => {
    const { rows } = await owner.query(
      "select sealed is not null as sealed, contact_hmac is not null as mark, place::text as place, photos from services.orders where id = $1",
      [id],
    );
    return rows[0];
  });
const middle = middleOf("Казань");
const location = { latitude: 55.8304, longitude: 49.0661 };
async function photo(person: number): Promise<string> {
  const red = { create: { width: 40, height: 30, channels: 3 as const, background: "red" } };
  const request = new Request("http://localhost:8010/api/files", {
    method: "POST",
    headers: { authorization: `tma ${world.telegram.initData(person)}`, "content-type": "image/png" },
    body: new Uint8Array(await sharp(red).png().toBuffer()),
  });
  const answer = await world.app.fetch(request, "127.0.0.1");
  return ((await answer.json()) as { id: string }).id;
}

test("ten days after the end contact, location and photos go; who took it sees them until then, and the rest for ever", async () => {
  const picture = await photo(customer);
  const contact = freshContact();
  const id = await world.order(customer, { contact, location, photos: [picture] });
  await world.take(executor, id);
  await world.http(customer).post(`/api/orders/${id}/respond`, { executorId: String(executor) });
  const deleted = await world.order(customer);
  await world.http(customer).del(`/api/orders/${deleted}`);
  await world.advance(9 * daySeconds);
  expect(await forgetNow()).toBe(0);
  expect(await world.see(executor, id)).toMatchObject({ contact, location, photos: [picture] });
  const living = await world.order(customer, { contact });
  await world.onlyTheClock(daySeconds + 60);
  expect(await forgetNow()).toBe(2);
  expect(await kept(id)).toEqual({
    sealed: false,
    mark: false,
    place: `(${middle.longitude},${middle.latitude})`,
    photos: [],
  });
  expect(await kept(deleted)).toMatchObject({ sealed: false, mark: false });
  expect(await kept(living)).toMatchObject({ sealed: true, mark: true });
  for (const who of [customer, executor])
    expect(await world.see(who, id)).toMatchObject({ contact: null, location: null, photos: [] });
  const { body } = await world.http(executor).get("/api/orders?scope=taken");
  expect(body.orders.find((one: { id: string }) => one.id === id)).toMatchObject({
    contact: null,
    isTaken: true,
    outcome: "answered",
  });
  expect((await world.see(executor, id)).take).toMatchObject({ state: "paid", isChosen: true });
  expect(await forgetNow()).toBe(0);
  // The picture belongs to nobody now, and a day later it is gone.
  expect((await world.http(null).get(`/api/files/${picture}`)).status).toBe(200);
  const { rows } = await world.asOwner((owner) =>
    owner.query("select used_by, free_since is not null as free from files.files where id = $1", [picture]),
  );
  expect(rows).toEqual([{ used_by: null, free: true }]);
});

test("of whose contact somebody complains is kept until staff has decided, and keeps the others from nothing", async () => {
  const contact = freshContact();
  const disputed = await world.order(customer, { contact });
  const other = await world.order(customer);
  for (const id of [disputed, other]) await world.take(executor, id);
  await world.http(executor).post("/api/reviews/executor", { orderId: disputed, reason: "fake_contact" });
  await world.advance(900);
  await world.advance(10 * daySeconds + 60);
  await forgetNow();
  expect([(await kept(disputed)).sealed, (await kept(other)).sealed]).toEqual([true, false]);
  expect((await world.see(executor, disputed)).contact).toBe(contact);
  const { body } = await world.http(moderator).get("/api/admin/complaints");
  await world
    .http(moderator)
    .post(`/api/admin/complaints/${body.items[0].id}/decide`, { state: "dismissed" });
  await forgetNow();
  expect((await kept(disputed)).sealed).toBe(false);
});

test("many go in batches, each once, whoever else does it at the same moment; by the schedule", async () => {
  const userId = await world.idOf(customer);
  await world.asOwner((owner) =>
    owner.query(
      `insert into services.orders (id, customer_id, category, description, city, place, sealed, contact_hmac, status, created_at,
         expires_at, due_at, ended_at)
       select uuidv7(), $1, 'pets', 'A parrot flew away and sits on a tree', 'Казань', point(49.1, 55.8), '\\x00', '\\x00', 'expired',
         t, t, t, t from generate_series(1, 950) n, lateral (select platform.now() - interval '11 days' - n * interval '1 second') as at(t)`,
      [userId],
    ),
  );
  const counts = await Promise.all([forgetNow(), forgetNow(), forgetNow()]);
  expect(counts.reduce((a, b) => a + b)).toBeGreaterThan(0);
  const [schedule] = schedules;
  const worker = workers.find((one) => one.job.name === schedule?.job.name);
  await worker?.run(world.ctx(system("test")), {}, { key: "x", attempt: 1, isLast: false });
  expect(await forgetPrivate(world.ctx(system("test")), { after: null })).toEqual({
    forgotten: 0,
    next: null,
  });
  await world.asOwner(async (owner) => {
    const { rows } = await owner.query(
      "select count(*)::int as n from services.orders where ended_at < platform.now() - interval '10 days' and sealed is not null",
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});

test("an open order can never be without its contact", async () => {
  const id = await world.order(customer, { ...wish() });
  const forgotten = world.asOwner((owner) =>
    owner.query("update services.orders set sealed = null where id = $1", [id]),
  );
  await expect(forgotten).rejects.toThrow("open_has_contact");
});
