import { z } from "zod";
import { job } from "../../platform/jobs.ts";

export const sweep = job("files.sweep", z.object({}));
export const erase = job("files.erase", z.object({ id: z.uuid() }));
