import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import webpush from "web-push";
import { type LocalPush, startLocalPush } from "../../../../../local/push/index.ts";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { isAllowed } from "../../../gateways/push/gateway.ts";
import { transact } from "../../../platform/verb.ts";
import { userByTelegramId } from "../../identity/index.ts";
import { notify } from "../notify.ts";
import { forgetPush } from "./forget.ts";
import { subscribePush, unsubscribePush } from "./subscribe.ts";

const keys = webpush.generateVAPIDKeys();
let service: LocalPush;
let world: World;
let userId = "";
const hosts = "fcm.googleapis.com,*.push.services.mozilla.com";

beforeAll(async () => {
  service = await startLocalPush();
  world = await createWorld({
    withChain: false,
    env: {
      WEB_PUSH_PUBLIC_KEY: keys.publicKey,
      WEB_PUSH_PRIVATE_KEY: keys.privateKey,
      WEB_PUSH_HOSTS: `${hosts},${service.origin}`,
    },
  });
  await world.http(people.seller).get("/api/users/me");
  userId = (await userByTelegramId(world.ctx().db, String(people.seller))) ?? "";
});
afterAll(async () => {
  await world.close();
  await service.stop();
});
beforeEach(async () => {
  await world.ctx().db.execute(sql`delete from notifications.subscriptions`);
});

const path = "/api/push/subscriptions";
const subscribe = (browser: ReturnType<LocalPush["browser"]>, person: number = people.seller) =>
  world.http(person).post(path, browser.subscription);
const tell = async (key: string) => {
  await transact(world.ctx(), (tx) =>
    notify(tx, {
      userId,
      kind: "channels.seller_wallet_needed",
      topic: "deals",
      params: { title: `Shop ${key}` },
      link: "/profile",
      key,
    }),
  );
  await world.settle();
};
const known = async (): Promise<number> =>
  Number(
    (await world.ctx().db.execute<{ n: bigint }>(sql`select count(*) as n from notifications.subscriptions`))
      .rows[0]?.n,
  );

test("a browser is told what the bot tells, readable by it alone, once, with where a tap leads", async () => {
  const [one, two] = [service.browser(keys.publicKey), service.browser(keys.publicKey)];
  for (const browser of [one, two]) expect((await subscribe(browser)).status).toBe(201);
  await tell("first");
  for (const browser of [one, two]) {
    expect(browser.read()).toEqual([
      {
        title: expect.any(String),
        body: expect.stringContaining("Shop first"),
        link: "/profile",
        tag: expect.any(String),
      },
    ]);
    expect(browser.received[0]).toMatchObject({ ttl: 3_600, urgency: "high" });
    expect(browser.received[0]?.body.toString("latin1")).not.toContain("Shop");
  }
  await tell("first");
  expect(one.received.length).toBe(1);
});

test("what is kept of a browser cannot be read from the database", async () => {
  const browser = service.browser(keys.publicKey);
  await subscribe(browser);
  const { rows } = await world.ctx().db.execute<{ row: string; log: string }>(sql`
    select (select string_agg(s::text, '') from notifications.subscriptions s) as row,
      (select string_agg(a.input::text, '') from platform.actions a where verb = 'notifications.subscribe_push') as log`);
  const kept = `${rows[0]?.row} ${rows[0]?.log}`;
  for (const secret of [
    browser.subscription.endpoint,
    browser.subscription.keys.auth,
    browser.subscription.keys.p256dh,
  ])
    expect(kept).not.toContain(secret);
});

test("a topic that is off, or goes in digests, goes to browsers no differently", async () => {
  const browser = service.browser(keys.publicKey);
  await subscribe(browser);
  const settings = (change: object) =>
    world.http(people.seller).put("/api/users/me/notification-settings", { cadence: change });
  await settings({ deals: "off" });
  await tell("off");
  await settings({ deals: "hour" });
  await tell("hour-1");
  await tell("hour-2");
  expect(browser.received.length).toBe(0);
  await world.advance(3_600);
  expect(browser.read()).toMatchObject([{ link: "/inbox" }]);
  await settings({ deals: "now" });
});

test("who blocked the bot is told in the browser all the same", async () => {
  const browser = service.browser(keys.publicKey);
  await subscribe(browser);
  await world.telegram.act(people.seller, { type: "startBot" });
  await world.telegram.act(people.seller, { type: "blockBot" });
  await tell("blocked");
  expect(browser.received.length).toBe(1);
  await world.telegram.act(people.seller, { type: "unblockBot" });
});

test("a browser is told for as long as the session lives that it subscribed in", async () => {
  const [lent, own] = [service.browser(keys.publicKey), service.browser(keys.publicKey)];
  const initData = world.telegram.initData(people.seller);
  const { body } = await world.http(null).post("/api/auth/telegram", { initData });
  const there = world.httpAs(`Bearer ${body.accessToken}`);
  expect((await there.post(path, lent.subscription)).status).toBe(201);
  await subscribe(own);
  await tell("while it lives");
  expect([lent.received.length, own.received.length]).toEqual([1, 1]);
  await world.http(people.seller).del(`/api/auth/sessions/${body.sessionId}`);
  await tell("after its end");
  expect([lent.received.length, own.received.length, await known()]).toEqual([1, 2, 1]);
});

