/** Ad slots over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { amount, instant, secret, text, tonAmount, uuid } from "../../../../platform/shapes.ts";
import { adDataInput } from "../campaigns/shapes.ts";
import { channelCard, format, postedBy, topic } from "../shapes.ts";

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** When posts may begin, on the clock of `timeZone`. `from` after `to` runs over midnight; equal means all day. */
export const workingHours = z.strictObject({
  from: clockTime,
  to: clockTime,
  timeZone: z
    .string()
    .max(40)
    .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){0,2}$/),
});
export type WorkingHours = z.infer<typeof workingHours>;
export const slotStatus = z.enum(["active", "paused", "removed"]);
export const slotVisibility = z.enum(["public", "private"]);

/** A standing offer of a place for one post. */
export const slot = z.object({
  id: uuid,
  /** For who manages the channel, and for who came by the code. */
  code: z.string().nullable(),
  deepLink: z.string().nullable(),
  channel: channelCard,
  format,
  price: amount,
  /** What an average view costs a thousand times; null while views are unknown. */
  costPerThousand: amount.nullable(),
  postedBy,
  /** Nothing is posted above it during its hours on top. */
  isTopOfFeed: z.boolean(),
  hours: workingHours,
  /** At least so long between booking and post. */
  leadHours: z.number().int(),
  forbiddenTopics: z.array(topic),
  note: z.string(),
  visibility: slotVisibility,
  status: slotStatus,
  /** Set while the platform paused it: rights in Telegram were lost. */
  pausedBy: z.enum(["publisher", "bot_lost", "ownership_lost", "sale"]).nullable(),
  createdAt: instant,
});
export type Slot = z.infer<typeof slot>;
/** All slots of one channel; a channel has at most 20. */
export const slotList = z.object({ items: z.array(slot) });

export const createSlot = z.strictObject({
  format,
  price: tonAmount,
  postedBy: postedBy.default("bot"),
  isTopOfFeed: z.boolean().default(true),
  hours: workingHours.default({ from: "00:00", to: "00:00", timeZone: "UTC" }),
  leadHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 14)
    .default(3),
  forbiddenTopics: z.array(topic).max(15).default([]),
  note: text(0, 500).default(""),
  visibility: slotVisibility.default("public"),
});
export const putSlot = z.strictObject({
  price: tonAmount.optional(),
  postedBy: postedBy.optional(),
  isTopOfFeed: z.boolean().optional(),
  hours: workingHours.optional(),
  leadHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 14)
    .optional(),
  forbiddenTopics: z.array(topic).max(15).optional(),
  note: text(0, 500).optional(),
  visibility: slotVisibility.optional(),
  status: z.enum(["active", "paused"]).optional(),
});

/** Books a slot at its price: by its id when it is public, by its code in any case. Answers an offer that is accepted already. */
export const bookSlot = z.union([
  z.strictObject({ slotId: uuid, postAt: instant, ...bookingParts() }),
  z.strictObject({ code: secret(z.string().min(8).max(40)), postAt: instant, ...bookingParts() }),
]);
function bookingParts() {
  return {
    /** Counts against this campaign's budget, and takes its creative and advertiser. */
    campaignId: uuid.optional(),
    creativeId: uuid.optional(),
    /** Topics of the advertisement; a campaign brings its own. */
    topics: z.array(topic).max(15).default([]),
    ad: adDataInput.optional(),
    message: text(0, 1000).default(""),
  };
}
