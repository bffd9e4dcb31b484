/** A placement in a list: its next step as a verb, the channel, and the time left. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { DateText, TimeLeft } from "../../../../../kit/time-left.tsx";
import { shortFormat } from "../names.ts";
import { placementTone, stepWords } from "../placement-words.ts";
import type { Placement } from "../queries.ts";

export function PlacementCell({ placement }: { placement: Placement }): ReactNode {
  const t = useWords();
  const { deadline } = placement.nextStep;
  return (
    <Cell
      to={`/placements/${placement.id}`}
      before={<Avatar name={placement.channel.title} url={placement.channel.photoUrl} size={48} />}
      beforeSize={48}
      testId={`placement-${placement.id}`}
      title={<span className="listing-title">{stepWords(t, placement).title}</span>}
      subtitle={
        <>
          <span className="cell-title one-line">{placement.channel.title}</span>
          <span className="deal-cell-line" data-tone={placementTone(placement)}>
            <AmountText value={placement.price} />
            <span className="hint tabular">
              {shortFormat(placement.format)} · <DateText at={placement.postAt} />
            </span>
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
