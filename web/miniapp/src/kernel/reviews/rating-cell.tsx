import type { ReactNode } from "react";
import { useWords } from "../../../../kit/i18n.ts";
import { Cell } from "../../../../kit/list.tsx";
import { RatingText } from "../../../../kit/stars.tsx";
import { type About, useRating } from "./requests.ts";

/** A row with the average of a person or channel, and the way to all reviews. Nothing until it is known. */
export function RatingCell(props: {
  about: About;
  /** Says nothing of somebody without reviews. */
  isHiddenWhenNone?: boolean;
}): ReactNode {
  const { about, isHiddenWhenNone } = props;
  const t = useWords();
  const rating = useRating(about).data;
  if (!rating || (isHiddenWhenNone && rating.count === 0)) return null;
  return (
    <Cell
      title={t("review:title")}
      after={<RatingText rating={rating} />}
      testId="rating"
      {...(rating.count > 0 ? { to: `/reviews/${about.kind}/${about.id}` } : {})}
    />
  );
}
