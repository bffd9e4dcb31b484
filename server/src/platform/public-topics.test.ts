import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { createWorld, people, type World } from "../../test/world.ts";
import { type App, createApp } from "../app.ts";
import { authenticate } from "../kernel/identity/index.ts";
import { createLive, type LiveSocketData } from "./live.ts";
import { publishToAll } from "./realtime.ts";
import { transact } from "./verb.ts";

let world: World;
let other: App;
const ports = { here: 0, there: 0 };

beforeAll(async () => {
  world = await createWorld({ withChain: false, env: { ROLES: "web" } });
  other = await createApp({ env: world.env });
  ports.here = (await world.app.start()).port;
  ports.there = (await other.start()).port;
});
afterAll(async () => {
  await other.stop();
  await world.close();
});

type News = { type: string; topic?: string; topics?: string[]; ids?: string[] };

async function connected(port: number, ...messages: unknown[]) {
  const socket = new WebSocket(`ws://localhost:${port}/api/live`);
  const heard: News[] = [];
  socket.onmessage = ({ data }) => heard.push(JSON.parse(String(data)) as News);
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code);
  });
  await new Promise<void>((resolve) => {
    socket.onopen = () => resolve();
  });
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  messages.forEach(say);
  const ids = () => heard.flatMap((one) => (one.type === "public" ? (one.ids ?? []) : []));
  return { heard, ids, say, closed, close: () => socket.close() };
}
type Client = Awaited<ReturnType<typeof connected>>;

async function until(done: () => boolean, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  while (!done()) {
    if (performance.now() > end) throw new Error("not in time");
    await Bun.sleep(10);
  }
}
const isSubscribed = ({ heard }: Client) => heard.some(({ type }) => type === "subscribed");
const tell = (...ids: string[]) =>
  transact(world.ctx(), async (tx) => {
    for (const id of ids) publishToAll(tx, "orders", id);
  });

/** As the application's own role: it may end its sessions, which the owner of the tables may not. */
async function killListeners(): Promise<void> {
  const client = new (await import("pg")).Client({ connectionString: world.database.appUrl });
  await client.connect();
  const { rowCount } = await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'souk-live' and datname = current_database()",
  );
  await client.end();
  expect(rowCount).toBe(2);
}

test("five hundred visitors on two processes hear of a change within two seconds; others hear nothing", async () => {
  const following = await Promise.all(
    Array.from({ length: 500 }, (_, n) =>
      connected(n % 2 ? ports.here : ports.there, { subscribe: ["orders"] }),
    ),
  );
  const elsewhere = await connected(ports.here, { subscribe: ["listings"] });
  const silent = await connected(ports.here, {
    authorization: `tma ${world.telegram.initData(people.seller)}`,
  });
  await until(() => [...following, elsewhere].every(isSubscribed) && silent.heard.length > 0, 20_000);
  const before = performance.now();
  await tell("order-1");
  await until(() => following.every((one) => one.ids().includes("order-1")), 2_000);
  expect(performance.now() - before).toBeLessThan(2_000);
  expect([elsewhere.ids(), silent.ids()]).toEqual([[], []]);
  for (const one of [...following, elsewhere, silent]) one.close();
});

test("a person who signed in hears of both, and of nothing more after leaving the list", async () => {
  const mine = await connected(
    ports.there,
    { authorization: `tma ${world.telegram.initData(people.seller)}` },
    { subscribe: ["orders"] },
  );
  await until(() => isSubscribed(mine) && mine.heard.some(({ type }) => type === "ready"));
  await tell("while-there");
  await until(() => mine.ids().includes("while-there"));
  mine.say({ unsubscribe: ["orders"] });
  await Bun.sleep(100);
  await tell("after-leaving");
  await Bun.sleep(500);
  expect(mine.ids()).not.toContain("after-leaving");
  mine.close();
});

test("what did not commit is not told; what changed twice or close together goes in few messages", async () => {
  const visitor = await connected(ports.here, { subscribe: ["orders"] });
  await until(() => isSubscribed(visitor));
  const rolledBack = transact(world.ctx(), async (tx) => {
    publishToAll(tx, "orders", "never");
    throw new Error("no");
  });
  await expect(rolledBack).rejects.toThrow("no");
  for (let n = 0; n < 20; n += 1) await tell(`close-${n % 10}`);
  await until(() => new Set(visitor.ids()).size === 10);
  expect(visitor.ids()).not.toContain("never");
  expect(visitor.heard.filter(({ type }) => type === "public").length).toBeLessThan(8);
  visitor.close();
});

