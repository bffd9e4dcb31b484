import { sql } from "drizzle-orm";
import type { Module } from "../../platform/module.ts";
import { notificationsBot } from "./bot.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { postLoop } from "./post/loop.ts";
import { pushWorker } from "./push/workers.ts";
import { routes } from "./routes.ts";
import { signInTeller } from "./signed-in.ts";
import { sweeper, sweepSchedule } from "./sweep.ts";

export const notificationsModule: Module = {
  name: "notifications",
  copy: { en, ru },
  routes,
  workers: [sweeper, pushWorker, signInTeller],
  schedules: [sweepSchedule],
  loops: [postLoop],
  bot: notificationsBot,
  metrics: (metrics, ctx) => {
    const read = (query: ReturnType<typeof sql>) => async (): Promise<number> =>
      Number((await ctx.db.execute<{ n: number }>(query)).rows[0]?.n ?? 0);
    metrics.gauge(
      "souk_messages_waiting",
      "Messages of the bot that are due and not sent",
      read(sql`select count(*)::int as n from notifications.messages
        where state in ('waiting', 'sending') and due_at <= platform.now()`),
    );
    metrics.gauge(
      "souk_messages_lag_seconds",
      "Age of the oldest single notice that is due and not sent",
      read(sql`select coalesce(max(extract(epoch from platform.now() - due_at)), 0)::float8 as n
        from notifications.messages where state in ('waiting', 'sending') and lane = 0 and due_at <= platform.now()`),
    );
  },
};
