/** The next-step card of a placement, in the pattern of every deal. */
import type { ReactNode } from "react";
import type { PlacementAction } from "../../../../../../server/src/markets/channels/placements/shapes.ts";
import { Button } from "../../../../../kit/button.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { NextStepCard } from "../../../../../kit/next-step-card.tsx";
import { DateText } from "../../../../../kit/time-left.tsx";
import type { Sent } from "../../../kernel/deals/sent.ts";
import { isMyStep, placementProgress, placementTone, stepWords, whoseStep } from "../placement-words.ts";
import type { Placement } from "../queries.ts";
import type { PlacementFlow } from "./placement-flow.ts";

type CardAction = Exclude<PlacementAction, "set_removal">;
/** What becomes of the post afterwards is changed beside the other terms. */
const isOnCard = (action: PlacementAction): action is CardAction => action !== "set_removal";

function lookOf(
  action: PlacementAction,
  place: number,
  isMine: boolean,
): "filled" | "tinted" | "plain" | "danger" {
  if (action === "cancel") return "danger";
  if (place === 0) return isMine ? "filled" : "tinted";
  return "plain";
}

export function PlacementCard(props: {
  placement: Placement;
  flow: PlacementFlow;
  /** A message of the reader's wallet that the network has not confirmed yet. */
  sent: Sent | null;
  onPay: () => void;
}): ReactNode {
  const { placement, flow, sent } = props;
  const t = useWords();
  const words = stepWords(t, placement);
  const isMine = isMyStep(placement);
  const key = sent?.action === "pay" ? "pay" : "other";
  // Nothing of one's own to write while the other's version waits for a word: approving comes first, changing second.
  const actions = placement.nextStep.actions.filter(isOnCard).filter((action) => !sent || action !== "pay");
  return (
    <NextStepCard
      tone={placementTone(placement)}
      who={sent ? t("deal:who.chain") : whoseStep(t, placement)}
      title={sent ? t(`deal:sent.${key}.title`) : words.title}
      body={sent ? t(`deal:sent.${key}.text`) : words.body}
      otherwise={sent ? null : words.otherwise}
      deadline={placement.nextStep.deadline}
      progress={placementProgress(placement)}
    >
      {sent && (
        <p className="note hint sent-line" role="status">
          {t("deal:sent.at")} <DateText at={new Date(sent.at).toISOString()} />
        </p>
      )}
      {actions.map((action, place) => (
        <Button
          key={action}
          look={lookOf(action, place, isMine)}
          isLoading={flow.isPending && action === "check"}
          onClick={() => (action === "pay" ? props.onPay() : flow.start(action))}
          testId={`action-${action}`}
        >
          {t(
            `ads:action.${action}${action === "edit_creative" && placement.creative?.version === 0 ? "_first" : ""}`,
          )}
        </Button>
      ))}
    </NextStepCard>
  );
}
