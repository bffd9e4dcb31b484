import { z } from "zod";
import { job } from "../../platform/jobs.ts";

const ofDeal = z.object({ dealId: z.uuid() });

/** Looks at the channel of a deal and acts on what is seen. */
export const lookJob = job("channels.look", ofDeal);
/** What the deals tell this market (see kernel/deals). */
export const saleFunded = job("channels.sale-funded", ofDeal);
export const saleDelivered = job("channels.sale-delivered", ofDeal);
export const saleDisputed = job("channels.sale-disputed", ofDeal);
export const saleSettled = job("channels.sale-settled", ofDeal);
export const saleExpired = job("channels.sale-expired", ofDeal);
export const saleRecheck = job("channels.sale-recheck", ofDeal);
/** Finds looks that are overdue, should a job ever be lost; and channels whose listing was not checked for a day. */
export const sweepSales = job("channels.sweep-sales", z.object({}));
