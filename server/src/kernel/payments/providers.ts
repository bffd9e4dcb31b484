/** What verbs may know of a provider: facts, no way to call it. */
import type { PaymentProvider } from "../../gateways/payments/port.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Asset } from "../../platform/shapes.ts";
import { paymentErrors } from "./errors.ts";

export type ProviderFacts = {
  name: string;
  assets: readonly Asset[];
  min: bigint;
  max: bigint;
  invoiceSeconds: number;
  renewsEverySeconds: number | null;
  refunds: PaymentProvider["refunds"];
  returnsToStranger: boolean;
};

export const factsOf = (one: PaymentProvider): ProviderFacts => ({
  name: one.name,
  assets: one.assets,
  min: one.limits.min,
  max: one.limits.max,
  invoiceSeconds: one.invoiceSeconds,
  renewsEverySeconds: one.renewsEverySeconds,
  refunds: one.refunds,
  returnsToStranger: one.returnsToStranger,
});

/** @throws payments.provider_unknown */
export function providerOf(ctx: Ctx, name: string): PaymentProvider {
  const found = ctx.gateways.payments.get(name);
  if (!found) throw paymentErrors.provider_unknown();
  return found;
}
