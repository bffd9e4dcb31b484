import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { ensureUser } from "../users/ensure-user.ts";
import { createSignInLink } from "./create-sign-in-link.ts";
import { exchangeSignInCode } from "./exchange-sign-in-code.ts";

let world: World;
const person: number = people.seller;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.ctx().db.execute(sql`delete from identity.sessions`);
});

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36";
const codeOf = (url: string): string => new URL(url).hash.slice(1);
const link = async (who = person): Promise<string> => {
  const { status, body } = await world.http(who).post("/api/auth/browser/links");
  expect(status).toBe(201);
  return codeOf(body.url);
};
const exchange = (code: string, headers: Record<string, string> = {}) =>
  world.http(null).post("/api/auth/browser", { code }, { "user-agent": chrome, ...headers });
const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(";")[0] ?? "";
const refresh = (cookie: string, headers: Record<string, string> = {}) =>
  world.http(null).post("/api/auth/browser/refresh", undefined, { cookie, ...headers });
const bearer = ({ body }: { body: { accessToken: string } }) => world.httpAs(`Bearer ${body.accessToken}`);
const signIn = async (who = person) => {
  const answer = await exchange(await link(who));
  expect(answer.status).toBe(201);
  return { ...answer, cookie: cookieOf(answer.headers) };
};
const errorOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
];

