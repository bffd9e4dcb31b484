import { sha256 } from "../../platform/ids.ts";
import type { Asset } from "../../platform/shapes.ts";
import { account } from "../ledger/index.ts";

/** Money that came and is nobody's yet, and money on its way back to a stranger. */
export const unclaimedAccount = account.gateway("unclaimed");
export const returningAccount = account.gateway("returning");

/** Deterministic, and short whatever the provider calls its payments: the ledger itself refuses a second credit. */
export const creditKey = (provider: string, providerId: string): string =>
  `receipt:${provider}:${sha256(providerId).toString("hex")}`;

/** An amount as the words take it: `{{amount, money}}`. */
export const money = (minor: bigint, asset: Asset): string => `${minor} ${asset}`;
