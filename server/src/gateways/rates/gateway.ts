import { createGuard } from "../../platform/gateway.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import type { Settings } from "../../platform/settings.ts";
import { coingecko } from "./coingecko.ts";
import type { RatesPort } from "./port.ts";

/** The source of the configuration. Another provider is one file beside coingecko.ts and one line here. */
export function createRates(options: {
  settings: Settings;
  log: Log;
  metrics: Metrics | undefined;
  timeoutMs?: number;
}): RatesPort {
  const { env } = options.settings;
  return coingecko({
    baseUrl: env.RATES_URL,
    apiKey: env.RATES_API_KEY,
    guard: createGuard({
      gateway: "rates",
      isFault: () => true,
      log: options.log,
      metrics: options.metrics,
      timeoutMs: options.timeoutMs ?? 5_000,
    }),
  });
}
