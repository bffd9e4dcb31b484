/** Shapes of balances and statements. Pure: the web imports this file at run time. */
import { z } from "zod";
import {
  asset,
  instant,
  minorUnits,
  pageOf,
  pageQuery,
  signedMinorUnits,
  uuid,
} from "../../platform/shapes.ts";

/** What one has in an asset: `available` can be spent, `held` is set aside for something under way. Minor units. */
export const balance = z.object({ asset, available: minorUnits, held: minorUnits });
export type BalanceView = z.infer<typeof balance>;
/** Every asset that one ever had, in a fixed order. */
export const balances = z.object({ balances: z.array(balance) });
export type Balances = z.infer<typeof balances>;

export const movementKind = z.enum([
  "transfer",
  "hold",
  "post",
  "void",
  "expire",
  "reversal",
  "adjustment",
  "conversion",
]);

/** One line of a history: what changed and why. */
export const movement = z.object({
  id: uuid,
  at: instant,
  kind: movementKind,
  /** `kind` is `<module>.<event>`; its words are that module's `causes.<event>`. */
  cause: z.object({ kind: z.string(), id: z.string() }),
  asset,
  /** Change of the balance, and of what is held of it. */
  amount: signedMinorUnits,
  heldChange: signedMinorUnits,
  balanceAfter: minorUnits,
  heldAfter: minorUnits,
});
export type Movement = z.infer<typeof movement>;

export const historyQuery = z.object({ ...pageQuery, asset: asset.optional() });
export const historyPage = pageOf(movement);

/** `from` is included, `to` is not; at most 400 days. */
export const statementQuery = z.object({
  from: instant,
  to: instant,
  asset: asset.optional(),
  format: z.enum(["json", "csv"]).default("json"),
});
export const statement = z.object({
  from: instant,
  to: instant,
  assets: z.array(
    z.object({ asset, opening: minorUnits, closing: minorUnits, movements: z.array(movement) }),
  ),
});
export type Statement = z.infer<typeof statement>;

/** A correction of somebody's balance by staff: one proposes, another decides. `amount` is signed minor units. */
export const proposeAdjustment = z.strictObject({
  userId: uuid,
  asset,
  amount: signedMinorUnits.refine((value) => value !== "0", "zero"),
  reason: z.string().trim().min(10).max(500),
});
export const adjustment = z.object({
  id: uuid,
  userId: uuid,
  asset,
  amount: signedMinorUnits,
  reason: z.string(),
  proposedBy: uuid,
  proposedAt: instant,
  state: z.enum(["proposed", "approved", "rejected"]),
  decidedBy: uuid.nullable(),
  decidedAt: instant.nullable(),
});
export type Adjustment = z.infer<typeof adjustment>;
export const adjustmentPage = pageOf(adjustment);
