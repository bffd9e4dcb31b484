import type { Module } from "../../platform/module.ts";
import { adminRoutes } from "./admin.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { routes } from "./routes.ts";
import { workers } from "./workers.ts";

export const reviewsModule: Module = {
  name: "reviews",
  copy: { en, ru },
  routes: [...routes, ...adminRoutes],
  workers,
};
