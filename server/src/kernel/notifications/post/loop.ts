/** The bot's post: in every process that works, and together no faster than Telegram allows. */
import type { Ctx } from "../../../platform/context.ts";
import { errorFields } from "../../../platform/log.ts";
import type { Loop } from "../../../platform/module.ts";
import { claim, isAnythingDue } from "./claim.ts";
import { deliver } from "./deliver.ts";

const idleMs = 300;
/** Calls under way at once in this process: a slow answer must not slow the pace. */
const callsMax = 32;
/** Waits longer than this are not waited out by hand: Telegram asked for silence. */
const patienceMs = 1_500;

export const postLoop: Loop = {
  name: "notifications.post",
  role: "work",
  async run(ctx, signal) {
    const calls = new Set<Promise<void>>();
    while (!signal.aborted) {
      const ms = await step(ctx, calls).catch((error: unknown) => {
        ctx.log.warn(errorFields(error), "post interrupted");
        return 1_000;
      });
      if (ms > 0) await Bun.sleep(ms);
      if (calls.size >= callsMax) await Promise.race(calls);
    }
    await Promise.allSettled(calls);
  },
};

/** Begins one message at most; answers how long to wait before the next. */
async function step(ctx: Ctx, calls: Set<Promise<void>>): Promise<number> {
  if (!(await isAnythingDue(ctx))) return idleMs;
  const next = await claim(ctx);
  if (next.kind === "idle") return idleMs;
  if (next.kind === "wait") return Math.min(next.ms, idleMs);
  const call = deliver(ctx, next)
    .catch((error: unknown) => ctx.log.warn(errorFields(error), "message without a record"))
    .finally(() => calls.delete(call));
  calls.add(call);
  return 0;
}

/** Sends everything that may be sent now, one after the other; for tests. Answers how many messages went. */
export async function sendDue(ctx: Ctx): Promise<number> {
  for (let sent = 0; ; ) {
    const next = (await isAnythingDue(ctx)) ? await claim(ctx) : ({ kind: "idle" } as const);
    if (next.kind === "idle" || (next.kind === "wait" && next.ms > patienceMs)) return sent;
    if (next.kind === "wait") await Bun.sleep(next.ms);
    else {
      await deliver(ctx, next);
      sent += 1;
    }
  }
}
