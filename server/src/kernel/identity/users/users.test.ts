import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import {
  botRecipients,
  languageOf,
  notificationSettingsOf,
  publicUsers,
  staffWith,
  telegramIdOf,
  userByTelegramId,
} from "../index.ts";
import { applyStaff } from "./apply-staff.ts";
import { ensureUser } from "./ensure-user.ts";
import { registerUser } from "./register-user.ts";
import { setMarketRoles, setNotificationSettings, setPreferences } from "./settings.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false, env: { STAFF: "1003:arbiter,1003:support,6001:owner" } });
});
afterAll(() => world.close());

const client = (person: number) => world.http(person);
const db = () => world.ctx().db;
const topics = [
  "deals",
  "offers",
  "campaigns",
  "orders",
  "new_orders",
  "reviews",
  "payments",
  "support",
  "news",
];
const all = (value: unknown) => Object.fromEntries(topics.map((topic) => [topic, value]));
const untouched = { bot: all(true), cadence: all("now"), quietHours: null, timeZone: "Europe/Moscow" };

describe("one's own account", () => {
  test("keeps the roles that were set, once each, and only known ones", async () => {
    const { body } = await client(people.seller).put("/api/users/me", {
      roles: ["publisher", "advertiser", "publisher"],
    });
    expect(body.roles).toEqual(["publisher", "advertiser"]);
    expect((await client(people.seller).put("/api/users/me", {})).body.roles).toEqual([
      "publisher",
      "advertiser",
    ]);
    expect((await client(people.seller).put("/api/users/me", { roles: ["owner"] })).status).toBe(422);
    expect((await client(people.seller).put("/api/users/me", { staffRoles: ["owner"] })).status).toBe(422);
  });

  test("counts a language as chosen once it was set, and speaks it from then on", async () => {
    const before = (await client(people.buyer).get("/api/users/me")).body;
    expect(before.isLanguageChosen).toBe(false);
    const { body } = await client(people.buyer).put("/api/users/me/preferences", { language: "en" });
    expect([body.language, body.isLanguageChosen]).toEqual(["en", true]);
    const id = (await userByTelegramId(db(), String(people.buyer))) ?? "";
    expect(await languageOf(db(), id)).toBe("en");
    expect((await client(people.buyer).put("/api/users/me/preferences", { language: "de" })).status).toBe(
      422,
    );
  });

  test("has every topic on, and switches only what is named", async () => {
    const path = "/api/users/me/notification-settings";
    expect((await client(people.other).get("/api/users/me")).body.notificationSettings).toEqual(untouched);
    await client(people.other).put(path, { bot: { deals: false } });
    await client(people.other).put(path, { cadence: { orders: "hour" }, timeZone: "Asia/Omsk" });
    const { body } = await client(people.other).put(path, { quietHours: { from: "23:30", to: "07:00" } });
    const wanted = {
      bot: { ...all(true), deals: false },
      cadence: { ...all("now"), deals: "off", orders: "hour" },
      quietHours: { from: "23:30", to: "07:00" },
      timeZone: "Asia/Omsk",
    };
    expect(body.notificationSettings).toEqual(wanted);
    const id = (await userByTelegramId(db(), String(people.other))) ?? "";
    expect(await notificationSettingsOf(db(), id)).toEqual(wanted as never);
    expect((await botRecipients(db(), [id])).get(id)).toMatchObject({ telegramId: "1005", settings: wanted });
    for (const wrong of [
      { timeZone: "Mars/Olympus" },
      { timeZone: "+03:00" },
      { quietHours: { from: "24:00", to: "07:00" } },
      { quietHours: { from: "07:00", to: "07:00" } },
      { cadence: { orders: "weekly" } },
    ])
      expect((await client(people.other).put(path, wrong)).status).toBe(422);
    expect((await client(people.other).put(path, { bot: { security: false } })).status).toBe(422);
    expect((await client(people.other).put(path, { bot: { deals: "no" } })).status).toBe(422);
  });

  test("tells the person's other screens that it changed", async () => {
    const user = await ensureUser(world.ctx(), { id: 6002, first_name: "Live" });
    const ctx = world.ctx(user);
    await setMarketRoles(ctx, { roles: ["artist"] });
    await setPreferences(ctx, { language: "ru" });
    await setNotificationSettings(ctx, { bot: { deals: true } });
    const { rows } = await ctx.db.execute(
      sql`select topic, entity_id from platform.live_events where user_id = ${user.userId} order by seq`,
    );
    expect(rows).toEqual(Array(3).fill({ topic: "user", entity_id: "6002" }));
  });

  test("cannot be changed by nobody or by the system", async () => {
    for (const ctx of [world.ctx({ kind: "anonymous" }), world.ctx(system("x"))]) {
      await expect(setMarketRoles(ctx, { roles: [] })).rejects.toThrow();
      await expect(setPreferences(ctx, { language: "ru" })).rejects.toThrow();
      await expect(setNotificationSettings(ctx, { bot: {} })).rejects.toThrow();
    }
  });
});

