/** The one HTTP server of the local TON network: which path belongs to whom. */
import type { Server } from "bun";
import { BadRequest, type ControlParts, control } from "./control.ts";
import { CORS, json, type Toncenter } from "./toncenter.ts";

/** A part that answers the paths that it knows. */
export type Part = (request: Request, url: URL) => Promise<Response | undefined> | Response | undefined;

export type HttpOptions = {
  port: number;
  host: string;
  toncenter: Toncenter;
  control: ControlParts;
  parts: Part[];
};

/** Starts listening; port 0 takes a free one. Throws if the port is taken. */
export function serve(options: HttpOptions): Server<undefined> {
  return Bun.serve({
    port: options.port,
    hostname: options.host,
    // Event streams and fault time-outs outlive any idle limit.
    idleTimeout: 0,
    fetch: (request) => route(options, request),
    error: (error) => json(500, { ok: false, error: error.message, code: 500 }),
  });
}

async function route(options: HttpOptions, request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname.startsWith("/api/")) return options.toncenter.handle(request, url);
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: CORS });
  try {
    const answer = await control(options.control, request, url.pathname);
    if (answer !== undefined) return answer;
    for (const part of options.parts) {
      const response = await part(request, url);
      if (response !== undefined) return response;
    }
  } catch (error) {
    if (error instanceof BadRequest) return json(400, { error: error.message });
    throw error;
  }
  return json(404, { error: `nothing at ${url.pathname}` });
}
