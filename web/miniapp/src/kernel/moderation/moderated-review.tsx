import type { ReactNode } from "react";
import { useWords } from "../../../../kit/i18n.ts";
import { Stars } from "../../../../kit/stars.tsx";
import { DateText } from "../../../../kit/time-left.tsx";
import type { Moderated } from "./requests.ts";
import "../reviews/reviews.css";

/** A review as it was written, hidden or not, with its answer. */
export function ModeratedReview({ review }: { review: Moderated }): ReactNode {
  const t = useWords();
  return (
    <article className="review" aria-label={t("review:card.label", { name: review.writer.firstName })}>
      <p className="review-head">
        <b className="wrap">{nameOf(review.writer)}</b>
        <span className="hint small">
          <DateText at={review.createdAt} />
        </span>
      </p>
      <Stars value={review.stars} />
      {review.text && <p className="review-text wrap">{review.text}</p>}
      {review.hiddenWhy && (
        <p className="hint small">
          {t("moderation:hiddenWhy", { reason: t(`reviews:complaints.${review.hiddenWhy}`) })}
        </p>
      )}
      {review.answer && (
        <div className="review-answer">
          <b className="wrap">{nameOf(review.person)}</b>
          <p className="review-text wrap">{review.answer.text}</p>
        </div>
      )}
    </article>
  );
}

/** Moderators tell people apart by more than a first name. */
export const nameOf = ({ firstName, username }: Moderated["writer"]): string =>
  username ? `${firstName} @${username}` : firstName;
