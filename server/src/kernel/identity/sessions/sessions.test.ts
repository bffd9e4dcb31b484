import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { SignJWT, UnsecuredJWT } from "jose";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { newId } from "../../../platform/ids.ts";
import { ensureUser } from "../users/ensure-user.ts";
import { openSession } from "./open-session.ts";
import { refreshSession } from "./refresh-session.ts";
import { revokeSession } from "./revoke-session.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());

type Tokens = { accessToken: string; refreshToken: string; sessionId: string; accessTokenExpiresAt: string };

async function signIn(person: number, userAgent = "test"): Promise<Tokens> {
  const { status, body } = await world
    .http(null)
    .post("/api/auth/telegram", { initData: world.telegram.initData(person) }, { "user-agent": userAgent });
  expect(status).toBe(201);
  return body;
}
const refresh = (refreshToken: string) => world.http(null).post("/api/auth/refresh", { refreshToken });
const bearer = (tokens: { accessToken: string }) => world.httpAs(`Bearer ${tokens.accessToken}`);
const codeOf = async (answer: Promise<{ body: { error?: { code: string } } }>) =>
  (await answer).body?.error?.code;

describe("signing in", () => {
  test("initData is exchanged for a session whose access token opens the account", async () => {
    const tokens = await signIn(people.seller);
    const { body } = await bearer(tokens).get("/api/users/me");
    expect(body.id).toBe("1001");
    const lifetime = Date.parse(tokens.accessTokenExpiresAt) - world.ctx().clock.now();
    expect(lifetime).toBeGreaterThan(595_000);
    expect(lifetime).toBeLessThanOrEqual(600_000);
  });

  test("bad initData opens no session", async () => {
    const initData = world.telegram.initData(people.seller).replace("1001", "1002");
    const { status, body } = await world.http(null).post("/api/auth/telegram", { initData });
    expect([status, body.error.code]).toEqual([401, "identity.init_data_forged"]);
  });

  test("a repeated request key never hands out somebody's tokens again", async () => {
    const initData = world.telegram.initData(people.seller);
    const key = { "idempotency-key": "sign-in-once" };
    const first = await world.http(null).post("/api/auth/telegram", { initData }, key);
    const second = await world.http(null).post("/api/auth/telegram", { initData }, key);
    expect(second.body.refreshToken).not.toBe(first.body.refreshToken);
  });
});

describe("an access token", () => {
  test("is good for ten minutes", async () => {
    const tokens = await signIn(people.seller);
    await world.advance(590);
    expect((await bearer(tokens).get("/api/users/me")).status).toBe(200);
    await world.advance(11);
    expect(await codeOf(bearer(tokens).get("/api/users/me"))).toBe("identity.token_expired");
  });

  test("of another algorithm, issuer, audience, kind or key is refused", async () => {
    const { sessionId } = await signIn(people.seller);
    const ctx = world.ctx();
    const { userId } = await ensureUser(ctx, { id: people.seller, first_name: "Алина" });
    const now = Math.floor(ctx.clock.now() / 1000);
    const make = (
      over: Partial<{ alg: string; typ: string; iss: string; aud: string; secret: Uint8Array }> = {},
    ) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: over.alg ?? "HS256", typ: over.typ ?? "at+jwt" })
        .setSubject(userId)
        .setIssuer(over.iss ?? `souk:${ctx.settings.botId}`)
        .setAudience(over.aud ?? "souk-api")
        .setIssuedAt(now)
        .setExpirationTime(now + 600)
        .sign(over.secret ?? ctx.settings.env.SESSION_SECRET);
    expect((await world.httpAs(`Bearer ${await make()}`).get("/api/users/me")).status).toBe(200);
    const unsecured = new UnsecuredJWT({ sid: sessionId })
      .setSubject(userId)
      .setIssuer(`souk:${ctx.settings.botId}`)
      .setAudience("souk-api")
      .setExpirationTime(now + 600)
      .encode();
    const forged = [
      await make({ alg: "HS512", secret: new Uint8Array(64) }),
      await make({
        alg: "HS384",
        secret: Buffer.concat([ctx.settings.env.SESSION_SECRET, Buffer.alloc(16)]),
      }),
      await make({ typ: "JWT" }),
      await make({ iss: "souk:7000000002" }),
      await make({ aud: "elsewhere" }),
      await make({ secret: new Uint8Array(32) }),
      unsecured,
      "a.b.c",
    ];
    for (const token of forged)
      expect(await codeOf(world.httpAs(`Bearer ${token}`).get("/api/users/me"))).toBe(
        "identity.token_invalid",
      );
  });

  test("of a session that is not this person's is refused, though it is signed by us", async () => {
    const { sessionId } = await signIn(people.seller);
    const ctx = world.ctx();
    const { userId } = await ensureUser(ctx, { id: people.buyer, first_name: "Борис" });
    const token = await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
      .setSubject(userId)
      .setIssuer(`souk:${ctx.settings.botId}`)
      .setAudience("souk-api")
      .setExpirationTime(Math.floor(ctx.clock.now() / 1000) + 600)
      .sign(ctx.settings.env.SESSION_SECRET);
    expect(await codeOf(world.httpAs(`Bearer ${token}`).get("/api/users/me"))).toBe("identity.session_ended");
  });
});

