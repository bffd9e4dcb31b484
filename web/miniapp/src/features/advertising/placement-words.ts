/** The words of a placement: those of the card are the server module's own, which the bot uses too. */
import { hasWords, type Translate } from "../../../../kit/i18n.ts";
import type { Tone } from "../../../../kit/list.tsx";
import type { Placement } from "./queries.ts";

export const isMyStep = ({ nextStep, role }: Placement): boolean => nextStep.who === role;

/** The side that is not the reader's. */
export const otherOf = (placement: Placement): Placement["publisher"] =>
  placement.role === "advertiser" ? placement.publisher : placement.advertiser;

const troubled = /^(doubt|breach|dispute|edit|answer_edit|post_unclear)/;

export function placementTone({ phase, outcome, nextStep }: Placement): Tone {
  if (phase === "done") return outcome === "cancelled" || outcome === "expired" ? "quiet" : "done";
  if (troubled.test(nextStep.key)) return "trouble";
  return phase === "scheduled" || phase === "live" ? "safe" : "waiting";
}

const way = ["creative", "payment", "scheduled", "live", "done"] as const;

/** How far along from the draft to the payout; null when it ended before anything was posted. */
export function placementProgress({ phase, outcome }: Placement): { done: number; of: number } | null {
  if (outcome === "cancelled" || outcome === "expired") return null;
  return { done: way.indexOf(phase), of: way.length - 1 };
}

export interface StepWords {
  title: string;
  body: string | null;
  otherwise: string | null;
}

export function stepWords(t: Translate, placement: Placement): StepWords {
  const { nextStep, role, price, postAt } = placement;
  const filled = { price: price.amount, postAt, ...nextStep.params };
  const part = (name: keyof StepWords): string | null => {
    const key = `channels:placement_next.${nextStep.key}.${role}.${name}`;
    return hasWords(key) ? t(key, filled) || null : null;
  };
  return {
    title: part("title") ?? t(`ads:phase.${placement.phase}`),
    body: part("body"),
    otherwise: part("otherwise"),
  };
}

export function whoseStep(t: Translate, placement: Placement): string {
  if (isMyStep(placement)) return t("ads:who.you");
  return t(`ads:who.${placement.nextStep.who}`);
}
