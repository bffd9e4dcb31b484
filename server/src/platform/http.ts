/**
 * The HTTP edge: every request gets an id, a log line, limits, an actor, checked input and, if it fails, one body. What an
 * endpoint does is elsewhere; this file only carries.
 */
import { type Context, Hono, type Next } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import type { z } from "zod";
import type { Actor, Ctx } from "./context.ts";
import { type BytesAnswer, type Endpoint, WithCookie } from "./endpoint.ts";
import { kinds, Problem, platformErrors } from "./errors.ts";
import { OutsideFailure } from "./gateway.ts";
import { newId } from "./ids.ts";
import type { Limits } from "./limits.ts";
import { errorFields, type Log, requestLogger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { noBytes, readBytes } from "./read-bytes.ts";
import { assertAllowedFor, parseInput } from "./verb.ts";

export type HttpOptions = {
  /** A context acting as nobody; the edge gives each request its own actor and ids. */
  base: Ctx;
  authenticate: (ctx: Ctx, authorization: string | undefined) => Promise<Actor>;
  limits: Limits;
  metrics: Metrics;
  endpoints: readonly Endpoint[];
  /** True in tests and the local world: an answer that is not of its shape is then a bug, loudly. */
  checkAnswers: boolean;
};

/** What is known of a request beside itself; Hono carries it as the environment. */
type Exchange = {
  readonly address: string;
  readonly requestId: string;
  route: string;
  /** The answer was made with all of its headers: looking into them costs more than making them. */
  hasHeaders: boolean;
};
type Env = { Bindings: Exchange };

const bodyMax = 256 * 1024;
const readsPerMinute = 1_200;
/** Many people may share an address; nobody types so fast. */
const triesPerMinute = 3_000;
const writesPerMinute = 60;
const tries = /^[\x21-\x7e]{1,200}$/;
const requestIds = /^[A-Za-z0-9._-]{8,64}$/;
const nobody: Actor = { kind: "anonymous" };

const securityHeaders: Record<string, string> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin-allow-popups",
  "permissions-policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
};

export type Http = {
  /** Answers one request; `address` is the caller's. */
  fetch(request: Request, address: string): Promise<Response>;
  /** For what is no endpoint: pages, webhooks. */
  readonly routes: Hono<Env>;
};

const answerHeaders = new Headers({
  ...securityHeaders,
  "content-type": "application/json",
  "cache-control": "no-store",
});

export function createHttp(options: HttpOptions): Http {
  const { base, metrics } = options;
  const routes = openRoutes(options);
  const logRequest = requestLogger(base.log);
  // Around Hono and not a middleware in it: a route with one handler then runs without a chain of promises.
  const fetch = async (request: Request, address: string): Promise<Response> => {
    const startedAt = performance.now();
    const given = request.headers.get("x-request-id");
    const requestId = given && requestIds.test(given) ? given : newId();
    const exchange: Exchange = { address, requestId, route: "none", hasHeaders: false };
    const response = await routes.fetch(request, exchange);
    const { status } = response;
    if (!exchange.hasHeaders) {
      for (const name in securityHeaders) response.headers.set(name, securityHeaders[name] as string);
      response.headers.set("x-request-id", requestId);
    }
    const ms = performance.now() - startedAt;
    metrics.http.observe({ method: request.method, route: exchange.route, status }, ms / 1000);
    if (exchange.route !== "GET /health") logRequest(requestId, exchange.route, status, ms);
    return response;
  };
  return { fetch, routes };
}

