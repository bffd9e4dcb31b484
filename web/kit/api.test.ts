import { afterAll, beforeEach, expect, test } from "bun:test";
import { get, randomId, send, setAuthorization } from "./api.ts";
import { ApiError, keyOfCode } from "./problem.ts";

const seen: { method: string; path: string; headers: Headers; body: string }[] = [];
let answers: (() => Response)[] = [];
const realFetch = globalThis.fetch;

beforeEach(() => {
  seen.length = 0;
  answers = [];
  setAuthorization({ current: async () => "tma signed-data", renew: async () => false });
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    seen.push({
      method: init.method ?? "",
      path: url,
      headers: new Headers(init.headers),
      body: String(init.body),
    });
    const answer = answers.shift();
    if (!answer) throw new TypeError("network down");
    return answer();
  }) as unknown as typeof fetch;
});
afterAll(() => {
  globalThis.fetch = realFetch;
});

const ok = () => Response.json({ isFine: true });
const problem = (status: number, kind: string, code: string) => () =>
  Response.json({ error: { code, kind, details: { deadline: "x" }, requestId: "r1" } }, { status });

test("every request says who asks and carries its own id", async () => {
  answers = [ok, ok];
  await get("/api/a", { q: "x y", empty: "", none: undefined });
  await get("/api/a");
  expect(seen[0]?.path).toBe("/api/a?q=x+y");
  expect(seen[0]?.headers.get("authorization")).toBe("tma signed-data");
  expect(seen[0]?.headers.get("x-request-id")).not.toBe(seen[1]?.headers.get("x-request-id"));
});

test("a change that is tried again carries the same idempotency key", async () => {
  answers = [problem(503, "unavailable", "platform.unavailable"), ok];
  expect(await send<unknown>("POST", "/api/deals", { listingId: "1" })).toEqual({ isFine: true });
  expect(seen).toHaveLength(2);
  expect(seen[0]?.headers.get("idempotency-key")).toBe(seen[1]?.headers.get("idempotency-key") ?? "");
  expect(seen[1]?.body).toBe('{"listingId":"1"}');
});

test("a refusal is not tried again, and keeps its code, kind and request id", async () => {
  answers = [problem(409, "closed", "channels.offer_expired")];
  const error = await get("/api/a").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    code: "channels.offer_expired",
    kind: "closed",
    requestId: "r1",
    status: 409,
  });
  expect(seen).toHaveLength(1);
});

test("a body that is no problem document is still an error with a code", async () => {
  answers = [() => new Response("<html>", { status: 500 })];
  expect(await get("/api/a").catch((thrown: unknown) => thrown)).toMatchObject({
    code: "platform.bug",
    kind: "bug",
  });
});

test("a stale sign-in is renewed once and the request repeated, the same key on it", async () => {
  let who = "Bearer old";
  const renew = async () => {
    who = "Bearer new";
    return true;
  };
  setAuthorization({ current: async () => who, renew });
  const expired = problem(401, "unauthenticated", "identity.token_expired");
  answers = [expired, ok];
  expect(await send<unknown>("POST", "/api/deals", {})).toEqual({ isFine: true });
  expect(seen.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer old", "Bearer new"]);
  expect(seen[0]?.headers.get("idempotency-key")).toBe(seen[1]?.headers.get("idempotency-key") ?? "");
  answers = [expired, expired, ok];
  expect(await get("/api/a").catch((thrown: unknown) => thrown)).toMatchObject({ status: 401 });
});

test("no network is told apart from a refusal", async () => {
  expect(await get("/api/a").catch((thrown: unknown) => thrown)).toMatchObject({ kind: "offline" });
  expect(seen).toHaveLength(3);
});

test("a code leads to its module's words, and nothing else does", () => {
  expect(keyOfCode("channels.offer_expired")).toBe("channels:errors.offer_expired");
  expect(keyOfCode("Channels.x y")).toBeNull();
});

test("random ids are version 4 UUIDs", () => {
  expect(randomId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});
