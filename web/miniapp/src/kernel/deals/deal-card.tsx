/** The next-step card of a deal, with the buttons that move it on. */
import type { ReactNode } from "react";
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";
import { Button } from "../../../../kit/button.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { NextStepCard } from "../../../../kit/next-step-card.tsx";
import { DateText } from "../../../../kit/time-left.tsx";
import { cardActions } from "./card-actions.ts";
import type { Flow } from "./use-deal-flow.ts";
import { isMyMove, nextWords, progressOf, toneOf, whoseMove } from "./words.ts";

/** A press on "check now" means another thing to each. */
function wordOf(deal: Deal, action: DealAction): string {
  if (action !== "recheck" || deal.nextStep.key === "pay") return `deal:actions.${action}`;
  const hasHandedOver = deal.nextStep.key === "deliver" && deal.role === "seller";
  return hasHandedOver ? "deal:actions.handedOver" : "deal:actions.recheckLater";
}

function lookOf(deal: Deal, action: DealAction, place: number): "filled" | "tinted" | "plain" | "danger" {
  if (action === "cancel") return "danger";
  if (place === 0 && isMyMove(deal)) return "filled";
  return place === 0 ? "tinted" : "plain";
}

export function DealCard({ deal, flow }: { deal: Deal; flow: Flow }): ReactNode {
  const t = useWords();
  const words = nextWords(t, deal);
  const { sent } = flow;
  const actions = cardActions(deal).filter((action) => !sent || action === "recheck");
  if (sent && !actions.includes("recheck")) actions.unshift("recheck");
  return (
    <NextStepCard
      tone={toneOf(deal)}
      who={sent ? t("deal:who.chain") : whoseMove(t, deal)}
      title={sent ? t(`deal:sent.${sent.action === "pay" ? "pay" : "other"}.title`) : words.title}
      body={sent ? t(`deal:sent.${sent.action === "pay" ? "pay" : "other"}.text`) : words.body}
      otherwise={sent ? null : words.otherwise}
      deadline={deal.nextStep.deadline}
      progress={progressOf(deal)}
    >
      {sent && (
        <p className="note hint sent-line" role="status">
          <Icon name="clock" size={18} />
          <span>
            {t("deal:sent.at")} <DateText at={new Date(sent.at).toISOString()} />
          </span>
        </p>
      )}
      {actions.map((action, place) => (
        <Button
          key={action}
          look={sent ? "tinted" : lookOf(deal, action, place)}
          isLoading={flow.isPending && action === "recheck"}
          onClick={() => flow.start(action)}
          testId={`action-${action}`}
        >
          {t(sent ? "deal:actions.recheckLater" : wordOf(deal, action))}
        </Button>
      ))}
    </NextStepCard>
  );
}