function openRoutes(options: HttpOptions): Hono<Env> {
  const app = new Hono<Env>();
  const origins = options.base.settings.env.ALLOWED_ORIGINS;
  if (origins.length > 0)
    app.use(
      "/api/*",
      cors({
        origin: origins,
        allowHeaders: ["authorization", "content-type", "idempotency-key"],
        maxAge: 600,
      }),
    );
  const limitBody = bodyLimit({
    maxSize: bodyMax,
    onError: () => {
      throw platformErrors.body_too_large({ bytesMax: bodyMax });
    },
  });
  for (const endpoint of options.endpoints) {
    const { path, literals } = mountable(endpoint, options.endpoints);
    // biome-ignore lint/suspicious/noConfusingVoidType: Hono's `next` answers nothing.
    const handle = (c: Context<Env>, next: Next): Promise<Response | void> => {
      for (const [name, literal] of literals) if (c.req.param(name) !== literal) return next();
      return answer(c, endpoint, options);
    };
    if (endpoint.method === "get") app.get(path, handle);
    else if (endpoint.spec.bytes) app.on(endpoint.method.toUpperCase(), path, handle);
    else app.on(endpoint.method.toUpperCase(), path, limitBody, handle);
  }
  app.notFound((c) => problemResponse(platformErrors.not_found(), c.env.requestId));
  app.onError((error, c) => failed(error, c, options.base));
  return app;
}

/**
 * Hono's fast router refuses a word beside a parameter (`/listings/by-code/:code` beside `/listings/:id`), and then all routes go through
 * its slow one, which cost a quarter of a request. Such a word is mounted as a parameter and compared; another word goes on to the next.
 */
function mountable(
  endpoint: Endpoint,
  all: readonly Endpoint[],
): { path: string; literals: [string, string][] } {
  const literals: [string, string][] = [];
  const parts = endpoint.path.split("/");
  const path = parts.map((part, at) => {
    const prefix = `${parts.slice(0, at).join("/")}/:`;
    const sibling = all.find((one) => one.method === endpoint.method && one.path.startsWith(prefix));
    if (part.startsWith(":") || !sibling) return part;
    const name = (sibling.path.split("/")[at] ?? "").slice(1);
    literals.push([name, part]);
    return `:${name}`;
  });
  return { path: path.join("/"), literals };
}

async function answer(c: Context<Env>, endpoint: Endpoint, options: HttpOptions): Promise<Response> {
  const { spec, method, path } = endpoint;
  const { requestId, address } = c.env;
  const { headers } = c.req.raw;
  c.env.route = `${method.toUpperCase()} ${path}`;
  const key = headers.get("idempotency-key") ?? undefined;
  if (key !== undefined && !tries.test(key))
    throw platformErrors.invalid({ issues: [{ path: "Idempotency-Key", code: "invalid" }] });
  await limit(options.limits, endpoint, address, "address");
  const authorization = headers.get("authorization") ?? undefined;
  const actor =
    authorization === undefined
      ? nobody
      : await options.authenticate(contextOf(options.base, requestId, nobody), authorization);
  assertAllowedFor(actor, [spec.who].flat());
  if (actor.kind === "user") await limit(options.limits, endpoint, actor.userId, "user");
  const given = {
    params: spec.params ? parsePath(spec.params, c.req.param()) : undefined,
    query: spec.query ? parseInput(spec.query, queryOf(c)) : undefined,
    body: spec.body ? parseInput(spec.body, await jsonBody(c)) : undefined,
    bytes: spec.bytes ? await readBytes(c.req.raw, spec.bytes.max) : noBytes,
    request: {
      userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
      address,
      header: (name: string) => headers.get(name),
    },
  };
  const ctx = contextOf(options.base, requestId, actor, key);
  const result = await endpoint.handle(ctx, given as Parameters<Endpoint["handle"]>[1]);
  return render(c.env, endpoint, result, options.checkAnswers);
}

/** The log of its own is made when something is logged: most requests say nothing but their one line. */
function contextOf(base: Ctx, requestId: string, actor: Actor, key?: string): Ctx {
  let log: Log | undefined;
  const { clock, gateways, settings, words, db, enqueueIn } = base;
  return {
    actor,
    clock,
    get log() {
      log ??= base.log.child({ requestId });
      return log;
    },
    gateways,
    settings,
    words,
    db,
    requestId,
    ...(key === undefined ? undefined : { requestKey: key }),
    enqueueIn,
  };
}

