/** A slot while it is written. Pure. Words of what is wrong: `ads:problem.<name>`. */
import type { z } from "zod";
import type { Format, Topic } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import type { createSlot } from "../../../../../../server/src/markets/channels/advertising/slots/shapes.ts";
import { formatOf } from "../names.ts";
import type { Slot } from "../queries.ts";
import { countTyped, priceTyped, typedCount, typedPrice } from "./typed.ts";

export type NewSlot = z.input<typeof createSlot>;

export interface SlotDraft {
  format: Format;
  price: string;
  postedBy: "bot" | "publisher";
  isTopOfFeed: boolean;
  isAllDay: boolean;
  from: string;
  to: string;
  timeZone: string;
  leadHours: string;
  forbiddenTopics: readonly Topic[];
  note: string;
  visibility: "public" | "private";
}

/** The zone of the reader's phone: a publisher works by their own clock. */
export const emptySlot = (timeZone: string): SlotDraft => ({
  format: formatOf("1/24"),
  price: "",
  postedBy: "bot",
  isTopOfFeed: true,
  isAllDay: true,
  from: "10:00",
  to: "20:00",
  timeZone,
  leadHours: "3",
  forbiddenTopics: [],
  note: "",
  visibility: "public",
});

export function slotDraftOf(slot: Slot, language: string): SlotDraft {
  const isAllDay = slot.hours.from === slot.hours.to;
  return {
    format: slot.format,
    price: priceTyped(slot.price.amount, language),
    postedBy: slot.postedBy,
    isTopOfFeed: slot.isTopOfFeed,
    isAllDay,
    from: isAllDay ? "10:00" : slot.hours.from,
    to: isAllDay ? "20:00" : slot.hours.to,
    timeZone: slot.hours.timeZone,
    leadHours: countTyped(slot.leadHours),
    forbiddenTopics: slot.forbiddenTopics,
    note: slot.note,
    visibility: slot.visibility,
  };
}

export const LEAD_HOURS_MAX = 336;

export function slotProblems(
  draft: SlotDraft,
  priceMin: string,
): Partial<Record<"format" | "price" | "leadHours" | "hours", string>> {
  const price = typedPrice(draft.price);
  const lead = typedCount(draft.leadHours);
  return {
    ...(draft.format.topHours > draft.format.feedHours ? { format: "format" } : {}),
    ...(!price ? { price: "price" } : BigInt(price) < BigInt(priceMin) ? { price: "priceLow" } : {}),
    ...(!lead || lead > LEAD_HOURS_MAX ? { leadHours: "leadHours" } : {}),
    ...(!draft.isAllDay && (draft.from === "" || draft.to === "" || draft.from === draft.to)
      ? { hours: "workingHours" }
      : {}),
  };
}

/** Only of a draft without problems. */
export const slotOf = (draft: SlotDraft): NewSlot => ({
  format: draft.format,
  price: { amount: typedPrice(draft.price) ?? "0", asset: "TON" },
  postedBy: draft.postedBy,
  isTopOfFeed: draft.isTopOfFeed,
  hours: {
    from: draft.isAllDay ? "00:00" : draft.from,
    to: draft.isAllDay ? "00:00" : draft.to,
    timeZone: draft.timeZone,
  },
  leadHours: typedCount(draft.leadHours) ?? 1,
  forbiddenTopics: [...draft.forbiddenTopics],
  note: draft.note,
  visibility: draft.visibility,
});
