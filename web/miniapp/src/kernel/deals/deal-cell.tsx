/** A deal in a list: its next step as a verb, what it is about, and the time left. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Avatar, Cell } from "../../../../kit/list.tsx";
import { AmountText } from "../../../../kit/money.tsx";
import { TimeLeft } from "../../../../kit/time-left.tsx";
import { nextWords, toneOf } from "./words.ts";

export function DealCell({ deal, to }: { deal: Deal; to?: string }): ReactNode {
  const t = useWords();
  const { title } = nextWords(t, deal);
  return (
    <Cell
      to={to ?? `/deals/${deal.id}`}
      before={<Avatar name={deal.subject.channelTitle} url={deal.subject.photoUrl} size={44} />}
      beforeSize={44}
      testId={`deal-${deal.id}`}
      title={
        <span className="deal-verb" data-tone={toneOf(deal)}>
          {title}
        </span>
      }
      subtitle={
        <>
          {deal.subject.channelTitle} · <AmountText value={deal.price} />
        </>
      }
      after={deal.nextStep.deadline ? <TimeLeft until={deal.nextStep.deadline} isQuiet /> : null}
    />
  );
}
