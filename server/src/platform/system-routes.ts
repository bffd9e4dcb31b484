/** What the program itself answers: health, readiness, public configuration, the API's description. */
import { sql } from "drizzle-orm";
import { Hono } from "hono";
import { z } from "zod";
import type { Ctx } from "./context.ts";
import { type Endpoint, get } from "./endpoint.ts";
import { publicConfig } from "./shapes.ts";

const health = z.object({ status: z.literal("healthy") });
const readiness = z.object({
  status: z.enum(["ready", "starting"]),
  checks: z.record(z.string(), z.boolean()),
});

/** `checks` answer true when the part is able to work. Liveness never depends on them: a restart would not help. */
export function systemEndpoints(
  checks: Record<string, () => Promise<boolean>>,
  escrowCodeHash: string,
): Endpoint[] {
  return [
    get(
      "/health",
      {
        who: "anonymous",
        summary: "The process lives",
        answer: health,
        examples: { answer: { status: "healthy" } },
      },
      async () => ({
        status: "healthy" as const,
      }),
    ),
    get(
      "/ready",
      { who: "anonymous", summary: "The process can work: 503 while it cannot", answer: readiness },
      async (ctx) => {
        const results = await Promise.all(
          Object.entries(checks).map(
            async ([name, check]) => [name, await check().catch(() => false)] as const,
          ),
        );
        const isReady = results.every(([, ok]) => ok) && (await canRead(ctx));
        const body = {
          status: isReady ? ("ready" as const) : ("starting" as const),
          checks: Object.fromEntries(results),
        };
        return isReady ? body : (Response.json(body, { status: 503 }) as never);
      },
    ),
    get(
      "/api/config",
      { who: "anonymous", summary: "What a client must know before signing in", answer: publicConfig },
      async (ctx) => {
        const { env } = ctx.settings;
        return {
          botUsername: await ctx.gateways.telegram.botUsername(),
          linkBase: env.TELEGRAM_LINK_BASE,
          miniAppName: env.TELEGRAM_MINIAPP_NAME,
          webOrigins: env.TELEGRAM_WEB_ORIGINS,
          network: env.TON_NETWORK,
          escrowCodeHash,
          feeBps: env.FEE_BPS,
          priceMin: { amount: env.PRICE_MIN.toString(), asset: "TON" as const },
          tonConnectManifestUrl: `${env.PUBLIC_URL}/tonconnect-manifest.json`,
          tonConnectWalletsUrl: env.TONCONNECT_WALLETS_URL ?? null,
          explorerUrl: env.EXPLORER_URL,
          pushPublicKey: ctx.gateways.push.publicKey,
          isLocal: ctx.settings.isLocal,
          now: ctx.clock.date().toISOString(),
        };
      },
    ),
  ];
}

async function canRead(ctx: Ctx): Promise<boolean> {
  return ctx.db
    .execute(sql`select 1`)
    .then(() => true)
    .catch(() => false);
}

/** Pages beside the API: its description, a reference to read it in, and TON Connect's manifest. */
export function systemPages(document: unknown, publicUrl: string): Hono {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Souk API</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/docs/swagger-ui.css"></head><body><div id="reference"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;
  const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#reference", deepLinking: true, supportedSubmitMethods: [] });`;
  const policy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
  const asset = (name: string, type: string) =>
    new Response(Bun.file(Bun.resolveSync(`swagger-ui-dist/${name}`, import.meta.dir)), {
      headers: { "content-type": type, "cache-control": "public, max-age=86400" },
    });
  return new Hono()
    .get("/openapi.json", (c) => c.json(document as Record<string, unknown>))
    .get("/docs", (c) => c.html(page, 200, { "content-security-policy": policy }))
    .get("/docs/swagger-ui-bundle.js", () => asset("swagger-ui-bundle.js", "text/javascript"))
    .get("/docs/swagger-ui.css", () => asset("swagger-ui.css", "text/css"))
    .get("/docs/start.js", (c) => c.body(start, 200, { "content-type": "text/javascript" }))
    .get("/tonconnect-manifest.json", (c) =>
      c.json({ url: publicUrl, name: "Souk", iconUrl: `${publicUrl}/icon-180.png` }, 200, {
        "access-control-allow-origin": "*",
      }),
    );
}