describe("a link into a plain browser", () => {
  test("gives a browser's session of the person who asked for it, with the refresh token in a cookie alone", async () => {
    const signedIn = await signIn();
    expect(signedIn.body.user.id).toBe(String(person));
    expect(JSON.stringify(signedIn.body)).not.toContain(signedIn.cookie.split("=")[1] ?? "?");
    expect(signedIn.headers.getSetCookie()[0]).toMatch(
      /^souk_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2\d{6}$/,
    );
    expect((await bearer(signedIn).get("/api/users/me")).body.id).toBe(String(person));
    expect((await bearer(signedIn).get("/api/auth/sessions")).body).toMatchObject([
      { kind: "browser", device: "Chrome · Linux", isCurrent: true },
    ]);
  });

  test("holds its code in the fragment, which no server ever sees", async () => {
    const { body } = await world.http(person).post("/api/auth/browser/links");
    expect(body.url).toMatch(/^http:\/\/localhost:8010\/enter#[A-Za-z0-9_-]{32}$/);
    expect(Date.parse(body.expiresAt) - world.ctx().clock.now()).toBeLessThanOrEqual(180_000);
  });

  test("works once", async () => {
    const code = await link();
    expect((await exchange(code)).status).toBe(201);
    expect(errorOf(await exchange(code))).toEqual([401, "identity.sign_in_code"]);
    expect((await world.http(person).get("/api/auth/sessions")).body).toHaveLength(1);
  });

  test("two exchanges at once make one session", async () => {
    const code = await link();
    const answers = await Promise.all(Array.from({ length: 6 }, () => exchange(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401, 401, 401]);
    expect((await world.http(person).get("/api/auth/sessions")).body).toHaveLength(1);
  });

  test("works for three minutes", async () => {
    const code = await link();
    await world.advance(181);
    expect(errorOf(await exchange(code))).toEqual([401, "identity.sign_in_code"]);
    const other = await link();
    await world.advance(170);
    expect((await exchange(other)).status).toBe(201);
  });

  test("takes the place of the one before it", async () => {
    const first = await link();
    const second = await link();
    expect(errorOf(await exchange(first))).toEqual([401, "identity.sign_in_code"]);
    expect((await exchange(second)).status).toBe(201);
  });

  test("that was never issued, or is no code, signs nobody in", async () => {
    expect(errorOf(await exchange("A".repeat(32)))).toEqual([401, "identity.sign_in_code"]);
    for (const code of ["", "A".repeat(31), `${"A".repeat(32)} `, "%".repeat(32)])
      expect((await exchange(code)).status).toBe(422);
  });

  test("is neither used nor burnt by who only looks at the page", async () => {
    const { body } = await world.http(person).post("/api/auth/browser/links");
    for (const method of ["GET", "HEAD"])
      await world.app.fetch(new Request(body.url, { method }), "127.0.0.1");
    expect((await exchange(codeOf(body.url))).status).toBe(201);
  });

  test("is given five times in ten minutes, by the bot and the Mini App together", async () => {
    const strict = await createWorld({ withChain: false, env: { RATE_LIMIT_FACTOR: "1" } });
    const ask = () => strict.http(people.seller).post("/api/auth/browser/links");
    for (let n = 0; n < 5; n += 1) expect((await ask()).status).toBe(201);
    expect(errorOf(await ask())).toEqual([429, "platform.limited"]);
    await strict.advance(601);
    expect((await ask()).status).toBe(201);
    await strict.close();
  });

  test("is not given to who is in a browser already, and not to visitors", async () => {
    const signedIn = await signIn();
    expect(errorOf(await bearer(signedIn).post("/api/auth/browser/links"))).toEqual([
      403,
      "identity.link_from_telegram_only",
    ]);
    expect((await world.http(null).post("/api/auth/browser/links")).status).toBe(401);
    const initData = world.telegram.initData(person);
    const inTelegram = await world.http(null).post("/api/auth/telegram", { initData });
    expect((await bearer(inTelegram).post("/api/auth/browser/links")).status).toBe(201);
  });

  test("leaves no code in the database or the log", async () => {
    const ctx = world.ctx(await ensureUser(world.ctx(), { id: person, first_name: "Алина" }));
    const code = codeOf((await createSignInLink(ctx, {})).url);
    const { rows } = await ctx.db.execute<{ text: string }>(
      sql`select (select string_agg(c::text, '') from identity.sign_in_codes c) || string_agg(a::text, '') as text from platform.actions a`,
    );
    expect(rows[0]?.text).toContain("identity.create_sign_in_link");
    expect(rows[0]?.text).not.toContain(code);
    const grant = await exchangeSignInCode(world.ctx({ kind: "anonymous" }), {
      code,
      userAgent: null,
      replaces: null,
    });
    const after = await ctx.db.execute<{ text: string }>(
      sql`select string_agg(a::text, '') as text from platform.actions a where verb = 'identity.exchange_sign_in_code'`,
    );
    for (const secret of [code, grant.refreshToken]) expect(after.rows[0]?.text).not.toContain(secret);
  });
});

describe("a browser's session", () => {
  test("is renewed by its cookie, which changes each time", async () => {
    const first = await signIn();
    const second = await refresh(first.cookie);
    expect(second.status).toBe(200);
    const cookie = cookieOf(second.headers);
    expect(cookie).not.toBe(first.cookie);
    expect((await refresh(cookie)).body.sessionId).toBe(first.body.sessionId);
  });

  test("goes on when an answer was lost, and ends when somebody else holds what was lost", async () => {
    const first = await signIn();
    const lost = cookieOf((await refresh(first.cookie)).headers);
    await world.advance(3_600);
    const again = await refresh(first.cookie);
    expect(again.status).toBe(200);
    await world.advance(60);
    expect((await refresh(first.cookie)).status).toBe(200);
    expect(errorOf(await refresh(lost))).toEqual([401, "identity.refresh_reused"]);
    expect(errorOf(await refresh(cookieOf(again.headers)))).toEqual([401, "identity.session_ended"]);
  });

  test("is renewed for no other site, and for nobody without its cookie", async () => {
    const { cookie } = await signIn();
    for (const foreign of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
    ])
      expect(errorOf(await refresh(cookie, foreign))).toEqual([403, "identity.foreign_page"]);
    expect(errorOf(await refresh(""))).toEqual([401, "identity.refresh_invalid"]);
    expect(errorOf(await refresh("other=1; souk_session="))).toEqual([401, "identity.refresh_invalid"]);
    const own = { "sec-fetch-site": "same-origin", origin: "http://localhost:8010" };
    expect((await refresh(`a=b; ${cookie}`, own)).status).toBe(200);
    expect(errorOf(await exchange(await link(), { "sec-fetch-site": "cross-site" }))).toEqual([
      403,
      "identity.foreign_page",
    ]);
  });

  test("ends in its browser, where the cookie goes with it, and from Telegram at once", async () => {
    const here = await signIn();
    const leaving = await bearer(here).post("/api/auth/logout");
    expect([leaving.status, leaving.headers.getSetCookie()[0]]).toEqual([
      204,
      "souk_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0",
    ]);
    expect(errorOf(await refresh(here.cookie))).toEqual([401, "identity.session_ended"]);
    const there = await signIn();
    expect((await world.http(person).del(`/api/auth/sessions/${there.body.sessionId}`)).status).toBe(204);
    expect(errorOf(await bearer(there).get("/api/users/me"))).toEqual([401, "identity.session_ended"]);
    expect(errorOf(await refresh(there.cookie))).toEqual([401, "identity.session_ended"]);
  });

  test("takes the place of the one that this browser had, and of no other", async () => {
    const [before, elsewhere] = [await signIn(), await signIn()];
    const answer = await exchange(await link(), { cookie: before.cookie });
    expect(answer.status).toBe(201);
    const ids = (await bearer(answer).get("/api/auth/sessions")).body.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([answer.body.sessionId, elsewhere.body.sessionId]);
  });

  test("has no staff powers", async () => {
    const signedIn = await signIn(people.arbiter);
    expect(signedIn.body.user.staffRoles).toEqual([]);
    expect((await bearer(signedIn).get("/api/users/me")).body.staffRoles).toEqual([]);
    expect((await bearer(signedIn).get("/api/admin/deals")).status).toBe(403);
    expect((await world.http(people.arbiter).get("/api/admin/deals")).status).toBe(200);
    expect((await world.http(people.arbiter).get("/api/users/me")).body.staffRoles).toEqual(["arbiter"]);
  });
});

test("over https the cookie is bound to this very host", async () => {
  const secure = await createWorld({ withChain: false, env: { PUBLIC_URL: "https://souk.example" } });
  const { body } = await secure.http(people.seller).post("/api/auth/browser/links");
  expect(body.url).toStartWith("https://souk.example/enter#");
  const { headers } = await secure.http(null).post("/api/auth/browser", { code: codeOf(body.url) });
  expect(headers.getSetCookie()[0]).toMatch(
    /^__Host-souk=.*; Path=\/; HttpOnly; SameSite=Strict; .*; Secure$/,
  );
  await secure.close();
});

describe("the bot", () => {
  const bot = 7_000_000_001;
  const chat = () => world.telegram.state(people.buyer).chats.find(({ kind }) => kind === "bot");
  const last = () => chat()?.messages.findLast(({ out }) => !out);
  const write = async (text: string) => {
    await world.telegram.act(people.buyer, { type: "sendText", chatId: bot, text });
    await world.settle();
  };
  const press = async (row: number) => {
    const messageId = last()?.id ?? 0;
    const pressed = world.telegram.act(people.buyer, {
      type: "pressInline",
      chatId: bot,
      messageId,
      row,
      column: 0,
    });
    for (let n = 0; n < 50; n += 1) {
      await world.settle();
      const answer = await Promise.race([pressed, Bun.sleep(20)]);
      if (answer) return answer;
    }
    throw new Error("the bot did not answer");
  };

  test("gives the link by /login and by the link that a browser shows, tells of a sign-in, and ends it", async () => {
    await world.http(people.buyer).put("/api/users/me/preferences", { language: "ru" });
    await world.telegram.act(people.buyer, { type: "startBot", payload: "login" });
    await world.settle();
    expect(last()?.inlineKeyboard[0]).toMatchObject([{ text: "Открыть в браузере", action: "url" }]);
    await write("/login");
    const url = /http:\S+#\S{32}/.exec(last()?.text ?? "")?.[0] ?? "";
    const signedIn = await exchange(codeOf(url));
    expect(signedIn.body.user.id).toBe(String(people.buyer));
    await world.settle();
    expect(last()?.text).toBe("Вход в браузере\nChrome · Linux. Если это были не вы, завершите этот сеанс.");
    const inbox = await world.http(people.buyer).get("/api/notifications");
    expect(inbox.body.items[0]).toMatchObject({ kind: "identity.browser_signed_in", link: "/profile" });
    expect(await press(0)).toMatchObject({ answered: true });
    expect(last()?.text).toContain("Сеанс завершён");
    expect(last()?.inlineKeyboard).toEqual([]);
    expect(errorOf(await bearer(signedIn).get("/api/users/me"))).toEqual([401, "identity.session_ended"]);
  });

  test("asks a new person for a language first, and then gives the link", async () => {
    await world.telegram.act(people.other, { type: "startBot", payload: "login" });
    await world.settle();
    const own = () => world.telegram.state(people.other).chats.find(({ kind }) => kind === "bot")?.messages;
    const question = own()?.findLast(({ out }) => !out);
    const pressed = world.telegram.act(people.other, {
      type: "pressInline",
      chatId: bot,
      messageId: question?.id ?? 0,
      row: 0,
      column: 0,
    });
    await world.settle();
    await pressed;
    expect(own()?.findLast(({ out }) => !out)?.text).toMatch(/#[A-Za-z0-9_-]{32}/);
  });

  test("says when it was asked too often", async () => {
    const strict = await createWorld({ withChain: false, env: { RATE_LIMIT_FACTOR: "1" } });
    await strict.http(people.buyer).put("/api/users/me/preferences", { language: "en" });
    for (let n = 0; n < 6; n += 1) {
      await strict.telegram.act(people.buyer, { type: "sendText", chatId: bot, text: "/login" });
      await strict.settle();
    }
    const messages = strict.telegram.state(people.buyer).chats.find(({ kind }) => kind === "bot")?.messages;
    expect(messages?.at(-1)?.text).toMatch(/^That was too many links\. Ask for a new one in (10|9) min\.$/);
    await strict.close();
  });
});
