import { eq } from "drizzle-orm";
import { z } from "zod";
import { dealBrief } from "../../../kernel/deals/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { settleBudget } from "../advertising/campaigns/budget.ts";
import { placementErrors } from "./errors.ts";
import {
  lockOwnPlacement,
  lockPlacement,
  lookAtOwnPart,
  showLive,
  standingOf,
  tellBoth,
  tellSide,
} from "./hold.ts";
import { planRemoval } from "./posting/remove-post.ts";
import { mayAct } from "./rules.ts";
import type { PlacementOutcome } from "./shapes.ts";
import { type PlacementRow, placements } from "./tables.ts";

const input = z.strictObject({ dealId: uuid });

/** The end of a placement, whatever it is. */
async function close(
  tx: Tx,
  row: PlacementRow,
  outcome: PlacementOutcome,
  paid: { spentNano: bigint; earnedNano: bigint } = { spentNano: 0n, earnedNano: 0n },
): Promise<void> {
  await tx.db
    .update(placements)
    .set({
      ...{
        phase: "done",
        outcome,
        nextLookAt: null,
        nextSearchAt: null,
        closedAt: tx.now,
        updatedAt: tx.now,
      },
      ...planRemoval(tx, row, outcome),
    })
    .where(eq(placements.id, row.id));
  await settleBudget(tx, { placementId: row.id, outcome, ...paid, views: row.views });
  await showLive(tx, row);
}

/** Either side steps back while nothing is agreed. Later the deal itself is cancelled. */
export const cancelPlacement = verb("channels.cancel_placement", {
  input,
  allow: ["user"],
  look: lookAtOwnPart,
  run: async (tx, { dealId }) => {
    const { row, role } = await lockOwnPlacement(tx, dealId);
    if (row.outcome === "cancelled") return { dealId };
    if (!mayAct("cancel", role, standingOf(row), tx.now.getTime()))
      throw placementErrors.placement_not_now({ phase: row.phase });
    await close(tx, row, "cancelled");
    await tellSide(tx, row, role === "advertiser" ? "publisher" : "advertiser", "cancelled", "cancelled");
    return { dealId };
  },
});

/** The two have not agreed in time. */
export const closeUnagreed = verb("channels.close_unagreed", {
  input,
  allow: ["system"],
  run: async (tx, { dealId }) => {
    const row = await lockPlacement(tx, dealId);
    if (row.phase !== "creative" || tx.now < row.creativeBy) return { dealId };
    await close(tx, row, "expired");
    await tellBoth(tx, row, "unagreed", "unagreed");
    return { dealId };
  },
});

/** The deal has ended: paid out, or never paid. Seen twice, it ends once. */
export const closePlacement = verb("channels.close_placement", {
  input: z.strictObject({ dealId: uuid, how: z.enum(["settled", "expired"]) }),
  allow: ["system"],
  run: async (tx, { dealId, how }) => {
    const row = await lockPlacement(tx, dealId);
    const deal = await dealBrief(tx.db, dealId);
    if (row.phase === "done" || !deal) return { dealId };
    const bps = deal.bps;
    const outcome =
      how === "settled"
        ? bps === 0
          ? "refunded"
          : bps < 10_000
            ? "split"
            : "released"
        : deal.status === "CANCELLED"
          ? "cancelled"
          : "expired";
    await close(tx, row, outcome, how === "settled" ? paidOf(row.price, bps, deal.feeBps) : undefined);
    return { dealId };
  },
});

/** As the contract divides it. */
function paidOf(priceNano: bigint, bps: number, feeBps: number): { spentNano: bigint; earnedNano: bigint } {
  const spentNano = (priceNano * BigInt(bps)) / 10_000n;
  return { spentNano, earnedNano: spentNano - (spentNano * BigInt(feeBps)) / 10_000n };
}
