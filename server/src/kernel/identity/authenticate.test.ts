import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { Client } from "pg";
import { botToken, createWorld, people, type World } from "../../../test/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());

const me = (authorization: string) => world.httpAs(authorization).get("/api/users/me");
const tma = (person: number, options = {}) => `tma ${world.telegram.initData(person, options)}`;
const worldNow = () => Math.floor(world.ctx().clock.now() / 1000);

/** Signed by us as Telegram would, for what the local Telegram's people are not. */
function signed(user: Record<string, unknown>, authDate: number, token = botToken): string {
  const fields: Record<string, string> = {
    user: JSON.stringify(user),
    auth_date: String(authDate),
    query_id: "AAE",
  };
  const text = Object.entries(fields)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join("\n");
  const secret = createHmac("sha256", "WebAppData").update(token).digest();
  const hash = createHmac("sha256", secret).update(text).digest("hex");
  return `tma ${new URLSearchParams({ ...fields, hash })}`;
}

async function owner<T extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: world.database.ownerUrl });
  await client.connect();
  const { rows } = await client.query<T>(text, values);
  await client.end();
  return rows;
}

describe("tma", () => {
  test("the first request of a person registers them, without a form", async () => {
    const { status, body } = await me(tma(people.seller));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: "1001",
      language: "ru",
      isLanguageChosen: false,
      roles: [],
      wallets: [],
    });
    expect(Date.parse(body.memberSince)).toBeLessThanOrEqual(world.ctx().clock.now() + 1000);
    expect(body.photoUrl).toContain("/1001.png");
  });

  test("two first requests at once make one account", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => me(tma(people.buyer))));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const rows = await owner("select 1 from identity.users where telegram_id = $1", [people.buyer]);
    expect(rows).toHaveLength(1);
  });

  test("the log of actions holds no name of a person", async () => {
    await me(signed({ id: 5001, first_name: "Unmistakable" }, worldNow()));
    const [row] = await owner<{ n: string }>(
      "select count(*) as n from platform.actions where input::text like '%Unmistakable%' or result::text like '%Unmistakable%'",
    );
    expect(Number(row?.n)).toBe(0);
  });

  test("a newer name replaces the old one, an older initData does not bring it back", async () => {
    const at = worldNow();
    await me(signed({ id: 5002, first_name: "Old" }, at - 100));
    await me(signed({ id: 5002, first_name: "New", username: "new" }, at));
    const { body } = await me(signed({ id: 5002, first_name: "Old", last_name: "Er" }, at - 50));
    expect(body).toMatchObject({ firstName: "New", lastName: null, username: "new" });
  });

  test("staff named in the settings have their role from the first request, nobody else has one", async () => {
    expect((await me(tma(people.arbiter))).body.staffRoles).toEqual(["arbiter"]);
    expect((await me(tma(people.stranger))).body.staffRoles).toEqual([]);
  });

  test.each([
    ["stale", () => tma(people.seller, { authDate: worldNow() - 3700 }), "identity.init_data_stale"],
    ["future", () => tma(people.seller, { authDate: worldNow() + 100 }), "identity.init_data_future"],
    [
      "of another bot",
      () => tma(people.seller, { botToken: "7000000002:another-bots-own-token-here" }),
      "identity.init_data_forged",
    ],
    ["tampered", () => tma(people.seller).replace("1001", "1002"), "identity.init_data_forged"],
    ["with a key twice", () => `${tma(people.seller)}&user=%7B%7D`, "identity.init_data_duplicate_key"],
    ["without a user", () => signed({}, worldNow()), "identity.init_data_malformed"],
    ["empty", () => "tma ", "identity.bad_scheme"],
    [
      "of a bot",
      () => signed({ id: 5003, first_name: "R2", is_bot: true }, worldNow()),
      "identity.init_data_no_user",
    ],
  ])("data that is %s is refused with 401", async (_name, authorization, code) => {
    const { status, body } = await me(authorization());
    expect([status, body.error.code, body.error.kind]).toEqual([401, code, "unauthenticated"]);
  });

  test("data that was good is refused when its hour is over, though it is remembered", async () => {
    const authorization = tma(people.other);
    expect((await me(authorization)).status).toBe(200);
    await world.advance(3500);
    expect((await me(authorization)).status).toBe(200);
    await world.advance(101);
    expect((await me(authorization)).body.error.code).toBe("identity.init_data_stale");
  });

  test("a role taken away is gone within a minute", async () => {
    const authorization = tma(people.arbiter);
    expect((await me(authorization)).status).toBe(200);
    const seen = async () => (await world.httpAs(authorization).get("/api/admin/deals")).status;
    expect(await seen()).toBe(200);
    await owner("delete from identity.staff_roles where role = 'arbiter'");
    await world.advance(61);
    expect(await seen()).toBe(403);
    await owner(
      "insert into identity.staff_roles select id, 'arbiter', platform.now() from identity.users where telegram_id = $1",
      [people.arbiter],
    );
  });
});

test("no header is nobody; another scheme is refused", async () => {
  const nobody = await world.http(null).get("/api/users/me");
  expect([nobody.status, nobody.body.error.code]).toEqual([401, "platform.unauthenticated"]);
  for (const header of ["Basic YTpi", "tma", "Bearer", "nonsense"]) {
    const { status, body } = await me(header);
    expect([status, body.error.code]).toEqual([401, "identity.bad_scheme"]);
  }
  expect((await world.http(null).get("/health")).status).toBe(200);
});
