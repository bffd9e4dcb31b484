/** Which providers there are. Adding one is its file and one line in `makers`. */
import { createGuard } from "../../platform/gateway.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import type { Settings } from "../../platform/settings.ts";
import { addressList } from "./address-list.ts";
import type { PaymentProvider, PaymentProviders } from "./port.ts";
import { createStars, type StarsApi } from "./stars.ts";
import { createTonDeposits, type DepositChain } from "./ton.ts";
import { createYooKassa } from "./yookassa.ts";
import { isFault, yooKassaApi } from "./yookassa-api.ts";

/** What providers reach through gateways of their own. */
export type Outside = {
  settings: Settings;
  telegram: { stars: StarsApi };
  ton: DepositChain;
  log: Log;
  metrics: Metrics | undefined;
};

/** Each gives its provider, or null when the configuration does not have it. */
const makers: readonly ((outside: Outside) => PaymentProvider | null)[] = [
  ({ telegram }) => createStars({ api: telegram.stars }),
  ({ ton, settings: { env } }) =>
    env.TON_DEPOSIT_ADDRESS
      ? createTonDeposits({
          chain: ton,
          address: env.TON_DEPOSIT_ADDRESS,
          certainAbove: env.TON_CERTAIN_ABOVE,
        })
      : null,
  openYooKassa,
];

/** Somebody waits for the invoice; what takes longer is asked for again by a job. */
const YOOKASSA_TIMEOUT_MS = 8_000;

export function openYooKassa(
  { settings: { env, isLocal }, log, metrics }: Pick<Outside, "settings" | "log" | "metrics">,
  timeoutMs = YOOKASSA_TIMEOUT_MS,
): PaymentProvider | null {
  const { YOOKASSA_SHOP_ID: shopId, YOOKASSA_SECRET_KEY: secretKey } = env;
  if (!shopId || !secretKey) return null;
  const guard = createGuard({ gateway: "yookassa", isFault, log, metrics, timeoutMs });
  const { YOOKASSA_RECEIPT_EMAIL: email, YOOKASSA_RECEIPT_VAT_CODE: vatCode } = env;
  return createYooKassa({
    api: yooKassaApi({ url: env.YOOKASSA_URL, shopId, secretKey, guard }),
    shopId,
    isTest: secretKey.startsWith("test_"),
    methods: env.YOOKASSA_METHODS,
    isFrom: addressList(env.YOOKASSA_NEWS_FROM),
    receipt:
      email && vatCode
        ? {
            email,
            vatCode,
            subject: env.YOOKASSA_RECEIPT_SUBJECT,
            mode: env.YOOKASSA_RECEIPT_MODE,
            taxSystem: env.YOOKASSA_RECEIPT_TAX_SYSTEM,
          }
        : null,
    isLocal,
  });
}

export function createPayments(outside: Outside, more: readonly PaymentProvider[] = []): PaymentProviders {
  const made = [...makers.flatMap((make) => make(outside) ?? []), ...more];
  return new Map(made.map((one) => [one.name, one]));
}
