/** Which providers there are. Adding one is its file and one line in `makers`. */
import type { Settings } from "../../platform/settings.ts";
import type { PaymentProvider, PaymentProviders } from "./port.ts";
import { createStars, type StarsApi } from "./stars.ts";
import { createTonDeposits, type DepositChain } from "./ton.ts";

/** What providers reach through gateways of their own. */
export type Outside = { settings: Settings; telegram: { stars: StarsApi }; ton: DepositChain };

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
];

export function createPayments(outside: Outside, more: readonly PaymentProvider[] = []): PaymentProviders {
  const made = [...makers.flatMap((make) => make(outside) ?? []), ...more];
  return new Map(made.map((one) => [one.name, one]));
}
