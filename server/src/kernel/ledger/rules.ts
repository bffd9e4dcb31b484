/** Account names and what a transfer must look like. Pure; the database checks the same once more. */
import type { Asset } from "../../platform/shapes.ts";

/**
 * `user:<id>` and `escrow:<deal>` have a running balance that is never negative, and are locked by each posting.
 * All others belong to the platform or to the outside: they are appended to and folded, never locked.
 */
export const account = {
  user: (userId: string) => `user:${userId}` as const,
  /** What a contract on the chain holds for a deal. */
  escrow: (dealId: string) => `escrow:${dealId}` as const,
  /** The platform's earnings. */
  fees: "fees",
  /** A payment provider: negative by what it has brought in and not yet taken back. */
  gateway: (name: string) => `gateway:${name}` as const,
  /** The other side of every adjustment by staff. */
  adjustments: "adjustments",
  /** The platform's position in an asset, opened by conversions. */
  conversion: (asset: Asset) => `conversion:${asset}` as const,
  /** Somebody's own wallets on the chain, as far as deals moved money in and out of them. `fees` is the fee address. */
  chain: (whose: string) => `chain:${whose}` as const,
  /** What a user owes after a chargeback. */
  receivable: (userId: string) => `receivable:${userId}` as const,
  /** Money given for a purpose by the platform: promotions, rewards. */
  campaign: (name: string) => `campaign:${name}` as const,
} as const;

const plain = ["fees", "adjustments"] as const;
const families = ["user", "escrow", "gateway", "conversion", "chain", "receivable", "campaign"] as const;
const named = new RegExp(`^(${families.join("|")}):[A-Za-z0-9_.-]{1,64}$`);

export const isAccountName = (name: string): boolean =>
  (plain as readonly string[]).includes(name) || named.test(name);

/** Accounts that are locked and may not go negative. */
export const isGuarded = (name: string): boolean => name.startsWith("user:") || name.startsWith("escrow:");

export const MAX_LEGS = 64;
/** No single leg may pass this many minor units: it leaves room for sums within 64 bits. */
export const MAX_LEG = 2n ** 61n;

/** Minor units; positive is money that comes to the account, negative is money that leaves it. */
export type Leg = { account: string; asset: Asset; amount: bigint };

/** What is wrong with the legs, as a sentence for the programmer; undefined when nothing is. */
export function faultOf(legs: readonly Leg[]): string | undefined {
  if (legs.length < 2 || legs.length > MAX_LEGS) return `a transfer has 2 to ${MAX_LEGS} legs`;
  const sums = new Map<Asset, bigint>();
  const seen = new Set<string>();
  for (const leg of legs) {
    if (!isAccountName(leg.account)) return `no account is called ${leg.account}`;
    if (leg.amount === 0n) return "a leg moves something";
    if (leg.amount > MAX_LEG || leg.amount < -MAX_LEG) return "a leg is too large";
    const place = `${leg.account} ${leg.asset}`;
    if (seen.has(place)) return `${place} stands twice`;
    seen.add(place);
    sums.set(leg.asset, (sums.get(leg.asset) ?? 0n) + leg.amount);
  }
  for (const [asset, sum] of sums) if (sum !== 0n) return `the legs in ${asset} sum to ${sum}, not to zero`;
  return undefined;
}
