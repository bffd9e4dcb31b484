/** A picture comes in: first its row, then its bytes, then the word that they are there. */
import { createHash } from "node:crypto";
import { and, count, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { StoredBytes } from "../../gateways/files/port.ts";
import { as, type Ctx, system } from "../../platform/context.ts";
import { verb } from "../../platform/verb.ts";
import { fileErrors } from "./errors.ts";
import { makePicture } from "./picture.ts";
import { photoView } from "./queries.ts";
import { freeMax, namesOf } from "./rules.ts";
import type { Photo } from "./shapes.ts";
import { files } from "./tables.ts";

const side = z.number().int().min(1).max(10_000);
const facts = z.object({
  width: side,
  height: side,
  bytes: z.number().int().min(1),
  /** Of the bytes as they were sent, hex: a repeated key with another picture is a conflict. */
  sent: z.string(),
  sha256: z.string(),
});

const reserveFile = verb("files.reserve_file", {
  input: facts,
  allow: ["user"],
  run: async (tx, input) => {
    if (tx.actor.kind !== "user") throw fileErrors.not_found();
    const ownerUserId = tx.actor.userId;
    // One person's uploads are counted one after the other, or many at once would pass the limit together.
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`files ${ownerUserId}`}, 0))`);
    const [held] = await tx.db
      .select({ count: count() })
      .from(files)
      .where(and(eq(files.ownerUserId, ownerUserId), isNull(files.usedBy)));
    if ((held?.count ?? 0) >= freeMax) throw fileErrors.too_many({ max: freeMax, retryAfterSeconds: 3600 });
    // Random as a whole, unlike our other ids: knowing it is the right to see the picture.
    const id = crypto.randomUUID();
    await tx.db.insert(files).values({
      id,
      ownerUserId,
      state: "storing",
      width: input.width,
      height: input.height,
      bytes: input.bytes,
      sha256: Buffer.from(input.sha256, "hex"),
      createdAt: tx.now,
      freeSince: tx.now,
    });
    return { id };
  },
});

const keepFile = verb("files.keep_file", {
  input: z.object({ id: z.uuid() }),
  allow: ["system"],
  run: async (tx, { id }) => {
    await tx.db
      .update(files)
      .set({ state: "stored" })
      .where(and(eq(files.id, id), eq(files.state, "storing")));
  },
});

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export async function addFile(ctx: Ctx, sent: StoredBytes): Promise<Photo> {
  const { picture, preview, width, height } = await makePicture(sent);
  const { id } = await reserveFile(ctx, {
    width,
    height,
    bytes: picture.length + preview.length,
    sent: hashOf(sent),
    sha256: hashOf(picture),
  });
  const names = namesOf(id);
  await ctx.gateways.files.put(names.preview, preview, "image/jpeg");
  await ctx.gateways.files.put(names.picture, picture, "image/jpeg");
  await keepFile(as(ctx, system("files")), { id });
  return photoView({ id, width, height });
}
