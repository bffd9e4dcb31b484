import type { Ctx } from "../../../platform/context.ts";
import { applyStaff } from "./apply-staff.ts";

/** Gives and takes the roles of the setting `STAFF` when the program starts; then there is nothing to do until it ends. */
export async function keepStaff(ctx: Ctx, signal: AbortSignal): Promise<void> {
  await applyStaff(ctx, {});
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
}
