import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "../../../../platform/context.ts";
import { assertPrice } from "../../listings/create-listing.ts";
import { isWithinDates } from "../campaigns/rules.ts";
import { adErrors } from "../errors.ts";
import { isSoundFormat, isWithinHours } from "../slots/rules.ts";
import { type CampaignRow, type SlotRow, slots } from "../tables.ts";
import { postTimeFault, wholeMinute } from "./rules.ts";
import type { offerOnCampaign } from "./shapes.ts";

type Given = Pick<
  z.output<typeof offerOnCampaign>,
  "price" | "format" | "postAt" | "postedBy" | "isTopOfFeed"
>;
type Grounds = { campaign: CampaignRow | null; slot: SlotRow | null };

/** The columns of terms that can be agreed now, or the reason why they cannot. */
export function checkedTerms(tx: Tx, given: Given, { campaign, slot }: Grounds) {
  assertPrice(tx.settings.env.PRICE_MIN, given.price.amount);
  if (!isSoundFormat(given.format)) throw adErrors.format_unsound();
  const postAt = wholeMinute(new Date(given.postAt));
  const fault = postTimeFault(tx.now, postAt, slot?.leadHours ?? 0);
  if (fault === "too_soon") throw adErrors.post_too_soon({ leadHours: Math.max(slot?.leadHours ?? 0, 1) });
  if (fault === "too_far") throw adErrors.post_too_far();
  if (slot && !isWithinHours(postAt, { from: slot.hoursFrom, to: slot.hoursTo, timeZone: slot.timeZone }))
    throw adErrors.outside_hours({ from: slot.hoursFrom, to: slot.hoursTo, timeZone: slot.timeZone });
  if (campaign) {
    if (!isWithinDates(postAt, campaign.startsAt, campaign.endsAt))
      throw adErrors.outside_campaign({ why: "dates" });
    if (!campaign.formats.includes(given.format.key)) throw adErrors.outside_campaign({ why: "format" });
    if (BigInt(given.price.amount) > campaign.budget) throw adErrors.outside_campaign({ why: "price" });
  }
  return {
    price: BigInt(given.price.amount),
    formatKey: given.format.key,
    topHours: given.format.topHours,
    feedHours: given.format.feedHours,
    postAt,
    postedBy: given.postedBy,
    isTopOfFeed: given.isTopOfFeed,
  };
}

/** A slot of this channel. A private one counts only for who runs the channel or names its code. */
export async function slotOf(
  tx: Tx,
  channelId: string,
  id: string,
  by: { isPublisher: boolean; code?: string | undefined },
): Promise<SlotRow> {
  const [slot] = await tx.db.select().from(slots).where(eq(slots.id, id));
  if (slot?.channelId !== channelId || slot.status === "removed") throw adErrors.slot_not_found();
  if (!by.isPublisher && slot.visibility === "private" && slot.code !== by.code)
    throw adErrors.slot_not_found();
  if (slot.status !== "active") throw adErrors.slot_closed({ why: "paused" });
  return slot;
}
