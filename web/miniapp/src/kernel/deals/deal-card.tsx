/** The next-step card of a deal, with the buttons that move it on. */
import type { ReactNode } from "react";
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";
import { Button } from "../../../../kit/button.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { NextStepCard } from "../../../../kit/next-step-card.tsx";
import { DateText } from "../../../../kit/time-left.tsx";
import type { Flow } from "./deal-flow.tsx";
import { isMyMove, nextWords, progressOf, toneOf, whoseMove } from "./words.ts";

/** Actions that move the deal on stand on the card; those that end it another way stand further down, in `other-endings.tsx`. */
const onCard: readonly DealAction[] = ["pay", "release", "recheck", "resolve", "cancel"];

export const cardActions = (deal: Deal): DealAction[] => {
  const { actions } = deal.nextStep;
  const first = actions[0];
  const isFirstMine = isMyMove(deal) && (first === "agree" || first === "refund" || first === "dispute");
  return actions.filter((action) => onCard.includes(action) || (isFirstMine && action === first));
};

function lookOf(deal: Deal, action: DealAction, place: number): "filled" | "tinted" | "plain" | "danger" {
  if (action === "cancel") return "danger";
  if (place === 0 && isMyMove(deal) && action !== "recheck") return "filled";
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
          {t(
            action === "recheck" && deal.status !== "PENDING"
              ? "deal:actions.recheckLater"
              : `deal:actions.${action}`,
          )}
        </Button>
      ))}
    </NextStepCard>
  );
}
