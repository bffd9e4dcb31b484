import { z } from "zod";
import { decidedComplaint } from "../../kernel/reviews/shapes.ts";
import { job } from "../../platform/jobs.ts";

/** Staff has decided on a complaint of an executor (see kernel/reviews). */
export const complaintDecided = job("services.complaint-decided", decidedComplaint);

/** Lets go of what orders that ended long ago hold of people. */
export const forgetOld = job("services.forget-old", z.object({}));

/** Tells the executors who want to hear of a new order; `after` one of them, those that follow. */
export const announceNew = job(
  "services.announce-new",
  z.strictObject({
    orderId: z.uuid(),
    after: z.strictObject({ userId: z.uuid(), rank: z.int().min(0) }).optional(),
  }),
);
