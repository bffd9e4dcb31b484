import { and, eq, inArray } from "drizzle-orm";
import type { Ctx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import { fileErrors } from "./errors.ts";
import { namesOf } from "./rules.ts";
import type { Photo } from "./shapes.ts";
import { files } from "./tables.ts";

export const photoView = ({ id, width, height }: { id: string; width: number; height: number }): Photo => ({
  id,
  url: `/api/files/${id}`,
  previewUrl: `/api/files/${id}/preview`,
  width,
  height,
});

/** Pictures by id, for a market's views; those that are gone are absent. */
export async function photosOf(db: ReadDb, ids: readonly string[]): Promise<Map<string, Photo>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: files.id, width: files.width, height: files.height })
    .from(files)
    .where(and(inArray(files.id, [...ids]), eq(files.state, "stored")));
  return new Map(rows.map((row) => [row.id, photoView(row)]));
}

const headers = {
  "content-type": "image/jpeg",
  "cache-control": "public, max-age=31536000, immutable",
  "content-disposition": "inline",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-site",
};

/** The picture itself, for what sends it elsewhere; null when it is gone. */
export async function pictureBytes(ctx: Ctx, id: string): Promise<Uint8Array | null> {
  const [row] = await ctx.db
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.id, id), eq(files.state, "stored")));
  return row ? ctx.gateways.files.get(namesOf(row.id).picture) : null;
}

/** Whoever knows the id may see it: a picture is shown in pages that carry no sign-in. */
export async function serveFile(ctx: Ctx, id: string, which: "picture" | "preview"): Promise<Response> {
  const [row] = await ctx.db
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.id, id), eq(files.state, "stored")));
  const bytes = row ? await ctx.gateways.files.get(namesOf(row.id)[which]) : null;
  if (!bytes) throw fileErrors.not_found();
  return new Response(bytes, { headers });
}
