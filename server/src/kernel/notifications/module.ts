import type { Module } from "../../platform/module.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { routes } from "./routes.ts";
import { deliverToBot } from "./workers.ts";

export const notificationsModule: Module = {
  name: "notifications",
  copy: { en, ru },
  routes,
  workers: [deliverToBot],
};
