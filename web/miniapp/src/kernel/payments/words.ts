/** The words of payments: ways to pay, what became of money, and what happens next. */
import type { Mean, Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import type { Asset } from "../../../../../server/src/platform/shapes.ts";
import { assetNames, formatAmount, scales } from "../../../../kit/amount.ts";
import { hasWords, type Translate } from "../../../../kit/i18n.ts";
import type { IconName } from "../../../../kit/icons.tsx";
import type { Tone } from "../../../../kit/list.tsx";
import type { Stage } from "./stage.ts";

const icons: Record<Mean["kind"], IconName> = {
  stars: "star",
  ton: "wallet",
  page: "globe",
  balance: "coins",
};
const methodIcons: Record<string, IconName> = { bank_card: "card", sbp: "device" };
const kinds: Record<string, Mean["kind"]> = { stars: "stars", ton: "ton", balance: "balance" };

/** Of a way to pay; a provider with a page of its own has none of its own. */
export const iconOf = (provider: string, method: string | null = null): IconName =>
  methodIcons[method ?? ""] ?? icons[kinds[provider] ?? "page"];

/** A provider that has no words of its own is called by its name. */
export function nameOf(t: Translate, provider: string): string {
  const key = `pay:means.${provider}.title`;
  return hasWords(key) ? t(key) : provider.charAt(0).toUpperCase() + provider.slice(1);
}

/** What people choose: the way on the provider's page, where it has several. */
export function wayOf(t: Translate, { provider, method }: Pick<Mean, "provider" | "method">): string {
  const key = `pay:means.${provider}.${method}.title`;
  return method && hasWords(key) ? t(key) : nameOf(t, provider);
}

/** Whoever knows whether money came, as one says "we ask …". */
function askedOf(t: Translate, provider: string | null): string {
  const key = `pay:asked.${provider}`;
  return hasWords(key) ? t(key) : provider ? nameOf(t, provider) : "Souk";
}

export const tones: Record<Stage, Tone> = {
  choose: "waiting",
  preparing: "waiting",
  pay: "waiting",
  looking: "waiting",
  closing: "waiting",
  done: "done",
  refunded: "done",
  over: "quiet",
};

export const statusTones: Record<Payment["status"], Tone> = {
  created: "waiting",
  pending: "waiting",
  paid: "done",
  refunded: "done",
  expired: "quiet",
  canceled: "quiet",
};

export interface CardWords {
  title: string;
  body: string | null;
  otherwise: string | null;
}

/** Kinds that have words of their own come first, then purposes, then what holds for all. */
export function cardWords(t: Translate, payment: Payment, stage: Stage, language: string): CardWords {
  const kind = payment.pay?.kind ?? (payment.provider === "balance" ? "balance" : "none");
  const came = payment.receipts.length > 0 ? "came" : "nothing";
  const params = {
    due: formatAmount(payment.due ?? payment.price, language),
    price: formatAmount(payment.price, language),
    provider: payment.provider ? nameOf(t, payment.provider) : "",
    asked: askedOf(t, payment.provider),
    title: payment.title,
  };
  const part = (name: keyof CardWords): string | null => {
    const found = [kind, payment.purpose, came]
      .map((variant) => `pay:card.${stage}.${variant}.${name}`)
      .concat(`pay:card.${stage}.${name}`)
      .find(hasWords);
    return found ? t(found, params) : null;
  };
  return { title: part("title") ?? "", body: part("body"), otherwise: part("otherwise") };
}

/** Whose move it is, on the chip. */
export function whoWords(t: Translate, payment: Payment, stage: Stage): string {
  if (stage === "done" || stage === "refunded" || stage === "over") return t(`pay:who.${stage}`);
  const isOthers = payment.next.by === "provider" || (stage === "looking" && payment.next.code === "pay");
  if (!isOthers) return t(`pay:who.${stage === "pay" || stage === "choose" ? "you" : "souk"}`);
  const key = `pay:who.${payment.provider}`;
  return hasWords(key) ? t(key) : nameOf(t, payment.provider ?? "");
}

/** What a title in a list says: what it is for. */
export const titleOf = (t: Translate, payment: Payment): string =>
  payment.title !== "" ? payment.title : t("pay:topUp");

/** The one way that a rate is read: `1 GRAM ≈ 211.3 ★`. `rate` is a decimal number as text. */
export function rateWords(rate: string, from: Asset, to: Asset, language: string): string {
  const one = formatAmount({ amount: (10n ** BigInt(scales[from])).toString(), asset: from }, language);
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 }).format(Number(rate));
  return `${one} ≈ ${number}\u00a0${assetNames[to]}`;
}
