/** What is decided without looking anywhere: where money belongs, who may pay how, when to look again. Pure. */
import type { Asset } from "../../platform/shapes.ts";
import type { Goods, PaymentStatus, Surface } from "./shapes.ts";

export type Standing = {
  purpose: "recharge" | "purchase";
  status: PaymentStatus;
  isRecurring: boolean;
  /** The money came for the attempt that paid before: a second subscription to the same thing is no renewal. */
  isOfPaying: boolean;
  /** What was asked for by the attempt whose reference came with the money. */
  due: { asset: Asset; amount: bigint; expiresAt: Date | null };
};
export type Money = { asset: Asset; amount: bigint; at: Date };
export type Verdict = {
  outcome: "exact" | "over" | "short" | "late" | "double" | "other_asset";
  /** The payment becomes paid by it. Whatever the verdict, all of it is first put on the payer's balance. */
  isSettling: boolean;
};

/**
 * Money that came for an attempt. Nothing is ever dropped: what does not pay the price stays on the balance. A recharge takes
 * what came, whenever it comes; a purchase wants its price, and in time, because the market has stopped waiting otherwise.
 */
export function judge(standing: Standing, money: Money): Verdict {
  const { purpose, status, due } = standing;
  if (money.asset !== due.asset) return { outcome: "other_asset", isSettling: false };
  const fit = money.amount === due.amount ? "exact" : money.amount > due.amount ? "over" : "short";
  if (status === "paid" || status === "refunded") {
    return standing.isRecurring && standing.isOfPaying && fit !== "short"
      ? { outcome: fit, isSettling: true }
      : { outcome: "double", isSettling: false };
  }
  const isLate =
    status === "expired" || status === "canceled" || (due.expiresAt !== null && money.at > due.expiresAt);
  if (purpose === "recharge") return { outcome: isLate ? "late" : fit, isSettling: true };
  if (isLate) return { outcome: "late", isSettling: false };
  return { outcome: fit, isSettling: fit !== "short" };
}

/** What remains that may go back. */
export const refundable = (receipt: {
  amount: bigint;
  refunded: bigint;
  refunding: bigint;
  chargedBack: bigint;
}): bigint => {
  const left = receipt.amount - receipt.refunded - receipt.refunding - receipt.chargedBack;
  return left > 0n ? left : 0n;
};

/**
 * What the provider took back without us: of `theirs`, the total that went back by its books, what neither our refunds nor
 * earlier chargebacks explain. A refund of ours that is under way may be among it, so it is not counted against the user.
 */
export function unexplained(
  receipt: { refunded: bigint; refunding: bigint; chargedBack: bigint },
  theirs: bigint,
): bigint {
  const rest = theirs - receipt.refunded - receipt.refunding - receipt.chargedBack;
  return rest > 0n ? rest : 0n;
}

/** Seconds after opening at which a payment that is not final is looked at by itself. */
export const checkAfterSeconds = [60, 300, 3_600, 86_400] as const;

/** When to look again: the next of these, or shortly after it ends, whichever comes first; null after the last. */
export function nextCheck(opened: Date, expires: Date | null, now: Date): Date | null {
  const planned = checkAfterSeconds.map((seconds) => new Date(opened.getTime() + seconds * 1000));
  if (expires) planned.push(new Date(expires.getTime() + settleMarginSeconds * 1000));
  const later = planned.filter((one) => one > now).sort((a, b) => a.getTime() - b.getTime());
  return later[0] ?? null;
}

/** A renewal that has not come so long after the period's end does not come. */
export const renewalGraceSeconds = 3_600;

/** When to look for a renewal: shortly after the period's end, once more, and when it would be too late; null after that. */
export function nextRenewalCheck(paidUntil: Date, now: Date): Date | null {
  const after = [settleMarginSeconds, 600, renewalGraceSeconds + settleMarginSeconds];
  const planned = after.map((seconds) => new Date(paidUntil.getTime() + seconds * 1000));
  return planned.find((one) => one > now) ?? null;
}

/** A payment is called expired only so long after its end, and after the provider was asked once more. */
export const settleMarginSeconds = 30;

/** One line of the configuration: this provider (in this asset only) for these goods on these surfaces. */
export type MeansRule = { provider: string; asset: string | null; goods: Goods[]; surfaces: Surface[] };

const telegram: Surface[] = ["miniapp_ios", "miniapp_android", "miniapp_desktop", "bot"];
const groups: Record<string, Surface[]> = { telegram, any: [...telegram, "web"] };
const everyGoods: Goods[] = ["balance", "digital", "service", "physical"];

/**
 * `provider[.ASSET]=goods+goods@surface+surface`, separated by `;`. `telegram` and `any` name groups of surfaces.
 * @throws Error naming what is wrong, for the operator.
 */
export function parseMeans(text: string): MeansRule[] {
  return text
    .split(";")
    .map((one) => one.trim())
    .filter(Boolean)
    .map((line) => {
      const match = /^([a-z][a-z0-9_-]*)(?:\.([A-Z]+))?=([a-z+]+)@([a-z_+]+)$/.exec(line);
      if (!match) throw new Error(`PAYMENT_MEANS: cannot read "${line}"`);
      const [, provider = "", asset, goodsText = "", surfaceText = ""] = match;
      const goods = goodsText.split("+") as Goods[];
      const surfaces = surfaceText.split("+").flatMap((name) => groups[name] ?? [name as Surface]);
      const strange =
        goods.find((one) => !everyGoods.includes(one)) ?? surfaces.find((one) => !groups.any?.includes(one));
      if (strange) throw new Error(`PAYMENT_MEANS: "${strange}" is neither goods nor a surface`);
      return { provider, asset: asset ?? null, goods, surfaces };
    });
}

/** Whether a provider, in this asset, may be shown there for that. */
export const isAllowed = (
  rules: readonly MeansRule[],
  asked: { provider: string; asset: Asset; goods: Goods; surface: Surface },
): boolean =>
  rules.some(
    (rule) =>
      rule.provider === asked.provider &&
      (rule.asset === null || rule.asset === asked.asset) &&
      rule.goods.includes(asked.goods) &&
      rule.surfaces.includes(asked.surface),
  );
