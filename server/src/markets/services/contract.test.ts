import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../test/world.ts";
import { createServicesWorld, type ServicesWorld, wish } from "./services.fixture.ts";

let world: ServicesWorld;
const webOrigin = "http://localhost:10002";
beforeAll(async () => {
  world = await createServicesWorld({ ALLOWED_ORIGINS: webOrigin });
});
afterAll(() => world.close());

/** As it was published: paths, methods, and nothing before them. */
const published: [method: string, path: string][] = [
  ["get", "/api/orders"],
  ["post", "/api/orders"],
  ["get", "/api/orders/{id}"],
  ["put", "/api/orders/{id}"],
  ["delete", "/api/orders/{id}"],
  ["post", "/api/orders/{id}/take"],
  ["get", "/api/users/me"],
  ["put", "/api/users/me/preferences"],
  ["put", "/api/users/me/notification-settings"],
  ["get", "/api/balance"],
  ["post", "/api/balance/recharge"],
  ["post", "/api/reviews/client"],
  ["post", "/api/reviews/executor"],
  ["get", "/api/reviews"],
  ["get", "/health"],
];

test.each(published)("%s %s is described, with what it takes and gives", async (method, path) => {
  const { body } = await world.http(null).get("/openapi.json");
  const operation = body.paths[path]?.[method];
  expect(operation?.summary).toBeString();
  const status =
    path.includes("{id}") && method === "delete"
      ? "204"
      : method === "post" && !path.includes("take")
        ? "201"
        : "200";
  expect(Object.keys(operation.responses)).toContain(status);
  if (status !== "204")
    expect(operation.responses[status].content["application/json"].schema.type).toBe("object");
  for (const one of [operation.requestBody, status === "204" ? undefined : operation.responses[status]])
    if (one) expect(one.content["application/json"]).toContainKey("example");
  expect(Boolean(operation.requestBody)).toBe(["post", "put"].includes(method) && !path.includes("take"));
});

type Operation = { requestBody?: unknown; responses: Record<string, unknown> };

test("every shape of the market is described with an example", async () => {
  const { body } = await world.http(null).get("/openapi.json");
  for (const [path, methods] of Object.entries<Record<string, Operation>>(body.paths)) {
    if (!/^\/api\/(orders|cities|executors)/.test(path)) continue;
    for (const operation of Object.values(methods)) {
      const contents = [operation.requestBody, operation.responses[200], operation.responses[201]];
      for (const one of contents.filter(Boolean))
        expect((one as { content: Record<string, object> }).content["application/json"]).toContainKey(
          "example",
        );
    }
  }
});

test("health is one word", async () => {
  const { status, body } = await world.http(null).get("/health");
  expect([status, JSON.stringify(body)]).toEqual([200, '{"status":"healthy"}']);
});

test("both kinds of sign-in work, and no sign-in where it is needed is refused", async () => {
  const initData = world.telegram.initData(people.buyer);
  const session = await world.http(null).post("/api/auth/telegram", { initData });
  const bearer = world.httpAs(`Bearer ${session.body.accessToken}`);
  expect((await bearer.post("/api/orders", wish())).status).toBe(201);
  expect((await world.httpAs(`tma ${initData}`).post("/api/orders", wish())).status).toBe(201);
  expect((await bearer.get("/api/orders?scope=mine")).body.total).toBe(2);
  expect((await world.http(null).post("/api/orders", wish())).status).toBe(401);
  expect((await world.httpAs("Bearer nothing").get("/api/orders")).status).toBe(401);
});

test("the origin of the web's development server may ask, others may not", async () => {
  const ask = (origin: string) => world.http(null).get("/api/orders", { origin });
  expect((await ask(webOrigin)).headers.get("access-control-allow-origin")).toBe(webOrigin);
  expect((await ask("http://localhost:10003")).headers.get("access-control-allow-origin")).toBeNull();
});
