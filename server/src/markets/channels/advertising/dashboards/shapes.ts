/** The advertiser's and the publisher's figures. Pure: the web imports this file at run time. */
import { z } from "zod";
import { amount, idPageQuery, instant, pageOf, uuid } from "../../../../platform/shapes.ts";
import { placementOutcome } from "../../placements/shapes.ts";
import { channelCard, format, party } from "../shapes.ts";

export const dashboardQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(30),
});
const totals = {
  /** Placements that ended in the period and paid something. */
  placements: z.number().int(),
  /** Advertiser: what was paid. Publisher: what came in after the fee. */
  money: amount,
  /** Views seen by the last check of each placement; null when none is known. */
  views: z.number().int().nullable(),
  /** Per thousand known views, of the placements whose views are known. */
  costPerThousand: amount.nullable(),
};
export const dashboard = z.object({
  role: party,
  from: instant,
  to: instant,
  totals: z.object({
    ...totals,
    /** Promised to placements that still run. */
    reserved: amount,
    running: z.number().int(),
    openOffers: z.number().int(),
  }),
  /** One entry for each day of the period, oldest first; `day` is YYYY-MM-DD in UTC. */
  days: z.array(z.object({ day: z.string(), ...totals })),
  /** The advertiser's campaigns, or the publisher's channels, by money; at most 50. */
  parts: z.array(z.object({ id: uuid.nullable(), title: z.string(), ...totals })),
});
export type Dashboard = z.infer<typeof dashboard>;

export const historyQuery = z.strictObject({ ...idPageQuery, role: party });
export const historyFile = z.strictObject({ role: party });
/** Ended placements, newest offer first. */
export const placementHistoryPage = pageOf(
  z.object({
    offerId: uuid,
    dealId: uuid,
    channel: channelCard.pick({ id: true, title: true, username: true, photoUrl: true }),
    campaign: z.object({ id: uuid, title: z.string() }).nullable(),
    format,
    price: amount,
    money: amount,
    views: z.number().int().nullable(),
    costPerThousand: amount.nullable(),
    outcome: placementOutcome,
    postAt: instant,
    endedAt: instant,
  }),
);
