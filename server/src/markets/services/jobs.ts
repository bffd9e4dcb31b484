import { decidedComplaint } from "../../kernel/reviews/shapes.ts";
import { job } from "../../platform/jobs.ts";

/** Staff has decided on a complaint of an executor (see kernel/reviews). */
export const complaintDecided = job("services.complaint-decided", decidedComplaint);
