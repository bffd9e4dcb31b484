/** An offer in a list: what is to be done about it, between whom, and its terms. */
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { DateText, TimeLeft } from "../../../../../kit/time-left.tsx";
import { shortFormat } from "../names.ts";
import { offerTone, offerVerb } from "../offer-words.ts";
import type { Offer } from "../queries.ts";

export function OfferCell({ offer }: { offer: Offer }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <Cell
      to={offer.dealId ? `/placements/${offer.dealId}` : `/offers/${offer.id}`}
      before={<Avatar name={offer.channel.title} url={offer.channel.photoUrl} size={48} />}
      beforeSize={48}
      testId={`offer-${offer.id}`}
      title={<span className="listing-title">{offerVerb(t, offer)}</span>}
      subtitle={
        <>
          <span className="cell-title one-line">{offer.channel.title}</span>
          {offer.campaign && <span className="ad-clip">{offer.campaign.title}</span>}
          <span className="deal-cell-line" data-tone={offerTone(offer)}>
            <AmountText value={offer.terms.price} />
            <span className="hint tabular" lang={language}>
              {shortFormat(offer.terms.format)} · <DateText at={offer.terms.postAt} />
            </span>
            {offer.status === "open" && (
              <span className="deal-cell-time">
                <Icon name="clock" size={16} />
                <TimeLeft until={offer.expiresAt} isQuiet />
              </span>
            )}
          </span>
        </>
      }
    />
  );
}
