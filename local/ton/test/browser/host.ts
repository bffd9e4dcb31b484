/** A page as the local Telegram is one: the Mini App in one frame, and the wallet in another when the Mini App asks for it. */
import { join } from "node:path";
import type { LocalTon } from "../../index.ts";

const LAUNCH = "tgWebAppVersion=9.6&tgWebAppPlatform=weba&tgWebAppThemeParams=%7B%7D";

const hostPage = (
  shop: string,
  wallet: string,
) => `<!doctype html><style>iframe{width:420px;height:800px;border:0}</style>
<iframe id="shop" src="${shop}"></iframe><iframe id="wallet" name="wallet"></iframe>
<script>
addEventListener("message", ({ data }) => {
  if (typeof data !== "string") return;
  const { eventType, eventData } = JSON.parse(data);
  if (eventType !== "web_app_open_tg_link") return;
  const start = new URL(eventData.path_full, "https://t.me").searchParams.get("startapp");
  document.getElementById("wallet").src = "${wallet}&start=" + encodeURIComponent(start);
});
</script>`;

/** Serves the host page and the shop on two ports. `payer` opens the wallet, the shop is paid to `payee`. */
export async function startHost(ton: LocalTon, payer: number, payee: number) {
  const built = await Bun.build({
    entrypoints: [join(import.meta.dir, "shop.tsx")],
    target: "browser",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = await built.outputs[0]?.text();
  const shop = Bun.serve({
    port: 0,
    fetch: (request) => {
      const { origin, pathname } = new URL(request.url);
      if (pathname === "/manifest.json") {
        return Response.json({ url: origin, name: "Shop", iconUrl: `${origin}/icon.png` });
      }
      if (pathname === "/shop.js")
        return new Response(script, { headers: { "content-type": "text/javascript" } });
      if (pathname !== "/") return new Response(null, { status: 404 });
      return new Response(
        '<!doctype html><div id="root"></div><script type="module" src="/shop.js"></script>',
        {
          headers: { "content-type": "text/html" },
        },
      );
    },
  });
  const address = ton.wallet(payee).address.toString({ bounceable: false });
  const shopUrl = `http://localhost:${shop.port}/?wallets=${ton.walletsUrl}&payee=${address}#${LAUNCH}`;
  const page = hostPage(shopUrl, `${ton.origin}/wallet?person=${payer}&lang=en`);
  const host = Bun.serve({
    port: 0,
    fetch: () => new Response(page, { headers: { "content-type": "text/html" } }),
  });
  return {
    origin: `http://localhost:${host.port}`,
    stop: () => Promise.all([host.stop(true), shop.stop(true)]),
  };
}
