import { worker } from "../../platform/jobs.ts";
import { handleUpdate, hearUpdates, sweep } from "./jobs.ts";
import { sweepIdentity } from "./sweep.ts";
import { workLane } from "./updates/handle-update.ts";
import { noteHearing } from "./updates/hearing.ts";

export const workers = [
  worker(handleUpdate, (ctx, { lane }) => workLane(ctx, lane)),
  worker(hearUpdates, async (ctx) => void (await noteHearing(ctx)), 1),
  worker(sweep, (ctx) => sweepIdentity(ctx), 1),
];
