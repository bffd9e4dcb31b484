import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../../platform/context.ts";
import { enqueue } from "../../platform/jobs.ts";
import { errorFields } from "../../platform/log.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { compareMore } from "./jobs.ts";
import { readDeal } from "./read-deal.ts";
import { deals } from "./tables.ts";

const PAGE = 50;

/** Reads the account behind each open deal of this page; whatever differs is repaired by the reading and said in the log. */
export async function comparePage(ctx: Ctx, after: string | undefined): Promise<string | null> {
  const rows = await ctx.db
    .select({ id: deals.id })
    .from(deals)
    .where(and(eq(deals.isFinal, false), after ? gt(deals.id, after) : undefined))
    .orderBy(asc(deals.id))
    .limit(PAGE);
  for (const { id } of rows) {
    await readDeal(ctx, id, true).catch((error: unknown) =>
      ctx.log.warn({ ...errorFields(error), dealId: id }, "a deal could not be compared with the chain"),
    );
  }
  return rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null;
}

/** Asks for the next page, so that a thousand deals are a chain of short jobs and not one long one. */
export const continueComparing = verb("deals.continue-comparing", {
  input: z.strictObject({ after: uuid }),
  allow: ["system"],
  run: async (tx, { after }) => {
    enqueue(tx, compareMore.with({ after }), { key: `${tx.requestId}:${after}` });
    return { after };
  },
});
