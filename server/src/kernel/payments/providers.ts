/** What verbs may know of a provider: facts, no way to call it. */
import type { PaymentProvider } from "../../gateways/payments/port.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Asset } from "../../platform/shapes.ts";
import { paymentErrors } from "./errors.ts";

export type ProviderFacts = {
  name: string;
  assets: readonly Asset[];
  /** The way on the provider's page that was chosen; null where it has one only. */
  method: string | null;
  min: bigint;
  max: bigint;
  invoiceSeconds: number;
  renewsEverySeconds: number | null;
  refunds: PaymentProvider["refunds"];
  returnsToStranger: boolean;
};

/** `wanted`: one of its methods; without it the first. @throws payments.means_not_allowed for one that it does not have */
export function factsOf(one: PaymentProvider, wanted?: string): ProviderFacts {
  const method = one.methods.find(({ name }) => wanted === undefined || name === wanted) ?? null;
  if (wanted !== undefined && !method) throw paymentErrors.means_not_allowed();
  const { min, max } = method?.limits ?? one.limits;
  return { ...fixedFacts(one), method: method?.name ?? null, min, max };
}

const fixedFacts = (one: PaymentProvider): Omit<ProviderFacts, "method" | "min" | "max"> => ({
  name: one.name,
  assets: one.assets,
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
