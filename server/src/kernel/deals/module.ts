import type { Module } from "../../platform/module.ts";
import { adminRoutes } from "./admin.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { executor } from "./executor.ts";
import { compareDeals, watchOperator } from "./jobs.ts";
import { measure } from "./measure.ts";
import { routes } from "./routes.ts";
import { watcher } from "./watcher.ts";
import { compareMoreWorker, compareWorker, operatorWorker } from "./workers.ts";

export const dealsModule: Module = {
  name: "deals",
  copy: { en, ru },
  routes: [...routes, ...adminRoutes],
  workers: [compareWorker, compareMoreWorker, operatorWorker],
  schedules: [
    { job: compareDeals, cron: "17 3 * * *" },
    { job: watchOperator, cron: "*/10 * * * *" },
  ],
  loops: [watcher, executor],
  metrics: measure,
};
