/** YooKassa's HTTP protocol: Basic authentication, idempotence keys, its form of errors. The shop does the work. */
import { randomUUID, timingSafeEqual } from "node:crypto";
import type { Call, Fault, Faults } from "./faults.ts";
import type { Idempotence } from "./idempotence.ts";
import { type ListAnswer, listOf } from "./lists.ts";
import { invalid, Refusal } from "./objects.ts";
import type { Shop } from "./shop.ts";

export type Api = {
  shop: Shop;
  shopId: string;
  secretKey: string;
  idempotence: Idempotence;
  faults: Faults;
};

/** Answers a request below `/v3`. */
export async function answerApi(api: Api, request: Request, path: string): Promise<Response> {
  const call = callOf(request.method, path);
  const fault = api.faults.take(call);
  if (fault?.kind === "silence_before") {
    await Bun.sleep(fault.seconds * 1000);
    return new Response(null, { status: 504 });
  }
  if (fault?.kind === "status")
    return errorOf(new Refusal(fault.status, codes[fault.status] ?? "internal_server_error", "ordered"));
  const answer = await handle(api, request, path).catch((error: unknown) => {
    if (error instanceof Refusal) return errorOf(error);
    throw error;
  });
  return spoiled(fault, answer);
}

async function spoiled(fault: Fault | undefined, answer: Response): Promise<Response> {
  if (fault?.kind === "silence_after") await Bun.sleep(fault.seconds * 1000);
  if (fault?.kind === "malformed") return new Response('{"id": "2', { status: 200 });
  if (fault?.kind === "processing")
    return Response.json(
      {
        type: "processing",
        description: "Request accepted, but not processed yet",
        retry_after: fault.retryAfterMs,
      },
      { status: 202 },
    );
  return answer;
}

const callOf = (method: string, path: string): Call => {
  if (method === "POST") return path === "/refunds" ? "refund" : path === "/payments" ? "create" : "*";
  return /^\/(payments|refunds)$/.test(path) ? "list" : "get";
};

const codes: Record<number, string> = {
  400: "invalid_request",
  401: "invalid_credentials",
  403: "forbidden",
  404: "not_found",
  429: "too_many_requests",
  500: "internal_server_error",
};

async function handle(api: Api, request: Request, path: string): Promise<Response> {
  authenticate(api, request.headers.get("authorization") ?? "");
  const query = new URL(request.url).searchParams;
  const { shop } = api;
  if (request.method === "GET") return Response.json(read(shop, path, query));
  if (request.method !== "POST") throw new Refusal(405, "method_not_allowed", "Method is not allowed");
  const body = await jsonOf(request);
  const key = request.headers.get("idempotence-key");
  const result = api.idempotence.once(key, `${path} ${JSON.stringify(body)}`, () => write(shop, path, body));
  return Response.json(result);
}

function authenticate({ shopId, secretKey }: Api, header: string): void {
  const wanted = Buffer.from(`Basic ${Buffer.from(`${shopId}:${secretKey}`).toString("base64")}`);
  const given = Buffer.from(header);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new Refusal(
      401,
      "invalid_credentials",
      "Authentication by given credentials failed",
      "Authorization",
    );
}

async function jsonOf(request: Request): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new Refusal(415, "invalid_request", "Content type is not supported", "Content-Type");
  const text = await request.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw invalid("Request is not JSON");
  }
}

function read(shop: Shop, path: string, query: URLSearchParams): unknown {
  const [, kind, id] = /^\/(payments|refunds)(?:\/([\w-]+))?$/.exec(path) ?? [];
  if (kind === "payments" && id) return shop.payment(id).object;
  shop.tick();
  if (kind === "payments") {
    const rows = [...shop.payments.values()].map(({ object }) => object);
    return listOf(rows, query, (row) => row.payment_method?.type) satisfies ListAnswer<unknown>;
  }
  if (kind === "refunds" && id) {
    const found = shop.refunds.get(id);
    if (!found) throw new Refusal(404, "not_found", "Refund doesn't exist or access denied", "refund_id");
    return found;
  }
  if (kind === "refunds") return listOf(shop.refunds.values(), query, () => undefined);
  throw new Refusal(404, "not_found", "Nothing here");
}

function write(shop: Shop, path: string, body: unknown): unknown {
  if (path === "/payments") return shop.create(body);
  if (path === "/refunds") return shop.refund(body);
  const [, id = "", deed] = /^\/payments\/([\w-]+)\/(capture|cancel)$/.exec(path) ?? [];
  if (deed === "capture") return shop.capture(id);
  if (deed === "cancel") return shop.cancel(id, "canceled_by_merchant", "merchant");
  throw new Refusal(404, "not_found", "Nothing here");
}

export const errorOf = ({ status, code, message, parameter }: Refusal): Response =>
  Response.json(
    { type: "error", id: randomUUID(), code, description: message, ...(parameter ? { parameter } : {}) },
    { status },
  );
