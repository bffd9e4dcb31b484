import type { Module } from "../../platform/module.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { addExecutorPreferences } from "./executors/set-preferences.ts";
import { watchOrders } from "./orders/end-order.ts";
import { routes } from "./routes.ts";
import { workers } from "./workers.ts";

addExecutorPreferences();

export const servicesModule: Module = {
  name: "services",
  copy: { en, ru },
  routes,
  workers,
  loops: [{ name: "services.watch-orders", role: "work", run: watchOrders }],
};
