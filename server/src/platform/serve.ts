/** Sockets of the product: HTTP and the live WebSocket on one port, metrics on another. */
import type { Server } from "bun";
import type { createLive, LiveSocketData } from "./live.ts";
import type { Metrics } from "./metrics.ts";
import type { Settings } from "./settings.ts";
import { contentSecurityPolicy } from "./static.ts";

const ours =
  /^\/(api(\/|$)|health($|\?)|ready($|\?)|docs|openapi\.json|tonconnect-manifest\.json|telegram\/|payments\/webhook\/)/;
/** Paths that the program answers itself; everything else is the Mini App's. */
export const isOurs = (url: string): boolean => ours.test(pathOf(url));

/** Path and query of an absolute URL, without taking all of it apart: this runs for every request. */
const pathOf = (url: string): string => url.slice(url.indexOf("/", 8));

/** Headers of the Mini App's page. */
export function siteHeaders(settings: Settings): Record<string, string> {
  const { env } = settings;
  const locals = settings.isLocal
    ? [
        env.TELEGRAM_API_ROOT,
        env.TELEGRAM_LINK_BASE,
        env.PUBLIC_URL,
        env.EXPLORER_URL,
        env.TONCONNECT_WALLETS_URL ?? "",
      ]
    : [];
  const localOrigins = [...new Set(locals.filter(Boolean).map((one) => new URL(one).origin))];
  return {
    "content-security-policy": contentSecurityPolicy({
      frameAncestors: env.TELEGRAM_WEB_ORIGINS,
      localOrigins,
    }),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
  };
}

export function listen(
  { PORT: port, HOST: hostname, TRUSTED_PROXIES: proxies }: Settings["env"],
  handle: (request: Request, address: string) => Promise<Response>,
  live: ReturnType<typeof createLive>,
): Server<LiveSocketData> {
  const server = Bun.serve<LiveSocketData>({
    port,
    hostname,
    idleTimeout: 60,
    // A picture at most; what an endpoint takes is limited there.
    maxRequestBodySize: 11 * 1_048_576,
    websocket: live.websocket,
    fetch(request, self) {
      if (pathOf(request.url).startsWith("/api/live")) {
        const data = live.upgradeData(new URL(request.url), clientAddress(request, self, proxies));
        return self.upgrade(request, { data })
          ? undefined
          : new Response("expected a WebSocket", { status: 426 });
      }
      return handle(request, clientAddress(request, self, proxies));
    },
  });
  live.attach(server);
  return server;
}

/** The address that the nearest proxy we trust saw; with no proxy, the socket's own. */
function clientAddress(request: Request, server: Server<LiveSocketData>, proxies: number): string {
  const chain = proxies === 0 ? [] : (request.headers.get("x-forwarded-for") ?? "").split(",");
  const seen = chain
    .map((one) => one.trim())
    .filter(Boolean)
    .at(-proxies);
  // Asked for only when needed: it costs as much as reading all headers.
  return (proxies > 0 && seen) || (server.requestIP(request)?.address ?? "unknown");
}

export function listenForMetrics(env: Settings["env"], { registry }: Metrics): Server<undefined> {
  return Bun.serve({
    port: env.METRICS_PORT,
    hostname: env.METRICS_HOST,
    fetch: async () =>
      new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } }),
  });
}
