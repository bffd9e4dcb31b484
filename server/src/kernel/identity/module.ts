import type { Module } from "../../platform/module.ts";
import { identityBot } from "./bot.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { hearUpdates, sweep } from "./jobs.ts";
import { routes } from "./routes.ts";
import { receiveUpdates } from "./updates/receive.ts";
import { keepStaff } from "./users/keep-staff.ts";
import { workers } from "./workers.ts";

export const identityModule: Module = {
  name: "identity",
  copy: { en, ru },
  get routes() {
    return routes();
  },
  workers,
  schedules: [
    { job: sweep, cron: "17 * * * *" },
    { job: hearUpdates, cron: "*/10 * * * *" },
  ],
  loops: [
    { name: "identity.updates", role: "bot", run: receiveUpdates },
    { name: "identity.staff", role: "work", run: keepStaff },
  ],
  bot: identityBot,
};
