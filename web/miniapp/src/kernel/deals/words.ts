/**
 * The words of a deal. Next steps and timeline entries speak by the deals module's own copy, which the bot uses too.
 */
import type { Deal, DealStatus, TimelineEntry } from "../../../../../server/src/kernel/deals/shapes.ts";
import { hasWords, type Translate } from "../../../../kit/i18n.ts";
import type { Tone } from "../../../../kit/list.tsx";

type Params = Readonly<Record<string, string | number>>;

export const isMyMove = (deal: Deal): boolean => deal.nextStep.who === deal.role;

export const tones: Record<DealStatus, Tone> = {
  PENDING: "waiting",
  IN_ESCROW: "safe",
  LIVE: "safe",
  VERIFIED: "done",
  RELEASED: "done",
  REFUNDED: "done",
  DISPUTED: "trouble",
  CANCELLED: "quiet",
  EXPIRED: "quiet",
  PAYOUT_STUCK: "trouble",
};

/** A breach and a freeze are trouble whatever the status says. */
export const toneOf = (deal: Deal): Tone =>
  deal.escrow.state === "Breached" ? "trouble" : tones[deal.status];

const way: readonly DealStatus[] = ["PENDING", "IN_ESCROW", "LIVE", "VERIFIED", "RELEASED"];

/** How far along the way from payment to payout; null when the deal has left it. */
export function progressOf(deal: Deal): { done: number; of: number } | null {
  const done = way.indexOf(deal.status);
  if (done < 0 || deal.escrow.state === "Breached") return null;
  return { done: Math.max(done, 0), of: way.length - 1 };
}

/** Own parameters come raw: `{{price, amount}}`, `{{until, moment}}` are formatted by the words themselves. */
const paramsOf = (deal: Deal, own: Params): Params => ({
  price: deal.price.amount,
  buyer: deal.buyer.firstName,
  seller: deal.seller.firstName,
  title: deal.subject.title,
  channel: deal.subject.channelTitle,
  ...(deal.subject.kind === "ad_post" ? { postAt: deal.subject.postAt } : {}),
  ...own,
});

export const statusWords = (t: Translate, deal: Deal): string =>
  t(`deal:status.${deal.status}`, { context: deal.kind });

export interface NextWords {
  title: string;
  body: string | null;
  otherwise: string | null;
}

/** Where the words of a deal's own kind stand, before those of every deal: an ad post is published by our bot or by its channel's owner. */
function keysOfNext({ kind, nextStep, subject, role }: Deal): string[] {
  const who = subject.kind === "ad_post" ? `_${subject.postedBy}` : "";
  return [
    `next_${kind}.${nextStep.key}${who}.${role}`,
    `next_${kind}.${nextStep.key}.${role}`,
    `next.${nextStep.key}.${role}`,
    `next.${nextStep.key}`,
  ];
}

/** The next step in the words of its kind, else in those of every deal, else what the status says. */
export function nextWords(t: Translate, deal: Deal): NextWords {
  const filled = paramsOf(deal, deal.nextStep.params);
  const keys = keysOfNext(deal);
  const part = (name: keyof NextWords): string | null => {
    const found = keys.map((key) => `deals:${key}.${name}`).find(hasWords);
    return (found && t(found, filled)) || null;
  };
  return {
    title: part("title") ?? statusWords(t, deal),
    body: part("body"),
    otherwise: part("otherwise"),
  };
}

export function whoseMove(t: Translate, deal: Deal): string {
  if (isMyMove(deal)) return t("deal:who.you");
  return t(`deal:who.${deal.nextStep.who}`, { context: deal.kind });
}

export interface EntryWords {
  title: string;
  text: string | null;
}

/** `timeline.<kind>` is a sentence, or `{title, body}`. An entry of an unknown kind is still named, by its kind. */
export function entryWords(
  t: Translate,
  deal: Deal,
  entry: Pick<TimelineEntry, "kind" | "params">,
): EntryWords {
  const filled = paramsOf(deal, entry.params);
  const own = `deals:timeline_${deal.kind}.${entry.kind}`;
  const key = hasWords(own) ? own : `deals:timeline.${entry.kind}`;
  if (hasWords(`${key}.title`)) {
    return {
      title: t(`${key}.title`, filled),
      text: hasWords(`${key}.body`) ? t(`${key}.body`, filled) : null,
    };
  }
  return { title: hasWords(key) ? t(key, filled) : entry.kind.replace(/_/g, " "), text: null };
}

const troubled =
  /breach|dispute|frozen|freeze|expired|cancel|stuck|late|short|stranger|repeated|lost|kicked|changed/;
const finished = /released|refunded|settled|verified|credited|delivered|resolved|split|agreed|_paid$/;
const secured = /funded|escrow|paid/;

export function entryTone(kind: string): Tone {
  if (troubled.test(kind)) return "trouble";
  if (finished.test(kind)) return "done";
  return secured.test(kind) ? "safe" : "quiet";
}

export function byWhom(t: Translate, deal: Deal, by: TimelineEntry["by"]): string {
  if (by === deal.role) return t("deal:by.you");
  if (by === "buyer") return deal.buyer.firstName;
  if (by === "seller") return deal.seller.firstName;
  return t(`deal:by.${by}`);
}
