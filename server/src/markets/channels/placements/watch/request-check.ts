import { and, count, eq, gte, sql } from "drizzle-orm";
import { z } from "zod";
import { enqueue } from "../../../../platform/jobs.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { appendEvidence } from "../../evidence.ts";
import { evidence } from "../../tables.ts";
import { placementErrors } from "../errors.ts";
import { lockOwnPlacement, lockPlacement, lookAtOwnPart, standingOf } from "../hold.ts";
import { lookAtPostJob } from "../jobs.ts";
import { checksPerHour, mayAct } from "../rules.ts";

/** "Check now", by either side, three times an hour; who asked stands in the evidence. */
export const requestCheck = verb("channels.request_check", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["user"],
  look: lookAtOwnPart,
  run: async (tx, { dealId }) => {
    const { row, role } = await lockOwnPlacement(tx, dealId);
    if (!mayAct("check", role, standingOf(row), tx.now.getTime()) || !row.nextLookAt)
      throw placementErrors.placement_not_now({ phase: row.phase });
    const [asked] = await tx.db
      .select({ n: count() })
      .from(evidence)
      .where(
        and(
          eq(evidence.dealId, dealId),
          eq(evidence.kind, "check_asked"),
          gte(evidence.at, new Date(tx.now.getTime() - 3_600_000)),
          sql`${evidence.facts}->>'by' = ${role}`,
        ),
      );
    if (Number(asked?.n ?? 0) >= checksPerHour) throw placementErrors.checks_used_up({ max: checksPerHour });
    const head = await appendEvidence(tx, dealId, "check_asked", { by: role });
    enqueue(tx, lookAtPostJob.with({ dealId }), { key: `${dealId}:check:${head.slice(0, 24)}` });
    return { dealId };
  },
});

/** The deal's own "look again" also looks at the post, unless somebody has just done so. */
export const hintRecheck = verb("channels.hint_recheck", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["system"],
  run: async (tx, { dealId }) => {
    const row = await lockPlacement(tx, dealId);
    const isFresh = row.lastLookAt !== null && tx.now.getTime() - row.lastLookAt.getTime() < 600_000;
    if (row.phase === "live" && row.nextLookAt && !isFresh)
      enqueue(tx, lookAtPostJob.with({ dealId }), { key: `${dealId}:recheck:${tx.now.toISOString()}` });
    return { dealId };
  },
});
