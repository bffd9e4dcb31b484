import type { Module } from "../../platform/module.ts";
import { registerAfterPayout } from "../deals/index.ts";
import { adminRoutes } from "./admin.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { dealRoutes } from "./deals/routes.ts";
import { askForReviews } from "./jobs.ts";
import { routes } from "./routes.ts";
import { workers } from "./workers.ts";

// An hour: the good news of the payout comes alone, and there has been time to look at what was bought.
registerAfterPayout({ name: askForReviews.name, delaySeconds: 3_600 });

export const reviewsModule: Module = {
  name: "reviews",
  copy: { en, ru },
  routes: [...routes, ...dealRoutes, ...adminRoutes],
  workers,
};
