/** Rules and paces of advertising. Part of the one schema in settings.ts. */
import { z } from "zod";

export const advertisingSettings = {
  ADS_REGISTRY_RULE: z
    .enum(["off", "notice", "refuse"])
    .default("notice")
    .describe(
      "Russian-speaking channels of ADS_REGISTRY_MEMBERS and more without a registry mark: nothing, a notice, or no advertising.",
    ),
  ADS_REGISTRY_MEMBERS: z.coerce
    .number()
    .int()
    .positive()
    .default(10_000)
    .describe("From this many members on a channel has to be registered."),
  STATS_READ_SECONDS: z.coerce
    .number()
    .int()
    .positive()
    .default(21_600)
    .describe("How often the figures of a channel open to advertising are read."),
  STATS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .max(600)
    .default(60)
    .describe("How many channels are read in a minute at most."),
};
