/** A deal in a list: its next step as a verb, what it is about, and the time left. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Avatar, Cell } from "../../../../kit/list.tsx";
import { AmountText } from "../../../../kit/money.tsx";
import { DateText, TimeLeft } from "../../../../kit/time-left.tsx";
import { nextWords, toneOf } from "./words.ts";

export function DealCell({ deal, to }: { deal: Deal; to?: string }): ReactNode {
  const t = useWords();
  const { title } = nextWords(t, deal);
  const { deadline } = deal.nextStep;
  return (
    <Cell
      to={to ?? `/deals/${deal.id}`}
      before={<Avatar name={deal.subject.channelTitle} url={deal.subject.photoUrl} size={48} />}
      beforeSize={48}
      testId={`deal-${deal.id}`}
      title={<span className="listing-title">{title}</span>}
      subtitle={
        <>
          <span className="cell-title one-line">{deal.subject.channelTitle}</span>
          {deal.subject.kind === "ad_post" && (
            <span className="hint tabular">
              {t("deal:adPost", { hours: `${deal.subject.topHours}/${deal.subject.feedHours}` })} ·{" "}
              <DateText at={deal.subject.postAt} />
            </span>
          )}
          <span className="deal-cell-line" data-tone={toneOf(deal)}>
            <AmountText value={deal.price} />
            {deadline && (
              <span className="deal-cell-time">
                <Icon name="clock" size={16} />
                <TimeLeft until={deadline} isQuiet />
              </span>
            )}
          </span>
        </>
      }
    />
  );
}
