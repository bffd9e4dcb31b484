import { afterAll, beforeAll, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../test/world.ts";
import { type App, createApp } from "../app.ts";
import { userByTelegramId } from "../kernel/identity/index.ts";
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

test("a lost database session of the listener loses no event", async () => {
  const socket = await listen(ports.here);
  await socket.until(() => socket.heard.some(({ type }) => type === "ready"));
  await killListeners();
  await tell("after-the-cut");
  await socket.until(() => socket.events().includes("after-the-cut"));
  socket.close();
});

async function killListeners(): Promise<void> {
  const owner = new (await import("pg")).Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  await owner
    .query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'souk-live'")
    .catch(() => undefined);
  await owner.end();
}
