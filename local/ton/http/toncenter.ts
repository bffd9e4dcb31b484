/** Both toncenter APIs over HTTP: parameters in, the real envelopes out, and faults in between. */
import type { Chain } from "../chain/chain.ts";
import { ApiError, Context, type Params } from "./context.ts";
import type { Api, Fault, Faults } from "./faults.ts";
import { V2_METHODS } from "./v2.ts";
import { V3_METHODS } from "./v3.ts";

const MAX_BODY_BYTES = 1_000_000;

export const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*",
  "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS",
};

export class Toncenter {
  private readonly chain: Chain;
  private readonly faults: Faults;

  constructor(chain: Chain, faults: Faults) {
    this.chain = chain;
    this.faults = faults;
  }

  /** Answers `/api/v2/…` and `/api/v3/…`. */
  async handle(request: Request, url: URL): Promise<Response> {
    const [, , version, method = ""] = url.pathname.split("/");
    if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: CORS });
    if (version === "v3") return this.v3(request, url, method);
    return method === "jsonRPC" ? this.jsonRpc(request) : this.v2(request, url, method);
  }

  private async jsonRpc(request: Request): Promise<Response> {
    const body = await readJson(request);
    const id = { jsonrpc: "2.0", id: body?.id ?? null };
    const name = body?.method;
    if (request.method !== "POST" || typeof name !== "string") {
      return json(422, { ok: false, error: "method: field required", code: 422, ...id });
    }
    return this.call(
      "v2",
      name,
      request,
      (context) => {
        const run = Object.hasOwn(V2_METHODS, name) ? V2_METHODS[name] : undefined;
        if (run === undefined) throw new ApiError(404, "Unknown method");
        const params = body?.params;
        return run(context, typeof params === "object" && params !== null ? (params as Params) : {});
      },
      id,
    );
  }

  private async v2(request: Request, url: URL, name: string): Promise<Response> {
    const params = request.method === "POST" ? ((await readJson(request)) ?? {}) : queryOf(url);
    return this.call("v2", name, request, (context) => {
      const run = Object.hasOwn(V2_METHODS, name) ? V2_METHODS[name] : undefined;
      if (run === undefined) throw new ApiError(404, "Not Found");
      return run(context, params);
    });
  }

  private async v3(request: Request, url: URL, name: string): Promise<Response> {
    const method = Object.hasOwn(V3_METHODS, name) ? V3_METHODS[name] : undefined;
    const params = request.method === "POST" ? await readJson(request) : queryOf(url);
    return this.call("v3", name, request, (context) => {
      if (method === undefined) throw new ApiError(404, `Cannot ${request.method} ${url.pathname}`);
      if (method.verb !== request.method) throw new ApiError(405, "Method Not Allowed");
      if (params === undefined) throw new ApiError(422, "failed to parse request body");
      return method.run(context, params);
    });
  }

  private async call(
    api: Api,
    name: string,
    request: Request,
    run: (context: Context) => unknown,
    envelope: Record<string, unknown> = {},
  ): Promise<Response> {
    const { transport, spoil } = this.faults.take(api, name);
    if (transport?.kind === "timeoutBefore") return hang(request, transport);
    if (transport?.kind === "status")
      return errorResponse(api, transport.status, wordsFor(transport.status), envelope);
    const response = await answer(api, () => run(new Context(this.chain, spoil)), envelope);
    if (transport?.kind === "timeoutAfter") return hang(request, transport);
    if (transport?.kind !== "malformed") return response;
    const whole = await response.text();
    return new Response(whole.slice(0, whole.length / 2), { status: 200, headers: response.headers });
  }
}

async function answer(api: Api, run: () => unknown, envelope: Record<string, unknown>): Promise<Response> {
  try {
    const result = await run();
    return json(200, api === "v2" ? { ok: true, result, ...envelope } : result);
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(api, error.status, error.message, envelope);
    throw error;
  }
}

function errorResponse(
  api: Api,
  status: number,
  message: string,
  envelope: Record<string, unknown>,
): Response {
  if (api === "v3") return json(status, { error: message });
  const words = status === 429 ? { result: message } : { error: message };
  return json(status, { ok: false, ...words, code: status, ...envelope });
}

function wordsFor(status: number): string {
  if (status === 429) return "Ratelimit exceed";
  return status === 503 ? "Service Unavailable" : "Internal Server Error";
}

/** Says nothing for as long as the fault lasts or until the caller gives up. */
async function hang(request: Request, fault: Extract<Fault, { kind: "timeoutBefore" | "timeoutAfter" }>) {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, fault.seconds * 1000);
    request.signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return json(504, { ok: false, error: "Gateway Timeout", code: 504 });
}

export function json(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: CORS });
}

/** Parameters of the query; one given several times is a list. */
function queryOf(url: URL): Params {
  const params: Params = {};
  for (const key of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(key);
    params[key] = values.length > 1 ? values : values[0];
  }
  return params;
}

/** A JSON object, or undefined for anything else. */
export async function readJson(request: Request): Promise<Params | undefined> {
  const text = await request.text();
  if (text.length > MAX_BODY_BYTES) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Params)
      : undefined;
  } catch {
    return undefined;
  }
}
