/** Serves a built web app from memory: hashed assets for a year, precompressed; everything else is the page itself. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative } from "node:path";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

type Stored = {
  body: Uint8Array<ArrayBuffer>;
  br?: Uint8Array<ArrayBuffer>;
  gzip?: Uint8Array<ArrayBuffer>;
  type: string;
  isHashed: boolean;
};

/** `headers` go with the page itself (CSP and the like). Null when the app is not built. */
export function createStatic(
  directory: string,
  headers: Record<string, string>,
): ((request: Request) => Response | null) | null {
  if (!existsSync(join(directory, "index.html"))) return null;
  const files = new Map<string, Stored>();
  for (const path of walk(directory)) {
    if (path.endsWith(".br") || path.endsWith(".gz") || path.includes(".vite")) continue;
    const name = `/${relative(directory, path)}`;
    files.set(name, {
      body: readFileSync(path),
      ...(existsSync(`${path}.br`) ? { br: readFileSync(`${path}.br`) } : {}),
      ...(existsSync(`${path}.gz`) ? { gzip: readFileSync(`${path}.gz`) } : {}),
      type: types[extname(path)] ?? "application/octet-stream",
      isHashed: name.startsWith("/assets/"),
    });
  }
  return (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return null;
    const { pathname } = new URL(request.url);
    const found = files.get(pathname) ?? (extname(pathname) === "" ? files.get("/index.html") : undefined);
    return found ? respond(request, found, headers) : null;
  };
}

function respond(request: Request, file: Stored, headers: Record<string, string>): Response {
  const accepted = request.headers.get("accept-encoding") ?? "";
  const [body, encoding] =
    file.br && accepted.includes("br")
      ? [file.br, "br"]
      : file.gzip && accepted.includes("gzip")
        ? [file.gzip, "gzip"]
        : [file.body, null];
  return new Response(request.method === "HEAD" ? null : body, {
    headers: {
      ...headers,
      "content-type": file.type,
      "cache-control": file.isHashed ? "public, max-age=31536000, immutable" : "no-cache",
      vary: "accept-encoding",
      ...(encoding ? { "content-encoding": encoding } : {}),
    },
  });
}

function* walk(directory: string): Generator<string> {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) yield* walk(path);
    else yield path;
  }
}

/**
 * Content-Security-Policy of the Mini App. Scripts only from ourselves; styles inline because TON Connect's dialog sets them;
 * bridges of wallets are many and from a list, hence `https:` for connections in the real world.
 */
export function contentSecurityPolicy(options: {
  frameAncestors: readonly string[];
  localOrigins: readonly string[];
}): string {
  const local = options.localOrigins.join(" ");
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: https: ${local}`.trimEnd(),
    `connect-src 'self' https: wss: ${local}`.trimEnd(),
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${options.frameAncestors.join(" ")}`,
  ].join("; ");
}
