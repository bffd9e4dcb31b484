/** What belongs to nothing for a day goes: first it can no longer be taken, then the bytes, then the row. */
import { and, eq, inArray, isNull, lt } from "drizzle-orm";
import { z } from "zod";
import { enqueue } from "../../platform/jobs.ts";
import { verb } from "../../platform/verb.ts";
import { erase } from "./jobs.ts";
import { freeSeconds } from "./rules.ts";
import { files } from "./tables.ts";

const batchMax = 500;

/** Answers how many it found; a full batch means that there may be more. */
export const sweepFiles = verb("files.sweep_files", {
  input: z.object({}),
  allow: ["system"],
  keep: "nothing",
  run: async (tx) => {
    const before = new Date(tx.now.getTime() - freeSeconds * 1000);
    const due = await tx.db
      .select({ id: files.id })
      .from(files)
      .where(and(isNull(files.usedBy), lt(files.freeSince, before)))
      .orderBy(files.freeSince)
      .limit(batchMax)
      .for("update", { skipLocked: true });
    const ids = due.map(({ id }) => id);
    if (ids.length > 0)
      await tx.db.update(files).set({ state: "erasing", freeSince: tx.now }).where(inArray(files.id, ids));
    for (const id of ids) enqueue(tx, erase.with({ id }), { key: `${id}:${tx.now.getTime()}` });
    return { found: ids.length, isFull: ids.length === batchMax };
  },
});

export const forgetFile = verb("files.forget_file", {
  input: z.object({ id: z.uuid() }),
  allow: ["system"],
  run: async (tx, { id }) => {
    await tx.db.delete(files).where(and(eq(files.id, id), eq(files.state, "erasing")));
  },
});
