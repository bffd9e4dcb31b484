/**
 * The one way to the HTTP API: a typed fetch over the server's shapes. Reads are tried again when the network or the server
 * stumbles; changes carry an idempotency key, so that trying again can never do a thing twice.
 */
import type { Problem } from "../../server/src/platform/shapes.ts";
import { ApiError, isTransient } from "./problem.ts";

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Method = "GET" | "POST" | "PUT" | "DELETE";

const TIMEOUT_MS = 15_000;
const RETRY_DELAYS_MS = [400, 1200];

/** Who is asking. `renew` is called once after a 401; true when there is something better to try. */
export interface Authorization {
  current(): Promise<string | null>;
  renew(): Promise<boolean>;
}

const visitor: Authorization = { current: async () => null, renew: async () => false };
let authorization: Authorization = visitor;

export function setAuthorization(source: Authorization | null): void {
  authorization = source ?? visitor;
}

export const currentAuthorization = (): Promise<string | null> => authorization.current();

/** A random id; `crypto.randomUUID` is missing on plain http outside of localhost. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function urlOf(path: string, query: Query | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  const search = parameters.toString();
  return search ? `${path}?${search}` : path;
}

function isProblem(body: unknown): body is Problem {
  const error = (body as { error?: { code?: unknown; kind?: unknown } } | null)?.error;
  return typeof error?.code === "string" && typeof error.kind === "string";
}

async function errorOf(response: Response, requestId: string): Promise<ApiError> {
  return errorOfBody(await response.json().catch(() => null), {
    status: response.status,
    requestId: response.headers.get("x-request-id") ?? requestId,
    retryAfter: Number(response.headers.get("retry-after")) || null,
  });
}

/** A refusal by its body; by its status where something between us and the server answered. */
export function errorOfBody(
  body: unknown,
  facts: { status: number; requestId: string; retryAfter: number | null },
): ApiError {
  if (isProblem(body))
    return new ApiError({ ...body.error, status: facts.status, retryAfter: facts.retryAfter });
  const isGateway = facts.status === 429 || facts.status >= 502;
  return new ApiError({
    ...facts,
    code: isGateway ? "platform.unavailable" : "platform.bug",
    kind: isGateway ? "unavailable" : "bug",
  });
}

async function attempt<T>(
  method: Method,
  url: string,
  headers: Record<string, string>,
  body: string | null,
  signal: AbortSignal | undefined,
): Promise<T> {
  const requestId = headers["x-request-id"] ?? "";
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ code: "kit.offline", kind: "offline", requestId, status: 0 });
  }
  if (!response.ok) throw await errorOf(response, requestId);
  if (response.status === 204) return undefined as T;
  const isText = response.headers.get("content-type")?.startsWith("text/");
  return (isText ? await response.text() : await response.json()) as T;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function withRetries<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  let isRenewed = false;
  for (let failures = 0; ; failures++) {
    try {
      return await run();
    } catch (error) {
      if (signal?.aborted) throw error;
      const isSignedOut = error instanceof ApiError && error.status === 401 && !isRenewed;
      if (isSignedOut && (await authorization.renew())) {
        isRenewed = true;
        continue;
      }
      const delay = RETRY_DELAYS_MS[failures];
      if (!isTransient(error) || delay === undefined) throw error;
      await sleep(delay);
    }
  }
}

async function headersOf(extra: Record<string, string>): Promise<Record<string, string>> {
  const who = await authorization.current();
  return {
    accept: "application/json",
    "x-request-id": randomId(),
    ...(who ? { authorization: who } : {}),
    ...extra,
  };
}

/** Reads. Throws `ApiError`. */
export function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return withRetries(
    async () => attempt<T>("GET", urlOf(path, query), await headersOf({}), null, signal),
    signal,
  );
}

/**
 * Changes something. The same `key` for the same intention, so that a second press after a lost answer replays the first.
 * Throws `ApiError`.
 */
export function send<T>(
  method: Exclude<Method, "GET">,
  path: string,
  body?: unknown,
  key = randomId(),
): Promise<T> {
  const json = body === undefined ? null : JSON.stringify(body);
  const type: Record<string, string> = json === null ? {} : { "content-type": "application/json" };
  return withRetries(
    async () =>
      attempt<T>(method, path, await headersOf({ "idempotency-key": key, ...type }), json, undefined),
    undefined,
  );
}

/** A change without an author: signing in and refreshing, which are what gives one. Never tried again by itself. */
export function sendAnonymously<T>(path: string, body: unknown): Promise<T> {
  const headers = {
    accept: "application/json",
    "content-type": "application/json",
    "x-request-id": randomId(),
  };
  return attempt<T>("POST", path, headers, JSON.stringify(body), undefined);
}
