import { z } from "zod";
import { job } from "../../platform/jobs.ts";
import { uuid } from "../../platform/shapes.ts";

/** Daily: every open deal's row against its contract, page by page. */
export const compareDeals = job("deals.compare", z.object({}), { expireInSeconds: 600 });
export const compareMore = job("deals.compare_more", z.object({ after: uuid }), { expireInSeconds: 600 });
/** Every few minutes: the operator's gas money and the clock of the chain. */
export const watchOperator = job("deals.watch_operator", z.object({}), { retryLimit: 2 });
