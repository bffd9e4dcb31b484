import { type Schedule, type Worker, worker } from "../../platform/jobs.ts";
import { expireDueHolds } from "./expire-due-holds.ts";
import { sweepHolds } from "./jobs.ts";

export const workers: Worker[] = [worker(sweepHolds, async (ctx) => void (await expireDueHolds(ctx)), 1)];
export const schedules: Schedule[] = [{ job: sweepHolds, cron: "* * * * *" }];