test("a browser that is gone is forgotten; a service that stumbles is asked again", async () => {
  const [gone, patient] = [service.browser(keys.publicKey), service.browser(keys.publicKey)];
  for (const browser of [gone, patient]) await subscribe(browser);
  gone.unsubscribe();
  await tell("gone");
  expect([await known(), patient.received.length]).toEqual([1, 1]);
  for (const status of [429, 503]) {
    service.fault(status);
    await tell(`stumble-${status}`);
    for (let round = 0; round < 3; round += 1) await world.advance(60);
  }
  expect(patient.received.length).toBe(3);
  service.fault(413);
  await tell("too-large");
  await world.advance(60);
  expect([await known(), patient.received.length]).toEqual([1, 3]);
  service.fault(302);
  const before = service.calls();
  await tell("redirected");
  expect(service.calls()).toBe(before + 1);
});

test("keys that are no browser's are given up at once, and hold nobody else up", async () => {
  const [made, real] = [service.browser(keys.publicKey), service.browser(keys.publicKey)];
  made.subscription.keys.p256dh = Buffer.alloc(65, 4).toString("base64url");
  for (const browser of [made, real]) expect((await subscribe(browser)).status).toBe(201);
  await tell("no point");
  expect([made.received.length, real.received.length]).toEqual([0, 1]);
  const { rows } = await world.ctx().db.execute<{ state: string }>(sql`
    select distinct state::text as state from pgboss.job where name = 'notifications.send-push'`);
  expect(rows).toEqual([{ state: "completed" }]);
});

test("only one's own browser is let go, twice as well as once; a browser changes its person", async () => {
  const browser = service.browser(keys.publicKey);
  await subscribe(browser);
  const { endpoint } = browser.subscription;
  const leave = (person: number) =>
    world.app.fetch(
      new Request(`http://localhost:8010${path}`, {
        method: "DELETE",
        headers: {
          authorization: `tma ${world.telegram.initData(person)}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ endpoint }),
      }),
    );
  expect((await leave(people.buyer)).status).toBe(204);
  expect(await known()).toBe(1);
  await subscribe(browser, people.buyer);
  await tell("not-mine-any-more");
  expect([await known(), browser.received.length]).toEqual([1, 0]);
  for (let n = 0; n < 2; n += 1) expect((await leave(people.buyer)).status).toBe(204);
  expect(await known()).toBe(0);
});

test("a person has ten browsers at most: one more takes the oldest's place", async () => {
  const browsers = Array.from({ length: 11 }, () => service.browser(keys.publicKey));
  for (const browser of browsers) await subscribe(browser);
  expect(await known()).toBe(10);
  await tell("eleven");
  expect(browsers.map(({ received }) => received.length)).toEqual([0, ...Array(10).fill(1)]);
});

test("nothing but the configured services is ever called", async () => {
  const { keys: own } = service.browser(null).subscription;
  for (const endpoint of [
    "http://169.254.169.254/latest",
    "https://localhost/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/?fcm.googleapis.com",
    "http://fcm.googleapis.com/x",
    "https://fcm.googleapis.com:8443/x",
    "https://user:pass@fcm.googleapis.com/x",
    "file:///etc/passwd",
  ]) {
    const { status, body } = await world.http(people.seller).post(path, { endpoint, keys: own });
    expect([endpoint, status]).toEqual([endpoint, 422]);
    expect(JSON.stringify(body)).not.toContain(endpoint);
  }
  const allowed = hosts.split(",");
  expect(isAllowed("https://fcm.googleapis.com/fcm/send/x", allowed)).toBe(true);
  expect(isAllowed("https://updates.push.services.mozilla.com/wpush/v2/x", allowed)).toBe(true);
  expect(isAllowed("https://push.services.mozilla.com/x", allowed)).toBe(false);
  expect(isAllowed("https://xpush.services.mozilla.com/x", allowed)).toBe(false);
});

test("keys of another length are refused, and visitors are asked to sign in", async () => {
  const { endpoint, keys: own } = service.browser(null).subscription;
  for (const wrong of [{ ...own, auth: "AAAA" }, { ...own, p256dh: `${own.p256dh}AAAA` }, { auth: own.auth }])
    expect((await world.http(people.seller).post(path, { endpoint, keys: wrong })).status).toBe(422);
  expect((await world.http(null).post(path, { endpoint, keys: own })).status).toBe(401);
});

test("nobody but people subscribe, and nobody but the system forgets", async () => {
  const browser = service.browser(keys.publicKey);
  const { endpoint, keys: own } = browser.subscription;
  const me = { kind: "user", userId, telegramId: String(people.seller), staffRoles: [] } as const;
  await expect(subscribePush(world.ctx(), { endpoint, keys: own })).rejects.toThrow("forbidden");
  await expect(forgetPush(world.ctx(me), { subscriptionId: userId })).rejects.toThrow("forbidden");
  const { id } = await subscribePush(world.ctx(me), { endpoint, keys: own });
  await forgetPush(world.ctx(), { subscriptionId: id });
  expect(await known()).toBe(0);
  await unsubscribePush(world.ctx(me), { endpoint });
});
