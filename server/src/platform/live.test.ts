import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../test/world.ts";
import { type App, createApp } from "../app.ts";
import { authenticate, userByTelegramId } from "../kernel/identity/index.ts";
import { createLive } from "./live.ts";
import { publish } from "./realtime.ts";
import type { LiveEvent } from "./shapes.ts";
import { transact } from "./verb.ts";

let world: World;
let other: App;
const ports = { here: 0, there: 0 };
let userId = "";

beforeAll(async () => {
  world = await createWorld({ withChain: false, env: { ROLES: "web" } });
  other = await createApp({ env: world.env });
  ports.here = (await world.app.start()).port;
  ports.there = (await other.start()).port;
  await world.http(people.seller).get("/api/users/me");
  userId = (await userByTelegramId(world.ctx().db, String(people.seller))) ?? "";
});
afterAll(async () => {
  await other.stop();
  await world.close();
});

type Said = { type: "ready" | "reset" | "event"; seq?: string; event?: LiveEvent };

/** A client that keeps what it hears and can wait for a number of events. */
async function listen(
  port: number,
  since?: string,
  authorization = `tma ${world.telegram.initData(people.seller)}`,
) {
  const socket = new WebSocket(
    `ws://localhost:${port}/api/live${since === undefined ? "" : `?since=${since}`}`,
  );
  const heard: Said[] = [];
  let wake = () => {};
  socket.onmessage = ({ data }) => {
    heard.push(JSON.parse(String(data)) as Said);
    wake();
  };
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => {
      resolve(code);
      wake();
    };
  });
  await new Promise<void>((resolve) => {
    socket.onopen = () => resolve();
  });
  socket.send(JSON.stringify({ authorization }));
  const until = async (done: () => boolean): Promise<void> => {
    const end = Date.now() + 5_000;
    while (!done()) {
      if (Date.now() > end) throw new Error(`not heard; heard ${JSON.stringify(heard)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 50);
      });
    }
  };
  const events = () => heard.filter((one) => one.type === "event").map((one) => one.event?.id);
  return { heard, events, until, closed, close: () => socket.close() };
}

const tell = (id: string) => transact(world.ctx(), async (tx) => publish(tx, userId, "deal", id));

test("an event reaches a person's sockets on every process, whoever wrote it", async () => {
  const [here, there] = [await listen(ports.here), await listen(ports.there)];
  await Promise.all(
    [here, there].map((one) => one.until(() => one.heard.some(({ type }) => type === "ready"))),
  );
  await tell("one");
  await Promise.all([here, there].map((one) => one.until(() => one.events().includes("one"))));
  here.close();
  there.close();
});

test("nothing is missed over a reconnect, and nothing comes twice, also on another process", async () => {
  const first = await listen(ports.here);
  await first.until(() => first.heard.some(({ type }) => type === "ready"));
  await tell("before");
  await first.until(() => first.events().includes("before"));
  const last = first.heard.at(-1)?.event?.seq;
  first.close();
  await first.closed;
  for (const id of ["away-1", "away-2", "away-3"]) await tell(id);
  const second = await listen(ports.there, last);
  await tell("back");
  await second.until(() => second.events().includes("back"));
  expect(second.events()).toEqual(["away-1", "away-2", "away-3", "back"]);
  second.close();
});

test("events that come while a socket signs in are not lost in between", async () => {
  const known = await listen(ports.here);
  await known.until(() => known.heard.some(({ type }) => type === "ready"));
  const since = known.heard.find(({ type }) => type === "ready")?.seq;
  known.close();
  const [socket] = await Promise.all([
    listen(ports.here, since),
    ...Array.from({ length: 20 }, (_, n) => tell(`burst-${n}`)),
  ]);
  await socket.until(() => socket.events().length === 20);
  expect(new Set(socket.events()).size).toBe(20);
  socket.close();
});

test("a number from another life makes the client start anew", async () => {
  const socket = await listen(ports.here, "999999999");
  await socket.until(() => socket.heard.some(({ type }) => type === "ready"));
  expect(socket.heard.map(({ type }) => type)).toEqual(["reset", "ready"]);
  socket.close();
});

test("nobody listens without signing in, and nobody hears another person's events", async () => {
  const forged = await listen(ports.here, undefined, "tma hash=00");
  expect(await forged.closed).toBe(4401);
  const buyer = await listen(ports.here, undefined, `tma ${world.telegram.initData(people.buyer)}`);
  await buyer.until(() => buyer.heard.some(({ type }) => type === "ready"));
  await tell("private");
  await Bun.sleep(200);
  expect(buyer.events()).toEqual([]);
  buyer.close();
});

test("a socket whose session is ended elsewhere hears of it and is closed; the others stay", async () => {
  const signIn = async () =>
    (await world.http(null).post("/api/auth/telegram", { initData: world.telegram.initData(people.seller) }))
      .body;
  const [ended, kept] = [await signIn(), await signIn()];
  const lost = await listen(ports.there, undefined, `Bearer ${ended.accessToken}`);
  const here = await listen(ports.here, undefined, `Bearer ${kept.accessToken}`);
  for (const one of [lost, here]) await one.until(() => one.heard.length > 0);
  await world.http(people.seller).del(`/api/auth/sessions/${ended.sessionId}`);
  expect(await lost.closed).toBe(4401);
  expect(lost.heard.at(-1)?.event?.topic).toBe("user");
  await tell("after");
  await here.until(() => here.events().includes("after"));
  expect(lost.events()).not.toContain("after");
  here.close();
});

describe("sockets that misbehave", () => {
  const signedIn = () => JSON.stringify({ authorization: `tma ${world.telegram.initData(people.seller)}` });
  /** A server's socket without a network: what was said to it and how it was closed. */
  function socketOf(live: ReturnType<typeof createLive>) {
    const said: string[] = [];
    const closed: number[] = [];
    const ws = {
      data: live.upgradeData(new URL("http://localhost/api/live"), "127.0.0.1"),
      send: (text: string) => void said.push(text),
      close: (code: number) => void closed.push(code),
      getBufferedAmount: () => 0,
    };
    live.websocket.open(ws as never);
    const message = (text: string) => live.websocket.message(ws as never, text);
    return { said, closed, message, hangUp: () => live.websocket.close(ws as never) };
  }

  test("one that hangs up while it signs in leaves nothing behind", async () => {
    const live = createLive(world.ctx(), authenticate);
    const socket = socketOf(live);
    const signing = socket.message(signedIn());
    socket.hangUp();
    await signing;
    expect([live.count(), live.people(), socket.said]).toEqual([0, 0, []]);
    const patient = socketOf(live);
    await patient.message(signedIn());
    expect([live.count(), live.people()]).toEqual([1, 1]);
    patient.hangUp();
    expect([live.count(), live.people()]).toEqual([0, 0]);
  });

  test("a second message while the first is worked signs in nobody else", async () => {
    const live = createLive(world.ctx(), authenticate);
    const socket = socketOf(live);
    await Promise.all([socket.message(signedIn()), socket.message(signedIn())]);
    expect(socket.said.map((one) => JSON.parse(one).type)).toEqual(["ready"]);
    socket.hangUp();
  });

  test("our own trouble does not look like a refused sign-in", async () => {
    const live = createLive(world.ctx(), () => Promise.reject(new Error("the database is away")));
    const socket = socketOf(live);
    await socket.message(signedIn());
    expect(socket.closed).toEqual([1011]);
    socket.hangUp();
  });

  test("a person has forty at most: one more closes the oldest", async () => {
    const live = createLive(world.ctx(), authenticate);
    const sockets = Array.from({ length: 41 }, () => socketOf(live));
    for (const socket of sockets) await socket.message(signedIn());
    expect(sockets.map(({ closed }) => closed.length)).toEqual([1, ...Array.from({ length: 40 }, () => 0)]);
    for (const socket of sockets) socket.hangUp();
  });
});

test("a lost database session of the listener loses no event", async () => {
  const socket = await listen(ports.here);
  await socket.until(() => socket.heard.some(({ type }) => type === "ready"));
  await killListeners();
  await tell("after-the-cut");
  await socket.until(() => socket.events().includes("after-the-cut"));
  socket.close();
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
