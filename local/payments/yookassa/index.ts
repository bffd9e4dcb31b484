/**
 * YooKassa for a laptop: its API v3 below `/v3`, a page on which a person pays or does not, news to the shop's address, and controls for
 * its bad days. `README.md` says where it is stricter or looser than the real one.
 */
import { answerApi } from "./api.ts";
import { answerControl } from "./control.ts";
import { type Fault, Faults } from "./faults.ts";
import { Idempotence } from "./idempotence.ts";
import { openJournal } from "./journal.ts";
import { createNotifier, type Deed } from "./notify.ts";
import { type Method, Refusal } from "./objects.ts";
import { checkoutPage, gonePage, languageOf } from "./page.ts";
import { type RefundEnding, Shop } from "./shop.ts";

export type LocalYooKassa = Awaited<ReturnType<typeof startLocalYooKassa>>;

export const LOCAL_SHOP = { shopId: "100500", secretKey: "test_LOCAL-yookassa-key-of-this-machine" } as const;

type Options = {
  port?: number;
  host?: string;
  /** Where news go; null for nowhere. */
  notifyUrl?: string | null;
  /** The first second try of news, milliseconds; each further one doubles it. */
  firstRetryMs?: number;
  /** Keeps everything there over restarts; null keeps nothing. */
  dataDir?: string | null;
  /** A shop that must send receipts (54-FZ). */
  needsReceipts?: boolean;
};

const TICK_MS = 5_000;

export async function startLocalYooKassa(options: Options = {}) {
  let offsetMs = 0;
  const now = (): number => Date.now() + offsetMs;
  const faults = new Faults();
  const idempotence = new Idempotence(now);
  const notifier = createNotifier(options.notifyUrl ?? null, options.firstRetryMs ?? 1_000);
  const server = Bun.serve({
    port: options.port ?? 0,
    hostname: options.host ?? "127.0.0.1",
    idleTimeout: 0,
    fetch: (request) => answer(request, api, controls),
  });
  const origin = `http://localhost:${server.port}`;
  const shop = new Shop({
    shopId: LOCAL_SHOP.shopId,
    now,
    pageUrl: (id) => `${origin}/checkout/${id}`,
    needsReceipts: options.needsReceipts ?? false,
    journal: openJournal(options.dataDir ?? null),
    onEvent: (notification) => notifier.tell(notification),
  });
  const ticking = setInterval(() => shop.tick(), TICK_MS);
  const api = { shop, ...LOCAL_SHOP, idempotence, faults };
  const setClock = (offsetSeconds: number): void => {
    offsetMs = offsetSeconds * 1000;
    shop.tick();
  };
  const reset = (): void => {
    shop.clear();
    idempotence.clear();
    faults.clear();
  };
  const controls = { shop, faults, notifier, setClock, reset };

  return {
    origin,
    port: server.port ?? 0,
    /** What YOOKASSA_URL is set to. */
    url: `${origin}/v3`,
    ...LOCAL_SHOP,
    shop,
    /** A person pays on the page. Without `way` the first that the page offers. */
    pay: (id: string, way?: Method) => shop.pay(id, way),
    /** The bank refuses. */
    decline: (id: string, reason = "general_decline") => shop.cancel(id, reason, "payment_network"),
    fault: (fault: Fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    orderNews: (...deeds: Deed[]) => notifier.order(...deeds),
    /** Resolves when no news are under way. */
    rest: () => notifier.rest(),
    nextRefunds: (...endings: RefundEnding[]) => void shop.refundEndings.push(...endings),
    advance: (seconds: number) => setClock(offsetMs / 1000 + seconds),
    /** Seconds ahead of this machine's clock. */
    setClock,
    reset,
    async stop() {
      clearInterval(ticking);
      notifier.stop();
      await server.stop(true);
    },
  };
}

async function answer(
  request: Request,
  api: Parameters<typeof answerApi>[0],
  controls: Parameters<typeof answerControl>[0],
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/v3/")) return answerApi(api, request, pathname.slice("/v3".length));
  if (pathname.startsWith("/control/")) return answerControl(controls, request, pathname);
  const [, id] = /^\/checkout\/([\w-]{1,64})$/.exec(pathname) ?? [];
  if (id) return answerPage(api.shop, request, id);
  return Response.json({ error: `nothing at ${pathname}` }, { status: 404 });
}

async function answerPage(shop: Shop, request: Request, id: string): Promise<Response> {
  const language = languageOf(request);
  const html = (text: string, status = 200): Response =>
    new Response(text, {
      status,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy":
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'",
      },
    });
  try {
    const kept = shop.payment(id);
    if (request.method === "POST" && kept.object.status === "pending") {
      const form = await request.formData();
      const outcome = String(form.get("outcome"));
      if (outcome === "pay") shop.pay(id, String(form.get("way")) as Method);
      else shop.cancel(id, outcome, "payment_network");
      return new Response(null, { status: 303, headers: { location: `/checkout/${id}` } });
    }
    return html(checkoutPage(shop.payment(id), language));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return html(gonePage(language), 404);
  }
}
