import { z } from "zod";
import { job } from "../../platform/jobs.ts";

/** Looks for holds whose time is over. */
export const sweepHolds = job("ledger.sweep-holds", z.object({}));