describe("registering", () => {
  const person = { telegramId: "6003", firstName: "Ann", lastName: null, username: null };
  const at = (seconds: number) => new Date(world.ctx().clock.now() + seconds * 1000).toISOString();

  test("is the system's; a person cannot register another", async () => {
    const user = await ensureUser(world.ctx(), { id: 6004, first_name: "Eve" });
    await expect(registerUser(world.ctx(user), { ...person, at: at(0) })).rejects.toThrow("forbidden");
  });

  test("at the same moment makes one account and one id", async () => {
    const ctx = world.ctx(system("test"));
    const ids = await Promise.all(
      Array.from({ length: 8 }, () => registerUser(ctx, { ...person, at: at(0) })),
    );
    expect(new Set(ids.map(({ userId }) => userId)).size).toBe(1);
  });

  test("from an update of the bot keeps the photo that the Mini App told", async () => {
    const ctx = world.ctx(system("test"));
    const { userId } = await registerUser(ctx, {
      ...person,
      photoUrl: "https://t.me/i/userpic/a.svg",
      at: at(1),
    });
    await ensureUser(world.ctx(), { id: 6003, first_name: "Anna" });
    await world.advance(5);
    await ensureUser(world.ctx(), { id: 6003, first_name: "Anna" });
    const seen = (await publicUsers(db(), [userId])).get(userId);
    expect(seen).toMatchObject({ id: "6003", firstName: "Anna", photoUrl: "https://t.me/i/userpic/a.svg" });
  });
});

describe("others see", () => {
  test("what is public of the people asked for, and nobody else", async () => {
    const one = await ensureUser(world.ctx(), {
      id: 6005,
      first_name: "One",
      last_name: "Hidden",
      username: "one",
    });
    const unknown = "01920a3b-4c5d-7e8f-90a1-b2c3d4e5f607";
    const seen = await publicUsers(db(), [one.userId, one.userId, unknown]);
    expect([...seen.keys()]).toEqual([one.userId]);
    expect(Object.keys(seen.get(one.userId) ?? {}).sort()).toEqual([
      "firstName",
      "id",
      "memberSince",
      "photoUrl",
      "username",
    ]);
    expect(await telegramIdOf(db(), one.userId)).toBe("6005");
    expect((await botRecipients(db(), [unknown])).size).toBe(0);
    expect(await userByTelegramId(db(), "999999")).toBeUndefined();
    expect(await userByTelegramId(db(), "1; drop table")).toBeUndefined();
    expect((await publicUsers(db(), [])).size).toBe(0);
  });
});

describe("staff", () => {
  test("have the roles of the setting from their first visit", async () => {
    const arbiter = await ensureUser(world.ctx(), { id: people.arbiter, first_name: "Clara" });
    expect(arbiter.staffRoles).toEqual(["arbiter", "support"]);
    expect(await staffWith(db(), "arbiter")).toEqual([arbiter.userId]);
    expect(await staffWith(db(), "moderator")).toEqual([]);
  });

  test("whom the setting no longer names lose their roles at the next start, and the log says so", async () => {
    const ctx = world.ctx(system("identity.staff"));
    const arbiter = await ensureUser(ctx, { id: people.arbiter, first_name: "Clara" });
    const owner = await ensureUser(ctx, { id: 6001, first_name: "Olga" });
    const fired = {
      ...ctx,
      settings: { ...ctx.settings, env: { ...ctx.settings.env, STAFF: ["6001:owner", "1004:admin"] } },
    };
    const changed = await applyStaff(fired, {});
    expect(changed.taken).toEqual([
      { user_id: arbiter.userId, role: "arbiter" },
      { user_id: arbiter.userId, role: "support" },
    ]);
    expect(await staffWith(db(), "owner")).toEqual([owner.userId]);
    expect(await staffWith(db(), "arbiter")).toEqual([]);
    expect((await applyStaff(ctx, {})).given).toHaveLength(2);
    expect(await applyStaff(ctx, {})).toEqual({ given: [], taken: [] });
    const { rows } = await ctx.db.execute(
      "select 1 from platform.actions where verb = 'identity.apply_staff'",
    );
    expect(rows).toHaveLength(3);
  });

  test("cannot be made by a person", async () => {
    const user = await ensureUser(world.ctx(), { id: 6006, first_name: "Eve" });
    await expect(applyStaff(world.ctx(user), {})).rejects.toThrow("forbidden");
  });
});
