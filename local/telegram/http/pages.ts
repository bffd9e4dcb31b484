/** The built page of the Local Telegram, from `page/dist`. */
import { existsSync } from "node:fs";
import { join, normalize } from "node:path";

const DIST = join(import.meta.dir, "../page/dist");
const NOT_BUILT =
  "<!doctype html><meta charset=utf-8><title>Local Telegram</title><p>The page has not been built. <code>npm start</code> builds it.";

/** A file of the page, the page itself for `/`, or null. */
export function pageFile(pathname: string): Response | null {
  if (pathname === "/" && !existsSync(join(DIST, "index.html"))) {
    return new Response(NOT_BUILT, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  }
  const name = pathname === "/" ? "index.html" : normalize(decodePath(pathname)).replace(/^\/+/, "");
  const path = join(DIST, name);
  if (!path.startsWith(DIST) || name.includes("\0") || !existsSync(path)) return null;
  const isHashed = name.startsWith("assets/");
  const cache = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
  return new Response(Bun.file(path), {
    headers: { "cache-control": cache, "x-content-type-options": "nosniff" },
  });
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return "/\0";
  }
}
