import type { Module } from "../../platform/module.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { routes } from "./routes.ts";
import { eraseBytes, sweepSchedule, sweepUnclaimed } from "./workers.ts";

export const filesModule: Module = {
  name: "files",
  copy: { en, ru },
  routes,
  workers: [sweepUnclaimed, eraseBytes],
  schedules: [sweepSchedule],
};
