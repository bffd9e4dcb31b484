/** What others say of one person or channel: the average, and every review with its answer. */
import type { ReactNode } from "react";
import { Button } from "../../../../kit/button.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../kit/screen.tsx";
import { RatingText } from "../../../../kit/stars.tsx";
import { useBack } from "../navigation.ts";
import { useReviews } from "./requests.ts";
import { ReviewList } from "./review-list.tsx";

export default function ReviewsScreen({ kind, id }: { kind: string; id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useReviews({ kind: kind === "channel" ? "channel" : "user", id });
  const rating = query.data?.pages[0]?.rating;
  return (
    <Screen
      title={t("review:title")}
      lead={rating && rating.count > 0 && <RatingText rating={rating} />}
      onBack={back}
    >
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        skeleton={<SkeletonRows rows={3} avatar={0} />}
      >
        {(reviews) =>
          reviews.length === 0 ? (
            <Placeholder icon="star" title={t("review:empty")} text={t("review:emptyText")} />
          ) : (
            <>
              <ReviewList reviews={reviews} />
              {query.hasNextPage && (
                <Button
                  look="plain"
                  isLoading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t("kit:more")}
                </Button>
              )}
            </>
          )
        }
      </QueryView>
    </Screen>
  );
}
