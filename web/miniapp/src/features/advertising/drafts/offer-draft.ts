/** An offer, or an answer to one, while it is written; and what is still wrong with it. Pure. Words: `ads:problem.<name>`. */
import type { Format, Topic } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import type { Slot } from "../queries.ts";
import { instantOf, typedPrice } from "./typed.ts";

export interface OfferDraft {
  /** Null: terms of one's own. */
  slotId: string | null;
  format: Format;
  price: string;
  postAt: string;
  isTopOfFeed: boolean;
  postedBy: "bot" | "publisher";
  campaignId: string | null;
  topics: readonly Topic[];
  message: string;
}

export type OfferProblem =
  | "price"
  | "priceLow"
  | "time"
  | "timeSoon"
  | "timeFar"
  | "hours"
  | "format"
  | "topics";

const HOUR_MS = 3_600_000;
const AHEAD_MAX_MS = 180 * 24 * HOUR_MS;

export interface OfferLimits {
  nowMs: number;
  /** Minor units. */
  priceMin: string;
  slot: Pick<Slot, "leadHours" | "forbiddenTopics"> | null;
}

export function offerProblems(
  draft: OfferDraft,
  limits: OfferLimits,
): Partial<Record<"price" | "time" | "format" | "topics", OfferProblem>> {
  const price = typedPrice(draft.price);
  const postAt = instantOf(draft.postAt);
  const ahead = postAt === null ? 0 : Date.parse(postAt) - limits.nowMs;
  const lead = Math.max(1, limits.slot?.leadHours ?? 1) * HOUR_MS;
  const isForbidden =
    draft.campaignId === null && draft.topics.some((one) => limits.slot?.forbiddenTopics.includes(one));
  return {
    ...(!price
      ? { price: "price" as const }
      : BigInt(price) < BigInt(limits.priceMin)
        ? { price: "priceLow" as const }
        : {}),
    ...(postAt === null
      ? { time: "time" as const }
      : ahead < lead
        ? { time: "timeSoon" as const }
        : ahead > AHEAD_MAX_MS
          ? { time: "timeFar" as const }
          : {}),
    ...(draft.format.topHours > draft.format.feedHours ? { format: "format" as const } : {}),
    ...(isForbidden ? { topics: "topics" as const } : {}),
  };
}

/** A slot taken exactly as it stands needs no answer: it is booked at once. */
export const isBooking = (draft: OfferDraft, slot: Slot | null): boolean =>
  slot !== null && draft.slotId === slot.id && typedPrice(draft.price) === slot.price.amount;

/** The slot brings its own terms. */
export const ofSlot = (slot: Slot, price: string): Partial<OfferDraft> => ({
  slotId: slot.id,
  format: slot.format,
  price,
  isTopOfFeed: slot.isTopOfFeed,
  postedBy: slot.postedBy,
});
