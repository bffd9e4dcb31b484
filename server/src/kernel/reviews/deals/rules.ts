/** Which deals may be reviewed, by whom, and until when. Pure. */

/** Both write within this time of the settlement; at its end what was written is shown. */
const windowMs = 30 * 86_400_000;

type Settled = { escrowState: string; bps: number; settledAt: Date | null };
type Parties = { buyerId: string; sellerId: string };
export type Party = "buyer" | "seller";

/** The end of the window; null for a deal that has paid nobody: not settled, or refunded whole. */
export const windowEnd = (deal: Settled): Date | null =>
  deal.escrowState === "Settled" && deal.bps > 0 && deal.settledAt
    ? new Date(deal.settledAt.getTime() + windowMs)
    : null;

export const partyOf = (deal: Parties, userId: string): Party | null =>
  userId === deal.buyerId ? "buyer" : userId === deal.sellerId ? "seller" : null;

export const otherOf = (party: Party): Party => (party === "buyer" ? "seller" : "buyer");

export const idOf = (deal: Parties, party: Party): string =>
  party === "buyer" ? deal.buyerId : deal.sellerId;
