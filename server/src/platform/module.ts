/** A module's manifest: what it adds to the program. `modules.ts` lists them; nothing else is wired by hand. */
import type { Bot, Context } from "grammy";
import type { Ctx } from "./context.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Schedule, Worker } from "./jobs.ts";
import type { Metrics } from "./metrics.ts";
import type { Language } from "./shapes.ts";
import type { Copy } from "./words.ts";

/** A long-lived loop of a role, e.g. the chain watcher. Runs until `signal`; a crash ends the process, which is started again. */
export type Loop = {
  name: string;
  role: "ton" | "work" | "bot";
  run(ctx: Ctx, signal: AbortSignal): Promise<void>;
};

export type Module = {
  name: string;
  /** Words of errors, notices and the bot, in both languages. */
  copy?: Record<Language, Copy>;
  routes?: Endpoint[];
  workers?: Worker[];
  schedules?: Schedule[];
  loops?: Loop[];
  /** Adds the module's handlers to the bot. `context` gives a Ctx acting as the update's sender, keyed by the update's id. */
  bot?: (bot: Bot<Context>, context: (update: Context) => Promise<Ctx>) => void;
  /** Registers gauges that are read at scrape time. */
  metrics?: (metrics: Metrics, ctx: Ctx) => void;
};