describe("refreshing", () => {
  test("gives a new pair each time, in the same session", async () => {
    const first = await signIn(people.seller);
    const second = (await refresh(first.refreshToken)).body;
    const third = (await refresh(second.refreshToken)).body;
    expect([second.sessionId, third.sessionId]).toEqual([first.sessionId, first.sessionId]);
    expect(new Set([first.refreshToken, second.refreshToken, third.refreshToken]).size).toBe(3);
    expect((await bearer(third).get("/api/users/me")).body.id).toBe("1001");
  });

  test("an old token ends the whole session, the newest token and its access with it", async () => {
    const first = await signIn(people.seller);
    const second = (await refresh(first.refreshToken)).body;
    const third = (await refresh(second.refreshToken)).body;
    const reused = await refresh(first.refreshToken);
    expect([reused.status, reused.body.error.code]).toEqual([401, "identity.refresh_reused"]);
    expect(await codeOf(refresh(third.refreshToken))).toBe("identity.session_ended");
    expect(await codeOf(bearer(third).get("/api/users/me"))).toBe("identity.session_ended");
  });

  test("the token before the last is a repeat for ten seconds and a stolen copy afterwards", async () => {
    const first = await signIn(people.seller);
    const second = (await refresh(first.refreshToken)).body;
    const repeat = await refresh(first.refreshToken);
    expect(repeat.status).toBe(200);
    await world.advance(12);
    expect(await codeOf(refresh(first.refreshToken))).toBe("identity.refresh_reused");
    expect(await codeOf(refresh(second.refreshToken))).toBe("identity.session_ended");
  });

  test("of two branches of a repeat only one lives on: using the other later ends the session", async () => {
    const first = await signIn(people.seller);
    const ours = (await refresh(first.refreshToken)).body;
    const theirs = (await refresh(first.refreshToken)).body;
    expect((await refresh(ours.refreshToken)).status).toBe(200);
    await world.advance(12);
    expect(await codeOf(refresh(theirs.refreshToken))).toBe("identity.refresh_reused");
  });

  test("what was never issued is refused and ends nothing", async () => {
    const tokens = await signIn(people.seller);
    expect(await codeOf(refresh("A".repeat(43)))).toBe("identity.refresh_invalid");
    expect((await refresh(tokens.refreshToken)).status).toBe(200);
  });

  test("a month without refreshing ends a session", async () => {
    const tokens = await signIn(people.seller);
    await world.advance(30 * 86_400 + 1);
    expect(await codeOf(refresh(tokens.refreshToken))).toBe("identity.session_ended");
  });
});

describe("one's sessions", () => {
  test("are listed with the one that asks marked, and end one by one, at once", async () => {
    const phone = await signIn(people.other, "phone");
    const laptop = await signIn(people.other, "laptop");
    const list = await bearer(laptop).get("/api/auth/sessions");
    expect(list.body.map((one: { id: string; isCurrent: boolean }) => [one.id, one.isCurrent])).toEqual([
      [laptop.sessionId, true],
      [phone.sessionId, false],
    ]);
    expect((await bearer(laptop).del(`/api/auth/sessions/${phone.sessionId}`)).status).toBe(204);
    expect((await bearer(laptop).del(`/api/auth/sessions/${phone.sessionId}`)).status).toBe(204);
    expect(await codeOf(bearer(phone).get("/api/users/me"))).toBe("identity.session_ended");
    expect(await codeOf(refresh(phone.refreshToken))).toBe("identity.session_ended");
    expect((await bearer(laptop).get("/api/auth/sessions")).body).toHaveLength(1);
  });

  test("of others do not exist", async () => {
    const theirs = await signIn(people.buyer);
    const mine = await signIn(people.seller);
    for (const id of [theirs.sessionId, newId(), "not-an-id"]) {
      expect((await bearer(mine).del(`/api/auth/sessions/${id}`)).status).toBe(404);
    }
    expect((await bearer(theirs).get("/api/users/me")).status).toBe(200);
  });

  test("logging out ends this one only; by initData there is nothing to end", async () => {
    const here = await signIn(people.buyer);
    const there = await signIn(people.buyer);
    expect((await bearer(here).post("/api/auth/logout")).status).toBe(204);
    expect(await codeOf(bearer(here).get("/api/users/me"))).toBe("identity.session_ended");
    expect((await bearer(there).get("/api/users/me")).status).toBe(200);
    expect((await world.http(people.buyer).post("/api/auth/logout")).status).toBe(204);
    expect((await bearer(there).get("/api/users/me")).status).toBe(200);
  });
});

test("the log and the tables hold no token in clear", async () => {
  const ctx = world.ctx(await ensureUser(world.ctx(), { id: people.seller, first_name: "Алина" }));
  const grant = await openSession(ctx, { userAgent: null });
  const next = await refreshSession(ctx, { refreshToken: grant.refreshToken });
  await revokeSession(ctx, { id: grant.sessionId });
  expect(next.outcome).toBe("refreshed");
  const { rows } = await ctx.db.execute<{ text: string }>(
    "select string_agg(a::text, '') || (select string_agg(t::text, '') from identity.refresh_tokens t) as text from platform.actions a",
  );
  expect(rows[0]?.text).toContain("identity.refresh_session");
  expect(rows[0]?.text).not.toContain(grant.refreshToken);
  if (next.outcome === "refreshed") expect(rows[0]?.text).not.toContain(next.refreshToken);
});
