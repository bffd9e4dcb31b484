import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, people, type World } from "../../../test/world.ts";
import { type App, createApp } from "../../app.ts";
import type { Actor } from "../../platform/context.ts";
import { transact } from "../../platform/verb.ts";
import { userByTelegramId } from "../identity/index.ts";
import { announce, withdrawAnnouncement } from "./announce.ts";
import { notify } from "./notify.ts";
import { claim } from "./post/claim.ts";
import { deliver } from "./post/deliver.ts";
import { postLoop, sendDue } from "./post/loop.ts";
import { welcomeBack } from "./welcome-back.ts";

let world: World;
let slow: App;
/** Telegram ids of sixty people, and our ids of them. */
let crowd: number[] = [];
const ids = new Map<number, string>();

beforeAll(async () => {
  world = await createWorld({ withChain: false, telegramLimits: null });
  slow = await createApp({ env: { ...world.env, TELEGRAM_MESSAGES_PER_SECOND: "20" } });
  crowd = world.telegram.addCrowd(60);
  for (const person of [people.seller, ...crowd]) {
    await world.http(person).get("/api/users/me");
    ids.set(person, (await userByTelegramId(world.ctx().db, String(person))) ?? "");
  }
  await world.telegram.act(people.seller, { type: "startBot" });
  await world.settle();
}, 60_000);
afterAll(async () => {
  await slow.stop();
  await world.close();
});
beforeEach(() => world.telegram.faults.clear());

const id = (person: number): string => ids.get(person) ?? "";
const tellAll = (key: string, to = crowd, title = key) =>
  transact(world.ctx(), (tx) =>
    announce(tx, {
      key,
      kind: "channels.seller_wallet_needed",
      topic: "new_orders",
      params: { title },
      link: "/orders/1",
      digestLink: "/orders",
      recipients: to.map((person, rank) => ({ userId: id(person), rank })),
    }),
  );
const withdraw = (key: string) => transact(world.ctx(), (tx) => withdrawAnnouncement(tx, key));
const tellOne = (key: string, person: number) =>
  transact(world.ctx(), (tx) =>
    notify(tx, {
      userId: id(person),
      kind: "channels.seller_wallet_needed",
      topic: "deals",
      params: { title: key },
      link: "/profile",
      key,
    }),
  );
const chat = (person: number) =>
  world.telegram.state(person).chats.find(({ kind }) => kind === "bot")?.messages ?? [];
const heard = (person: number, text: string): number =>
  chat(person).filter((message) => JSON.stringify(message).includes(text)).length;
/** Who was told, in Telegram's own order. */
const toldInOrder = (text: string, of = crowd): number[] =>
  of
    .flatMap((person) =>
      chat(person)
        .filter((message) => JSON.stringify(message).includes(text))
        .map((message) => ({ person, at: message.id })),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ person }) => person);
const settings = (person: number, change: object) =>
  world.http(person).put("/api/users/me/notification-settings", change);
/** Sends as many messages as this, one after the other. */
async function sendSome(count: number): Promise<void> {
  for (let sent = 0; sent < count; ) {
    const next = await claim(world.ctx());
    if (next.kind === "idle") return;
    if (next.kind === "wait") await Bun.sleep(next.ms);
    else {
      await deliver(world.ctx(), next);
      sent += 1;
    }
  }
}

describe("an announcement", () => {
  test("reaches everybody once, the nearest first, however often it is asked for", async () => {
    await Promise.all([tellAll("first"), tellAll("first")]);
    await Promise.all([sendDue(world.ctx()), sendDue(slow.context())]);
    await tellAll("first");
    await world.settle();
    expect(crowd.map((person) => heard(person, "first"))).toEqual(crowd.map(() => 1));
    const order = toldInOrder("first");
    // Two senders at once may swap neighbours, no more.
    for (const [place, person] of order.entries())
      expect(Math.abs(place - crowd.indexOf(person))).toBeLessThan(5);
    expect((await world.http(crowd[0] ?? 0).get("/api/notifications")).body.items).toEqual([]);
  });

  test("names a person once, at their nearest", async () => {
    await transact(world.ctx(), (tx) =>
      announce(tx, {
        key: "doubled",
        kind: "channels.seller_wallet_needed",
        topic: "new_orders",
        params: { title: "doubled" },
        link: "/",
        digestLink: "/",
        recipients: [50, 10, 30].flatMap((rank, n) => [
          { userId: id(crowd[n] ?? 0), rank },
          { userId: id(crowd[n] ?? 0), rank: rank + 5 },
        ]),
      }),
    );
    await world.settle();
    expect(toldInOrder("doubled")).toEqual([crowd[1], crowd[2], crowd[0]] as number[]);
  });

  test("goes to nobody more once it is withdrawn", async () => {
    await tellAll("over");
    await sendSome(7);
    await withdraw("over");
    await world.settle();
    expect(toldInOrder("over")).toEqual(crowd.slice(0, 7));
    await withdraw("over");
    await withdraw("never-announced");
    await tellAll("over");
    await world.settle();
    expect(toldInOrder("over").length).toBe(7);
  });

  test("passes by who switched the topic off or blocked the bot, until they unblock it", async () => {
    const [off, blocked, third] = crowd as [number, number, number];
    await settings(off, { cadence: { new_orders: "off" } });
    await world.telegram.act(blocked, { type: "blockBot" });
    await tellAll("block-1", [off, blocked, third]);
    await world.settle();
    await tellAll("block-2", [off, blocked, third]);
    await world.settle();
    const { rows } = await world.ctx().db.execute<{ state: string }>(sql`
      select m.state from notifications.messages m join notifications.announcements a on a.id = m.announcement_id
      where a.key in ('block-1', 'block-2') order by m.id`);
    // The second time nothing was even tried for the first two.
    expect(rows.map(({ state }) => state)).toEqual(["blocked", "sent", "sent"]);
    await world.telegram.act(blocked, { type: "unblockBot" });
    await settings(off, { cadence: { new_orders: "now" } });
    await world.settle();
    await tellAll("block-3", [off, blocked, third]);
    await world.settle();
    expect([off, blocked, third].map((person) => heard(person, "block-3"))).toEqual([1, 1, 1]);
  });

  test("of which a person is told again after they wrote to the bot", async () => {
    const [person] = crowd as [number];
    await world
      .ctx()
      .db.execute(
        sql`update notifications.chats set blocked_at = platform.now() where user_id = ${id(person)}`,
      );
    const actor: Actor = { kind: "user", userId: id(person), telegramId: String(person), staffRoles: [] };
    await welcomeBack(world.ctx(actor), {});
    await tellAll("wrote", [person]);
    await world.settle();
    expect(heard(person, "wrote")).toBe(1);
    await world
      .ctx()
      .db.execute(
        sql`update notifications.chats set blocked_at = platform.now() where user_id = ${id(person)}`,
      );
    await world.telegram.act(person, { type: "startBot" });
    await world.settle();
    await tellAll("started", [person]);
    await world.settle();
    expect(heard(person, "started")).toBe(1);
  });
});

