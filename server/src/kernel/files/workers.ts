import { type Schedule, worker } from "../../platform/jobs.ts";
import { erase, sweep } from "./jobs.ts";
import { namesOf } from "./rules.ts";
import { forgetFile, sweepFiles } from "./sweep-files.ts";

export const sweepUnclaimed = worker(
  sweep,
  async (ctx) => {
    for (let rounds = 0; rounds < 100; rounds += 1) if (!(await sweepFiles(ctx, {})).isFull) return;
  },
  1,
);

export const eraseBytes = worker(erase, async (ctx, { id }) => {
  const names = namesOf(id);
  await ctx.gateways.files.remove(names.preview);
  await ctx.gateways.files.remove(names.picture);
  await forgetFile(ctx, { id });
});

export const sweepSchedule: Schedule = { job: sweep, cron: "23 * * * *" };
