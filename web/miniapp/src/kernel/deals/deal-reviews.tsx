/** What the two say of each other once the deal has paid out: neither sees the other's before writing. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { DealReviews as Reviews } from "../../../../../server/src/kernel/reviews/shapes.ts";
import { get, send } from "../../../../kit/api.ts";
import { useNow } from "../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../kit/list.tsx";
import { dateTime } from "../../../../kit/time.ts";
import { keys } from "../queries.ts";
import { useReviewChange, type Written } from "../reviews/requests.ts";
import { ReviewList } from "../reviews/review-list.tsx";
import { ReviewSheet } from "../reviews/review-sheet.tsx";

export function DealReviews({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({
    queryKey: [...keys.reviews, "deal", deal.id],
    queryFn: ({ signal }) => get<Reviews>(`/api/deals/${deal.id}/reviews`, {}, signal),
  });
  const review = useReviewChange(
    (body: Written) => send<Reviews>("POST", `/api/deals/${deal.id}/review`, body),
    t("review:write.sent"),
    () => setOpen(false),
  );
  if (!query.data?.until) return null;
  const { until, mayReview, reviews } = query.data;
  const name = (deal.role === "buyer" ? deal.seller : deal.buyer).firstName;
  const footer = t("deal:reviews.footer", { date: dateTime(until, now, language) });
  return (
    <>
      {reviews.length > 0 && <ReviewList header={t("deal:reviews.header")} reviews={reviews} />}
      {mayReview && (
        <Section {...(reviews.length === 0 ? { header: t("deal:reviews.header") } : {})} footer={footer}>
          <Cell
            look="action"
            before={<Icon name="star" />}
            title={t("deal:reviews.write")}
            onClick={() => setOpen(true)}
            testId="write-review"
          />
        </Section>
      )}
      {isOpen && (
        <ReviewSheet
          title={t("deal:reviews.title", { name })}
          lead={footer}
          isPending={review.isPending}
          onSend={(written) => review.mutate(written)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