test("more than one message can name is told as: read the list again", async () => {
  const visitor = await connected(ports.here, { subscribe: ["orders"] });
  await until(() => isSubscribed(visitor));
  await tell(...Array.from({ length: 2_000 }, (_, n) => `many-${n}`));
  await until(() => visitor.heard.some(({ type, ids }) => type === "public" && ids?.length === 0));
  visitor.close();
});

test("after a lost session of the listener everybody is told to read again", async () => {
  const visitor = await connected(ports.here, { subscribe: ["orders"] });
  await until(() => isSubscribed(visitor));
  await killListeners();
  await until(() => visitor.heard.some(({ type, ids }) => type === "public" && ids?.length === 0));
  await tell("after-the-cut");
  await until(() => visitor.ids().includes("after-the-cut"));
  visitor.close();
});

test("topics that do not exist and messages without sense end the connection", async () => {
  const wrong = await connected(ports.here, { subscribe: ["users"] });
  const mixed = await connected(ports.here, { subscribe: ["orders"], authorization: "tma x" });
  expect(await Promise.all([wrong.closed, mixed.closed])).toEqual([4400, 4400]);
});

test("one who talks without end is cut off", async () => {
  const talker = await connected(ports.here, { subscribe: ["orders"] });
  for (let n = 0; n < 100; n += 1) talker.say({ subscribe: ["orders"] });
  expect(await talker.closed).toBe(4429);
});

test("visitors of one address are limited; who signs in or leaves makes room", async () => {
  const ctx = world.ctx();
  const live = createLive(
    { ...ctx, settings: { ...ctx.settings, env: { ...ctx.settings.env, RATE_LIMIT_FACTOR: 0.004 } } },
    authenticate,
  );
  const socketOf = (address: string) => {
    const closed: number[] = [];
    const ws = {
      data: live.upgradeData(new URL("http://localhost/api/live"), address),
      subscribe: () => undefined,
      send: () => undefined,
      close: (code: number) => void closed.push(code),
      getBufferedAmount: () => 0,
    } as never;
    live.websocket.open(ws);
    const follow = () => live.websocket.message(ws, '{"subscribe":["orders"]}');
    return { ws, closed, follow, hangUp: () => live.websocket.close(ws) };
  };
  const [one, two, three, four] = ["10.1.1.1", "10.1.1.1", "10.1.1.1", "10.2.2.2"].map(socketOf);
  for (const socket of [one, two, three, four]) await socket?.follow();
  expect([one, two, three, four].map((socket) => socket?.closed)).toEqual([[], [], [4429], []]);
  one?.hangUp();
  const five = socketOf("10.1.1.1");
  await five.follow();
  const hello = JSON.stringify({ authorization: `tma ${world.telegram.initData(people.seller)}` });
  await live.websocket.message(five.ws, hello);
  const six = socketOf("10.1.1.1");
  await six.follow();
  expect([five.closed, six.closed]).toEqual([[], []]);
  for (const socket of [two, three, four, five, six]) socket?.hangUp();
});

test("a reader that does not read is cut off instead of being buffered for", async () => {
  const live = createLive(world.ctx(), authenticate);
  const server = Bun.serve<LiveSocketData>({
    port: 0,
    websocket: live.websocket,
    fetch: (request, self) =>
      self.upgrade(request, { data: live.upgradeData(new URL(request.url), "10.3.3.3") })
        ? undefined
        : new Response("no", { status: 426 }),
  });
  const raw = connect(server.port as number, "localhost");
  raw.on("error", () => undefined);
  raw.write(
    "GET /api/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  );
  await new Promise((resolve) => raw.once("data", resolve));
  raw.pause();
  const text = Buffer.from('{"subscribe":["orders"]}');
  // A frame of a client: final, text, masked with zeros.
  raw.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]));
  await until(() => server.subscriberCount("orders") === 1);
  const news = JSON.stringify({ type: "public", topic: "orders", ids: [], fill: "x".repeat(60_000) });
  const end = Date.now() + 10_000;
  while (live.count() > 0 && Date.now() < end) {
    server.publish("orders", news);
    await Bun.sleep(1);
  }
  expect(live.count()).toBe(0);
  raw.destroy();
  await server.stop(true);
});
