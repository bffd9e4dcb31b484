/** A channel that takes advertising, in a list: who reads it, how it is rated, from what price. */
import type { ReactNode } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell } from "../../../../../kit/list.tsx";
import { countText, starsText } from "../names.ts";
import type { ChannelCard } from "../queries.ts";

export function ChannelCell(props: { channel: ChannelCard; to?: string; below?: ReactNode }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { channel } = props;
  const { members, views } = channel.figures;
  return (
    <Cell
      to={props.to ?? `/channels/${channel.id}`}
      before={<Avatar name={channel.title} url={channel.photoUrl} size={48} />}
      beforeSize={48}
      testId={`channel-${channel.id}`}
      title={<span className="listing-title">{channel.title}</span>}
      subtitle={
        <>
          <span className="listing-line">
            {members
              ? t("ads:members", { count: members.value, members: countText(members.value, language) })
              : t("ads:figures.membersUnknown")}
            {" · "}
            {views
              ? t("ads:viewsEach", { count: views.value, views: countText(views.value, language) })
              : t("ads:figures.viewsUnknown")}
          </span>
          <span className="ad-line">
            <span className="listing-price">
              {channel.priceFrom
                ? t("ads:priceFrom", { price: formatAmount(channel.priceFrom, language) })
                : t("ads:noSlots")}
            </span>
            <Rating rating={channel.rating} />
          </span>
          {props.below}
        </>
      }
    />
  );
}

/** Nothing when nobody has rated yet: silence is no bad mark. */
export function Rating({ rating }: { rating: ChannelCard["rating"] }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  if (rating.averageMilli === null) return null;
  const stars = starsText(rating.averageMilli, language);
  return (
    <span className="ad-rating">
      <Icon name="star" size={16} />
      <span className="visually-hidden">{t("ads:rating.of", { stars, count: rating.count })}</span>
      <span aria-hidden="true" className="tabular">
        {stars} <span className="hint">({rating.count})</span>
      </span>
    </span>
  );
}