/**
 * Everything counts per address, in memory and before anybody is believed: guessing a token costs us a query. Writes count per
 * user as well (or per address for nobody), in PostgreSQL.
 */
async function limit(
  limits: Limits,
  { method, path, spec }: Endpoint,
  who: string,
  by: "address" | "user",
): Promise<void> {
  const isRead = method === "get";
  if (by === "address")
    await limits.take("read", isRead ? "read" : "try", who, isRead ? readsPerMinute : triesPerMinute, 60);
  if (!isRead && by === (spec.who === "anonymous" ? "address" : "user"))
    await limits.take("write", "write", who, writesPerMinute, 60);
  if (spec.perMinute !== undefined && by === (spec.who === "anonymous" ? "address" : "user")) {
    await limits.take(isRead ? "read" : "write", `${method} ${path}`, who, spec.perMinute, 60);
  }
}

/** A path that cannot name anything names nothing: not found, not invalid. */
function parsePath(schema: z.ZodType, params: Record<string, string>): unknown {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw platformErrors.not_found();
  return parsed.data;
}

/** Query parameters; a repeated one is refused, because readers disagree which counts. */
function queryOf(c: Context<Env>): Record<string, string> {
  const all = c.req.queries();
  for (const [name, values] of Object.entries(all)) {
    if (values.length > 1) throw platformErrors.invalid({ issues: [{ path: name, code: "repeated" }] });
  }
  return Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values[0] ?? ""]));
}

async function jsonBody(c: Context<Env>): Promise<unknown> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw platformErrors.malformed_json({ reason: "content_type" });
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await c.req.arrayBuffer()));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw platformErrors.malformed_json();
  }
}

function render(exchange: Exchange, endpoint: Endpoint, result: unknown, checkAnswers: boolean): Response {
  if (result instanceof Response) return result;
  if (result instanceof WithCookie) {
    const response = render(exchange, endpoint, result.answer, checkAnswers);
    response.headers.append("set-cookie", result.cookie);
    return response;
  }
  const { spec } = endpoint;
  if (!spec.answer) {
    if (isBytes(result)) return bytesResponse(result);
    return new Response(null, { status: 204 });
  }
  if (checkAnswers) spec.answer.parse(result);
  const headers = new Headers(answerHeaders);
  headers.set("x-request-id", exchange.requestId);
  exchange.hasHeaders = true;
  return new Response(JSON.stringify(result), { status: spec.status ?? 200, headers });
}

const isBytes = (value: unknown): value is BytesAnswer =>
  typeof value === "object" && value !== null && "bytes" in value;
const bytesResponse = (answer: BytesAnswer): Response =>
  new Response(answer.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "content-type": answer.type,
      "cache-control": `public, max-age=${answer.maxAge}`,
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });

function failed(error: unknown, c: Context<Env>, base: Ctx): Response {
  const { requestId, route } = c.env;
  if (error instanceof Problem && error.kind !== "bug") return problemResponse(error, requestId);
  if (error instanceof OutsideFailure) {
    base.log.warn({ requestId, route, ...errorFields(error) }, "the outside did not answer");
    return problemResponse(platformErrors.unavailable(), requestId);
  }
  base.log.error({ requestId, route, ...errorFields(error) }, "request failed");
  return problemResponse(platformErrors.bug(), requestId);
}

export function problemResponse(error: Problem, requestId: string): Response {
  const headers: Record<string, string> = { "cache-control": "no-store" };
  if (error.kind === "limited") headers["retry-after"] = String(error.details.retryAfterSeconds ?? 60);
  if (error.kind === "unauthenticated") headers["www-authenticate"] = "tma, Bearer";
  const body = { error: { code: error.code, kind: error.kind, details: error.details, requestId } };
  return Response.json(body, { status: kinds[error.kind], headers });
}
