import type { Module } from "../../platform/module.ts";
import { adminRoutes } from "./admin.ts";
import { paymentsBot } from "./bot.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { follower } from "./follow.ts";
import { reconcileAll, sweepPayments } from "./jobs.ts";
import { measure } from "./measure.ts";
import { routes } from "./routes.ts";
import { workers } from "./workers.ts";

export const paymentsModule: Module = {
  name: "payments",
  copy: { en, ru },
  routes: [...routes, ...adminRoutes],
  workers,
  schedules: [
    { job: reconcileAll, cron: "41 3 * * *" },
    { job: sweepPayments, cron: "*/10 * * * *" },
  ],
  loops: [follower],
  bot: paymentsBot,
  metrics: measure,
};
