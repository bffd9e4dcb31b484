/** The only file that names every module. Order is the order of their routes and of the bot's handlers. */
import { dealsModule } from "./kernel/deals/module.ts";
import { filesModule } from "./kernel/files/module.ts";
import { identityModule } from "./kernel/identity/module.ts";
import { ledgerModule } from "./kernel/ledger/module.ts";
import { notificationsModule } from "./kernel/notifications/module.ts";
import { paymentsModule } from "./kernel/payments/module.ts";
import { reviewsModule } from "./kernel/reviews/module.ts";
import { channelsModule } from "./markets/channels/module.ts";
import { servicesModule } from "./markets/services/module.ts";
import type { Module } from "./platform/module.ts";

export const modules: readonly Module[] = [
  identityModule,
  filesModule,
  notificationsModule,
  ledgerModule,
  paymentsModule,
  dealsModule,
  reviewsModule,
  channelsModule,
  servicesModule,
];
