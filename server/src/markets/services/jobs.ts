import { z } from "zod";
import { decidedComplaint } from "../../kernel/reviews/shapes.ts";
import { job } from "../../platform/jobs.ts";

/** Staff has decided on a complaint of an executor (see kernel/reviews). */
export const complaintDecided = job("services.complaint-decided", decidedComplaint);

/** Tells the executors who want to hear of a new order. */
export const announceNew = job("services.announce-new", z.object({ orderId: z.uuid() }));
