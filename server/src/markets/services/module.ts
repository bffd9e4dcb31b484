import { addCommands } from "../../kernel/identity/index.ts";
import type { Module } from "../../platform/module.ts";
import { commandNames, servicesBot } from "./bot/bot.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { addExecutorPreferences } from "./executors/set-preferences.ts";
import { watchOrders } from "./orders/end-order.ts";
import { routes } from "./routes.ts";
import { schedules, workers } from "./workers.ts";

addExecutorPreferences();
addCommands("services", commandNames);

export const servicesModule: Module = {
  name: "services",
  copy: { en, ru },
  routes,
  workers,
  schedules,
  bot: servicesBot,
  loops: [{ name: "services.watch-orders", role: "work", run: watchOrders }],
};
