import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../test/world.ts";
import { modules } from "../modules.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false, env: { ALLOWED_ORIGINS: "http://localhost:10002" } });
});
afterAll(() => world.close());

const raw = (path: string, init: RequestInit = {}, person: number | null = people.seller) =>
  world.app.fetch(
    new Request(`http://localhost:8010${path}`, {
      ...init,
      headers: {
        ...(person === null ? {} : { authorization: `tma ${world.telegram.initData(person)}` }),
        ...(init.headers as Record<string, string>),
      },
    }),
    "127.0.0.1",
  );
const put = (body: BodyInit, type = "application/json") =>
  raw("/api/users/me/preferences", { method: "PUT", body, headers: { "content-type": type } });
const codeOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
];

describe("bad input gets a clear error with a code", () => {
  test("malformed JSON", async () =>
    expect(await codeOf(await put("{"))).toEqual([422, "platform.malformed_json"]));
  test("invalid UTF-8", async () =>
    expect(await codeOf(await put(new Uint8Array([0x22, 0xff, 0x22])))).toEqual([
      422,
      "platform.malformed_json",
    ]));
  test("another content type, as a form on a foreign page would send", async () =>
    expect(await codeOf(await put('{"language":"ru"}', "text/plain"))).toEqual([
      422,
      "platform.malformed_json",
    ]));
  test("wrong types", async () =>
    expect(await codeOf(await put('{"language":7}'))).toEqual([422, "platform.invalid"]));
  test("unknown keys", async () =>
    expect(await codeOf(await put('{"language":"ru","admin":true}'))).toEqual([422, "platform.invalid"]));
  test("a prototype in the body", async () =>
    expect(await codeOf(await put('{"__proto__":{"language":"ru"}}'))).toEqual([422, "platform.invalid"]));
  test("a huge body", async () =>
    expect(await codeOf(await put(`{"language":"${"x".repeat(300_000)}"}`))).toEqual([
      422,
      "platform.body_too_large",
    ]));
  test("a repeated query parameter", async () =>
    expect(await codeOf(await raw("/api/listings?limit=1&limit=2"))).toEqual([422, "platform.invalid"]));
  test("a limit beyond the page", async () =>
    expect(await codeOf(await raw("/api/listings?limit=1000"))).toEqual([422, "platform.invalid"]));
  test("a cursor that is none", async () =>
    expect(await codeOf(await raw("/api/listings?cursor=zzzz"))).toEqual([422, "platform.invalid"]));
  test("an idempotency key with control characters", async () =>
    expect(
      await codeOf(
        await raw("/api/users/me/preferences", {
          method: "PUT",
          body: "{}",
          headers: { "content-type": "application/json", "idempotency-key": "a b" },
        }),
      ),
    ).toEqual([422, "platform.invalid"]));
  test("an unknown path and a wrong method", async () => {
    expect(await codeOf(await raw("/api/nothing"))).toEqual([404, "platform.not_found"]);
    expect((await raw("/api/users/me", { method: "DELETE" })).status).toBe(404);
  });
  test("errors name paths and codes, never the values that were sent", async () => {
    const text = await (await put('{"language":"hunter2-secret"}')).text();
    expect(text).not.toContain("hunter2");
  });
});

describe("who may", () => {
  const endpoints = modules.flatMap((module) => module.routes ?? []);
  const path = (template: string) => template.replace(/:[a-zA-Z]+/g, "01a1f883-84c8-7c83-8f38-2d12fcad1041");

  test("every endpoint that is not for everybody refuses nobody in particular", async () => {
    for (const { method, path: template, spec } of endpoints.filter((one) => one.spec.who !== "anonymous")) {
      const response = await raw(
        path(template),
        {
          method: method.toUpperCase(),
          ...(method === "get" ? {} : { body: "{}", headers: { "content-type": "application/json" } }),
        },
        null,
      );
      expect([template, spec.who, response.status]).toEqual([template, spec.who, 401]);
    }
  });
  test("staff's endpoints are forbidden to anybody else", async () => {
    for (const { method, path: template } of endpoints.filter((one) =>
      [one.spec.who].flat().every((who) => who.startsWith("staff:")),
    )) {
      const response = await raw(path(template), {
        method: method.toUpperCase(),
        ...(method === "get" ? {} : { body: "{}", headers: { "content-type": "application/json" } }),
      });
      expect([template, response.status]).toEqual([template, 403]);
    }
  });
  test("an Authorization that is wrong is refused, also where none is needed", async () => {
    for (const authorization of [
      "tma ",
      "tma hash=00",
      "Bearer x.y.z",
      "Basic abc",
      `tma ${"a".repeat(9_000)}`,
    ]) {
      expect((await raw("/api/listings", { headers: { authorization } }, null)).status).toBe(401);
    }
  });
});

