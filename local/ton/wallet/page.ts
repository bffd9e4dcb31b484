/** Serves the wallet page. Its script is bundled at the first request, from the TypeScript beside it. */
import { join } from "node:path";

const DIR = join(import.meta.dir, "page");

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Local Wallet</title>
<link rel="icon" href="/wallet/icon.svg">
<link rel="stylesheet" href="/wallet/style.css">
</head>
<body><div id="root"></div><script type="module" src="/wallet/app.js"></script></body>
</html>`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 288 288"><rect width="288" height="288" fill="#0076d6"/>
<path d="M66 96h156a18 18 0 0 1 18 18v84a18 18 0 0 1-18 18H66a18 18 0 0 1-18-18v-84a18 18 0 0 1 18-18z" fill="#fff"/>
<path d="M60 96l126-34a12 12 0 0 1 15 12v22" fill="none" stroke="#fff" stroke-width="14"/><circle cx="200" cy="156" r="16" fill="#0076d6"/></svg>`;

let script: Promise<string> | undefined;

/** Answers `/wallet` and its parts. */
export async function walletPage(url: URL): Promise<Response | undefined> {
  switch (url.pathname) {
    case "/wallet":
      return new Response(HTML, { headers: headers("text/html; charset=utf-8") });
    case "/wallet/style.css":
      return new Response(Bun.file(join(DIR, "style.css")), { headers: headers("text/css") });
    case "/wallet/icon.svg":
      return new Response(ICON, { headers: headers("image/svg+xml") });
    case "/wallet/app.js":
      script ??= bundle();
      return new Response(await script, { headers: headers("text/javascript") });
    default:
      return undefined;
  }
}

async function bundle(): Promise<string> {
  const built = await Bun.build({ entrypoints: [join(DIR, "app.ts")], target: "browser", minify: true });
  const [output] = built.outputs;
  if (output === undefined) throw new Error("the wallet page does not build");
  return output.text();
}

function headers(type: string) {
  return { "content-type": type, "cache-control": "no-cache", "access-control-allow-origin": "*" };
}
