import type { Asset } from "../../../../../server/src/platform/shapes.ts";

/** The way to a top-up that comes back. `missing`: what it takes at least, minor units. */
export function rechargePath(of: { asset: Asset; missing: string | null; returnTo: string }): string {
  const query = new URLSearchParams({ asset: of.asset });
  if (of.missing) query.set("amount", of.missing);
  query.set("returnTo", of.returnTo);
  return `/balance/recharge?${query}`;
}
