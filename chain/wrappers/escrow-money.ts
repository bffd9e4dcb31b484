/** What goes in and what comes out, in nanocoins. */

/**
 * What to attach to every operation but Fund. The contract asks for its gas by the network's present prices (about
 * 0.010 coins with those before 2026, 0.002 since) and sends the rest back.
 */
export const OP_GAS = 20_000_000n;

/**
 * What the buyer attaches on top of the price: twice five years of storage and the gas, enough under both fee
 * schedules. What the contract does not need comes back in the same second, the rest when the deal is settled.
 */
export const FUNDING_MARGIN = 250_000_000n;

/** The value of the buyer's payment for a price. */
export function requiredFunding(price: bigint): bigint {
  return price + FUNDING_MARGIN;
}

/** The three parts of the price, `bps` being the seller's share and `feeBps` the fee's share of the seller's part. */
export function splitOf(
  price: bigint,
  bps: number,
  feeBps: number,
): { seller: bigint; buyer: bigint; fee: bigint } {
  const gross = (price * BigInt(bps)) / 10_000n;
  const fee = (gross * BigInt(feeBps)) / 10_000n;
  return { seller: gross - fee, buyer: price - gross, fee };
}
