import { registerDealKind } from "../../kernel/deals/index.ts";
import type { Module } from "../../platform/module.ts";
import { channelsBot } from "./bot.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { adPost } from "./placements/deal-kind.ts";
import { placementRoutes } from "./placements/routes.ts";
import { placementWorkers } from "./placements/workers.ts";
import { routes } from "./routes.ts";
import { channelSale } from "./sale/deal-kind.ts";
import { schedules, workers } from "./workers.ts";

registerDealKind(channelSale);
registerDealKind(adPost);

export const channelsModule: Module = {
  name: "channels",
  copy: { en, ru },
  routes: [...routes, ...placementRoutes],
  workers: [...workers, ...placementWorkers],
  schedules,
  bot: channelsBot,
};
