/** What the kernel must ask a market on the spot. Markets register when the program is put together; the kernel imports none. */
import type { Ctx } from "../../platform/context.ts";
import type { DealBrief } from "./queries.ts";

export type DealKind = {
  /** As in the deal's subject, e.g. `channel_sale`. */
  kind: string;
  /** Called before a payment request is handed out; throws the market's own problem when the buyer must not pay (any more). */
  beforePayment?: (ctx: Ctx, deal: DealBrief) => Promise<void>;
  /**
   * Called before the platform lets the clock pay a deal that was funded and never delivered: false while the market cannot
   * say from a fresh look that nothing was delivered. Others can still send the time-out themselves.
   */
  mayTimeOut?: (ctx: Ctx, deal: DealBrief) => Promise<boolean>;
  /**
   * How a review of this party counts: in which part of the person (else simply as buyer or seller), and in whose averages beside
   * the person's.
   */
  reviewed?: (deal: DealBrief, party: "buyer" | "seller") => DealReviewed;
  /** Notices, by name and reader (`funded_seller`), that the market gives in its own words: the kernel does not say them a second time. */
  tells?: readonly string[];
};
export type DealReviewed = {
  role: string;
  also?: readonly { kind: "channel"; id: string; role: string }[];
};

const registered = new Map<string, DealKind>();

export function registerDealKind(kind: DealKind): void {
  registered.set(kind.kind, kind);
}

export const kindOf = (kind: string): DealKind | undefined => registered.get(kind);