test("every mounted endpoint is in the description, with its answer and who may call it", async () => {
  const document = (await (await raw("/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { "x-who": string; responses: object }>>;
  };
  expect(document.openapi).toBe("3.1.0");
  for (const { method, path, spec } of modules.flatMap((module) => module.routes ?? [])) {
    const operation = document.paths[path.replace(/:([a-zA-Z]+)/g, "{$1}")]?.[method];
    expect([path, [operation?.["x-who"]].flat()]).toEqual([path, [spec.who].flat()]);
  }
});

test("names that others integrate with are there", async () => {
  const document = (await (await raw("/openapi.json")).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const has = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const promised = [
    "GET /health",
    "GET /ready",
    "POST /api/auth/telegram",
    "POST /api/auth/refresh",
    "POST /api/auth/logout",
    "GET /api/auth/sessions",
    "DELETE /api/auth/sessions/{id}",
    "GET /api/users/me",
    "PUT /api/users/me",
    "PUT /api/users/me/preferences",
    "PUT /api/users/me/notification-settings",
    "GET /api/wallets",
    "POST /api/wallets",
    "POST /api/wallets/proof-payload",
    "PUT /api/wallets/{address}",
    "DELETE /api/wallets/{address}",
    "GET /api/channels",
    "POST /api/channels",
    "GET /api/channels/{id}",
    "PUT /api/channels/{id}",
    "DELETE /api/channels/{id}",
    "PUT /api/channels/{id}/profile",
    ...["stats", "slots", "reviews", "members", "card", "matches"].map(
      (part) => `GET /api/channels/{id}/${part}`,
    ),
    "GET /api/campaigns",
    "POST /api/campaigns",
    "GET /api/campaigns/{id}",
    "PUT /api/campaigns/{id}",
    "DELETE /api/campaigns/{id}",
    "POST /api/campaigns/{id}/pause",
    "POST /api/campaigns/{id}/resume",
    "GET /api/campaigns/{id}/matches",
    "GET /api/campaigns/{id}/offers",
    "POST /api/campaigns/{id}/offers",
    "GET /api/offers",
    "POST /api/offers",
    ...["accept", "reject", "counter", "withdraw"].map((verb) => `POST /api/offers/{id}/${verb}`),
    "POST /api/bookings",
    "GET /api/listings",
    "POST /api/listings",
    "GET /api/listings/{id}",
    "PUT /api/listings/{id}",
    "DELETE /api/listings/{id}",
    "GET /api/listings/by-code/{code}",
    "GET /api/deals",
    "POST /api/deals",
    "GET /api/deals/{id}",
    "GET /api/deals/{id}/timeline",
    "GET /api/deals/{id}/payment",
    ...["cancel", "release", "refund", "agree", "dispute", "recheck"].map(
      (verb) => `POST /api/deals/{id}/${verb}`,
    ),
    "GET /api/notifications",
    "POST /api/notifications/read",
    "POST /api/notifications/unread",
    "POST /api/admin/deals/{id}/resolve",
  ];
  expect(promised.filter((name) => !has.includes(name))).toEqual([]);
});

test("health says exactly healthy, and the reference page needs nothing from outside", async () => {
  expect(await (await raw("/health", {}, null)).json()).toEqual({ status: "healthy" });
  const docs = await raw("/docs", {}, null);
  expect(await docs.text()).not.toMatch(/https?:\/\//);
  expect(docs.headers.get("content-security-policy")).toContain("default-src 'self'");
});

test("answers carry a request id, and headers that keep a browser strict", async () => {
  const response = await raw("/api/listings", { headers: { "x-request-id": "abcdefgh-1234" } });
  expect(response.headers.get("x-request-id")).toBe("abcdefgh-1234");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(
    (await raw("/api/listings", { headers: { "x-request-id": "<script>" } })).headers.get("x-request-id"),
  ).not.toContain("<");
});

test("only configured origins may read answers from a browser", async () => {
  const allowed = await raw("/api/listings", { headers: { origin: "http://localhost:10002" } });
  expect(allowed.headers.get("access-control-allow-origin")).toBe("http://localhost:10002");
  const other = await raw("/api/listings", { headers: { origin: "https://evil.example" } });
  expect(other.headers.get("access-control-allow-origin")).toBeNull();
});

test("a Telegram that does not answer is said to be unavailable, not a fault of ours", async () => {
  const down = await createWorld({ withChain: false });
  down.telegram.faults.next(
    "getMe",
    ...Array.from({ length: 9 }, () => ({
      kind: "status" as const,
      status: 502,
      description: "Bad Gateway",
    })),
  );
  const answer = await down.http(null).get("/api/config");
  expect([answer.status, answer.body.error.code]).toEqual([503, "platform.unavailable"]);
  await down.close();
});
