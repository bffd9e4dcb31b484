/** The moderator's desk: complaints in the order in which they came, and the reviews that were hidden. */
import { type ReactNode, useState } from "react";
import { Button } from "../../../../kit/button.tsx";
import { Segmented } from "../../../../kit/form.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../kit/screen.tsx";
import { useBack } from "../navigation.ts";
import { ComplaintCard } from "./complaint-card.tsx";
import { ModeratedReview } from "./moderated-review.tsx";
import { type Moderated, restore, useHiddenReviews, useModeration, useOpenComplaints } from "./requests.ts";

const lists = ["complaints", "hidden"] as const;

export default function ModerationScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [list, setList] = useState<(typeof lists)[number]>("complaints");
  return (
    <Screen title={t("moderation:title")} lead={t("moderation:lead")} onBack={back}>
      <div style={{ padding: "0 16px 16px" }}>
        <Segmented
          label={t("moderation:lists.label")}
          value={list}
          options={lists.map((value) => ({ value, text: t(`moderation:lists.${value}`) }))}
          onChange={setList}
        />
      </div>
      {list === "complaints" ? <OpenComplaints /> : <HiddenReviews />}
    </Screen>
  );
}

function OpenComplaints(): ReactNode {
  const t = useWords();
  const query = useOpenComplaints();
  return (
    <QueryView
      query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
      skeleton={<SkeletonRows rows={4} avatar={0} />}
    >
      {(complaints) =>
        complaints.length === 0 ? (
          <Placeholder icon="shield" title={t("moderation:empty")} text={t("moderation:emptyText")} />
        ) : (
          <>
            {complaints.map((complaint) => (
              <ComplaintCard key={complaint.id} complaint={complaint} />
            ))}
            <More query={query} />
          </>
        )
      }
    </QueryView>
  );
}

function HiddenReviews(): ReactNode {
  const t = useWords();
  const query = useHiddenReviews();
  return (
    <QueryView
      query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
      skeleton={<SkeletonRows rows={4} avatar={0} />}
    >
      {(reviews) =>
        reviews.length === 0 ? (
          <Placeholder
            icon="star"
            title={t("moderation:emptyHidden")}
            text={t("moderation:emptyHiddenText")}
          />
        ) : (
          <>
            {reviews.map((review) => (
              <HiddenReview key={review.id} review={review} />
            ))}
            <More query={query} />
          </>
        )
      }
    </QueryView>
  );
}

function HiddenReview({ review }: { review: Moderated }): ReactNode {
  const t = useWords();
  const back = useModeration(
    () => restore(review.id),
    t("moderation:restored"),
    () => undefined,
  );
  return (
    <Section label={t("review:card.label", { name: review.writer.firstName })}>
      <ModeratedReview review={review} />
      <Cell
        look="action"
        title={t("moderation:restore")}
        onClick={() => back.mutate(undefined)}
        isDisabled={back.isPending}
        testId="restore"
      />
    </Section>
  );
}

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

function More({ query }: { query: Pages }): ReactNode {
  const t = useWords();
  if (!query.hasNextPage) return null;
  return (
    <Button look="plain" isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {t("kit:more")}
    </Button>
  );
}
