import { registerDealKind } from "../../kernel/deals/index.ts";
import { registerRated } from "../../kernel/reviews/index.ts";
import type { Module } from "../../platform/module.ts";
import { campaignRoutes } from "./advertising/campaigns/routes.ts";
import { dashboardRoutes } from "./advertising/dashboards/routes.ts";
import { copyRatingJob } from "./advertising/jobs.ts";
import { offerRoutes } from "./advertising/offers/routes.ts";
import { channelRoutes } from "./advertising/routes.ts";
import * as advertising from "./advertising/workers.ts";
import { channelsBot } from "./bot.ts";
import en from "./copy.en.ts";
import ru from "./copy.ru.ts";
import { adPost } from "./placements/deal-kind.ts";
import { placementRoutes } from "./placements/routes.ts";
import { placementSchedules, placementWorkers } from "./placements/workers.ts";
import { routes } from "./routes.ts";
import { channelSale } from "./sale/deal-kind.ts";
import { schedules, workers } from "./workers.ts";

registerDealKind(channelSale);
registerDealKind(adPost);
registerRated("channel", copyRatingJob.name);

export const channelsModule: Module = {
  name: "channels",
  copy: { en, ru },
  routes: [
    ...routes,
    ...channelRoutes,
    ...campaignRoutes,
    ...offerRoutes,
    ...dashboardRoutes,
    ...placementRoutes,
  ],
  workers: [...workers, ...advertising.workers, ...placementWorkers],
  schedules: [...schedules, ...advertising.schedules, ...placementSchedules],
  bot: channelsBot,
};
