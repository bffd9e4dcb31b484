import { worker } from "../../platform/jobs.ts";
import { handleUpdate, sweep } from "./jobs.ts";
import { sweepIdentity } from "./sweep.ts";
import { workLane } from "./updates/handle-update.ts";

export const workers = [
  worker(handleUpdate, (ctx, { lane }) => workLane(ctx, lane)),
  worker(sweep, (ctx) => sweepIdentity(ctx), 1),
];