describe("the pace", () => {
  test("lets single notices pass, and gives each new announcement its nearest first", async () => {
    await tellAll("long");
    await sendSome(5);
    await tellAll("short", crowd.slice(50));
    await tellOne("single", crowd[40] ?? 0);
    await sendSome(2);
    expect([heard(crowd[40] ?? 0, "single"), heard(crowd[50] ?? 0, "short")]).toEqual([1, 1]);
    expect(toldInOrder("long").length).toBe(5);
    await world.settle();
  });

  test("is one for all processes, and never faster than it is set", async () => {
    const other = await createApp({ env: { ...world.env, TELEGRAM_MESSAGES_PER_SECOND: "20" } });
    await tellAll("paced");
    const stop = new AbortController();
    const begun = performance.now();
    const loops = [slow, other].map((app) => postLoop.run(app.context(), stop.signal));
    const times: number[] = [];
    while (times.length < crowd.length) {
      const told = toldInOrder("paced").length;
      for (const now = performance.now(); times.length < told; ) times.push(now - begun);
      if (performance.now() - begun > 20_000) break;
      await Bun.sleep(5);
    }
    stop.abort();
    await Promise.all(loops);
    await other.stop();
    expect(times.length).toBe(crowd.length);
    expect(times[0]).toBeLessThan(2_000);
    // Sixty at twenty a second, of which a few may come at once.
    expect(times.at(-1)).toBeGreaterThan(2_500);
    for (const [n, at] of times.entries()) {
      const within = times.slice(n).filter((one) => one < at + 1_000).length;
      expect(within).toBeLessThanOrEqual(27);
    }
  }, 30_000);

  test("stands still for everybody when Telegram asks for it", async () => {
    world.telegram.faults.next("sendMessage", { kind: "tooMany", retryAfter: 2 });
    await tellAll("flood", crowd.slice(0, 3));
    const before = performance.now();
    await sendSome(1);
    expect(await claim(slow.context())).toMatchObject({ kind: "wait" });
    await sendSome(3);
    expect(performance.now() - before).toBeGreaterThan(1_900);
    expect(crowd.slice(0, 3).map((person) => heard(person, "flood"))).toEqual([1, 1, 1]);
  });

  test("leaves a chat alone for its second, and writes to others meanwhile", async () => {
    const spaced = await createApp({ env: { ...world.env, TELEGRAM_CHAT_SPACING_MS: "700" } });
    const [one, two] = crowd as [number, number];
    for (const key of ["spaced-1", "spaced-2"]) await tellOne(key, one);
    await tellOne("spaced-3", two);
    const before = performance.now();
    await sendDue(spaced.context());
    expect([heard(one, "spaced-1"), heard(one, "spaced-2"), heard(two, "spaced-3")]).toEqual([1, 0, 1]);
    while (heard(one, "spaced-2") === 0) {
      await Bun.sleep(20);
      await sendDue(spaced.context());
    }
    expect(performance.now() - before).toBeGreaterThan(650);
    await spaced.stop();
  });

  test("loses nothing and repeats nothing when Telegram does not answer for a while", async () => {
    const fault = { kind: "status", status: 502, description: "Bad Gateway" } as const;
    world.telegram.faults.next("sendMessage", fault, fault, fault);
    // Not those whose chats were just written to with a pause of their own.
    const told = crowd.slice(10, 16);
    await tellAll("outage", told);
    for (let round = 0; round < 6; round += 1) await world.advance(60);
    expect(told.map((person) => heard(person, "outage"))).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
