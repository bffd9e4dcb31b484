/**
 * Passes the product's own paths (`/api`, `/docs`, `/health` …) on to the product server, so that integrators find the API at the one address that they know;
 * WebSockets too.
 */
import type { Server, ServerWebSocket } from "bun";

const PASSED = /^\/(?:health|ready|openapi\.json|docs|api)(?:\/|$)/;
const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer"];
const QUEUE_LIMIT = 256;

export interface Bridge {
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly protocols: readonly string[];
  upstream: WebSocket | null;
  queue: (string | ArrayBuffer)[];
}

export class ProductProxy {
  private readonly productOrigin: string;

  constructor(productOrigin: string) {
    this.productOrigin = productOrigin;
  }

  takes(pathname: string): boolean {
    return PASSED.test(pathname);
  }

  /** Undefined when the request became a WebSocket. */
  async pass(request: Request, server: Server<Bridge>): Promise<Response | undefined> {
    const url = new URL(request.url);
    const target = `${this.productOrigin}${url.pathname}${url.search}`;
    if (request.headers.get("upgrade")?.toLowerCase() === "websocket")
      return this.upgrade(request, target, server);
    const headers = new Headers(request.headers);
    for (const name of HOP_BY_HOP) headers.delete(name);
    try {
      const response = await fetch(target, {
        method: request.method,
        headers,
        body: request.method === "GET" || request.method === "HEAD" ? null : await request.arrayBuffer(),
        redirect: "manual",
        decompress: false,
        signal: request.signal,
      });
      return new Response(response.body, { status: response.status, headers: response.headers });
    } catch {
      const message = `the product server at ${this.productOrigin} does not answer`;
      return Response.json({ error: { code: "UNAVAILABLE", message } }, { status: 502 });
    }
  }

  private upgrade(request: Request, target: string, server: Server<Bridge>): Response | undefined {
    const headers: Record<string, string> = {};
    for (const name of ["authorization", "cookie", "origin", "user-agent", "accept-language"]) {
      const value = request.headers.get(name);
      if (value) headers[name] = value;
    }
    const offered = request.headers.get("sec-websocket-protocol");
    const protocols = offered ? offered.split(",").map((name) => name.trim()) : [];
    const data: Bridge = {
      target: target.replace(/^http/, "ws"),
      headers,
      protocols,
      upstream: null,
      queue: [],
    };
    // The product picks the first protocol that it knows; browsers want one of theirs echoed.
    const echoed = protocols[0] ? { headers: { "sec-websocket-protocol": protocols[0] } } : {};
    return server.upgrade(request, { data, ...echoed })
      ? undefined
      : new Response("bad upgrade", { status: 400 });
  }
}

/** Both directions of a passed WebSocket. */
export const bridgeHandlers = {
  open(ws: ServerWebSocket<Bridge>): void {
    const { target, headers, protocols } = ws.data;
    // Bun takes headers here; the DOM's types do not know it.
    const settings = { headers, protocols: [...protocols] } as unknown as string[];
    const upstream = new WebSocket(target, settings);
    upstream.binaryType = "arraybuffer";
    ws.data.upstream = upstream;
    upstream.addEventListener("open", () => {
      for (const message of ws.data.queue) upstream.send(message);
      ws.data.queue = [];
    });
    upstream.addEventListener("message", (event: MessageEvent<string | ArrayBuffer>) => {
      ws.send(event.data);
    });
    upstream.addEventListener("close", (event) => ws.close(closeCode(event.code), event.reason));
    upstream.addEventListener("error", () => ws.close(1011, "the product server does not answer"));
  },
  message(ws: ServerWebSocket<Bridge>, message: string | Buffer): void {
    const data = typeof message === "string" ? message : new Uint8Array(message).buffer;
    const { upstream, queue } = ws.data;
    if (upstream?.readyState === WebSocket.OPEN) upstream.send(data);
    else if (queue.length < QUEUE_LIMIT) queue.push(data);
  },
  close(ws: ServerWebSocket<Bridge>, code: number): void {
    ws.data.upstream?.close(closeCode(code));
  },
};

/** Codes that only a broken connection may show cannot be sent. */
function closeCode(code: number): number {
  return code === 1000 || (code >= 3000 && code < 5000) || (code >= 1007 && code <= 1014) ? code : 1000;
}
