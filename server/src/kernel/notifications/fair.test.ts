import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { createWorld, type World } from "../../../test/world.ts";
import { transact } from "../../platform/verb.ts";
import { userByTelegramId } from "../identity/index.ts";
import { announce, continueAnnouncement, withdrawAnnouncement } from "./announce.ts";
import { notify } from "./notify.ts";
import { claim, isAnythingDue } from "./post/claim.ts";
import { deliver } from "./post/deliver.ts";
import { sendDue } from "./post/loop.ts";

let world: World;
let owner: Client;
let crowd: number[] = [];
const ids = new Map<number, string>();
const id = (person: number): string => ids.get(person) ?? "";

beforeAll(async () => {
  world = await createWorld({ withChain: false, telegramLimits: null });
  owner = new Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  crowd = world.telegram.addCrowd(60);
  for (const person of crowd) {
    await world.http(person).get("/api/users/me");
    ids.set(person, (await userByTelegramId(world.ctx().db, String(person))) ?? "");
  }
}, 60_000);
afterAll(async () => {
  await owner.end();
  await world.close();
});

const sayable = "channels.seller_wallet_needed";
type More = Parameters<typeof announce>[1]["more"];
const tellAll = (
  key: string,
  to: readonly number[],
  { kind = sayable, more }: { kind?: string; more?: More } = {},
) =>
  transact(world.ctx(), (tx) =>
    announce(tx, {
      key,
      kind,
      topic: "new_orders",
      params: { title: key },
      link: "/orders/1",
      digestLink: "/orders",
      recipients: to.map((person, rank) => ({ userId: id(person), rank })),
      ...(more && { more }),
    }),
  );
const tellOne = (key: string, person: number) =>
  transact(world.ctx(), (tx) =>
    notify(tx, {
      userId: id(person),
      kind: sayable,
      topic: "deals",
      params: { title: key },
      link: "/profile",
      key,
    }),
  );
const heard = (person: number, text: string): number => {
  const bot = world.telegram.state(person).chats.find(({ kind }) => kind === "bot");
  return (bot?.messages ?? []).filter((message) => JSON.stringify(message).includes(text)).length;
};
const toldOf = (text: string, of: readonly number[] = crowd): number =>
  of.reduce((sum, person) => sum + heard(person, text), 0);
const cadence = (person: number, change: object) =>
  world.http(person).put("/api/users/me/notification-settings", { cadence: change });
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
const statesOf = async (key: string): Promise<Record<string, number>> => {
  const { rows } = await world.ctx().db.execute<{ state: string; n: number }>(sql`
    select m.state, count(*)::int as n from notifications.messages m
    join notifications.announcements a on a.id = m.announcement_id where a.key = ${key} group by m.state`);
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};
/** Digests of some people are due, as at the end of their quarter. */
const makeDigestsDue = () =>
  world.ctx().db.execute(sql`
    update notifications.messages set due_at = platform.now() where lane = 2 and state = 'waiting'`);

test("digests are written while announcements take all that the pace allows, and neither waits for single notices for ever", async () => {
  const [first, second, ...others] = crowd as [number, number, ...number[]];
  for (const person of [first, second]) {
    await cadence(person, { new_orders: "quarter" });
    await tellAll(`digest-${person}`, [person]);
  }
  await sendDue(world.ctx());
  await makeDigestsDue();
  await tellAll("flood", others);
  for (const [n, person] of others.slice(0, 20).entries()) await tellOne(`single-${n}`, person);
  await sendSome(10);
  expect([heard(first, `digest-${first}`), heard(second, `digest-${second}`)]).toEqual([1, 1]);
  expect([toldOf("single-"), toldOf("flood")]).toEqual([6, 2]);
  await sendDue(world.ctx());
  expect([toldOf("single-"), toldOf("flood")]).toEqual([20, others.length]);
  for (const person of [first, second]) await cadence(person, { new_orders: "now" });
});

test("what two processes died over, and what was withdrawn on its way, keeps nobody looking for it", async () => {
  const [one, two] = crowd as [number, number];
  await tellAll("died", [one]);
  for (let death = 0; death < 2; death += 1) {
    expect(await claim(world.ctx())).toMatchObject({ kind: "send" });
    await owner.query("select platform.advance_clock(30)");
  }
  world.telegram.faults.next("sendMessage", { kind: "tooMany", retryAfter: 1 });
  await tellAll("over", [two]);
  const next = await claim(world.ctx());
  if (next.kind !== "send") throw new Error("nothing to send");
  await transact(world.ctx(), (tx) => withdrawAnnouncement(tx, "over"));
  await deliver(world.ctx(), next);
  await Bun.sleep(1_100);
  expect(await claim(world.ctx())).toEqual({ kind: "idle" });
  expect(await isAnythingDue(world.ctx())).toBe(false);
  expect([await statesOf("died"), await statesOf("over")]).toEqual([{ unknown: 1 }, { dropped: 1 }]);
});

test("one thing without words does not silence the digest that it stands in", async () => {
  const [person] = crowd as [number];
  await cadence(person, { new_orders: "hour" });
  await tellAll("mute", [person], { kind: "channels.forgotten_by_a_later_version" });
  await tellAll("told", [person]);
  await sendDue(world.ctx());
  await makeDigestsDue();
  await sendDue(world.ctx());
  expect(heard(person, "told")).toBe(1);
  expect([await statesOf("mute"), await statesOf("told")]).toEqual([{ failed: 1 }, { sent: 1 }]);
  await cadence(person, { new_orders: "now" });
  await tellAll("mute-alone", [person], { kind: "channels.forgotten_by_a_later_version" });
  await sendDue(world.ctx());
  expect(await statesOf("mute-alone")).toEqual({ failed: 1 });
});

test("a long announcement asks for its next people when these run out, and takes each answer once", async () => {
  const asked = { after: 30 };
  await tellAll("paged", crowd.slice(0, 30), { more: { name: "notifications.sweep", payload: asked } });
  await sendDue(world.ctx());
  expect(toldOf("paged")).toBe(30);
  // Nothing to do until somebody answers.
  expect(await isAnythingDue(world.ctx())).toBe(false);
  const { rows } = await world.ctx().db.execute(sql`
    select 1 from pgboss.job where name = 'notifications.sweep' and data -> 'payload' = ${JSON.stringify(asked)}::jsonb`);
  expect(rows).toHaveLength(1);
  const answer = (given: object, to: readonly number[]) =>
    transact(world.ctx(), (tx) =>
      continueAnnouncement(tx, {
        key: "paged",
        asked: given as Record<string, unknown>,
        recipients: to.map((person, rank) => ({ userId: id(person), rank })),
      }),
    );
  await answer({ after: 29 }, crowd.slice(50));
  // One person moved meanwhile and is named again.
  await answer(asked, crowd.slice(29, 45));
  await answer(asked, crowd.slice(45));
  await sendDue(world.ctx());
  expect(crowd.map((person) => heard(person, "paged"))).toEqual(crowd.map((_, n) => (n < 45 ? 1 : 0)));
  const { rows: ended } = await world.ctx().db.execute(sql`
    select 1 from notifications.announcements where key = 'paged' and ended_at is not null`);
  expect(ended).toHaveLength(1);
});
