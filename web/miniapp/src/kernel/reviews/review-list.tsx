/** Reviews with their answers, and what the reader may do with each. */
import { type ReactNode, useState } from "react";
import type { Review } from "../../../../../server/src/kernel/reviews/shapes.ts";
import { useNow } from "../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { isSignedIn } from "../../../../kit/reader.ts";
import { Stars } from "../../../../kit/stars.tsx";
import { dateTime } from "../../../../kit/time.ts";
import { DateText } from "../../../../kit/time-left.tsx";
import { AnswerSheet } from "./answer-sheet.tsx";
import { ComplaintSheet } from "./complaint-sheet.tsx";
import { type Reported, sendReport, useReviewChange } from "./requests.ts";
import "./reviews.css";

/** All of the server's, which are checked by types: their shape would bring all of validation with it. */
const reportReasons = Object.keys({
  insult: 1,
  false: 1,
  personal_data: 1,
  spam: 1,
  other: 1,
} satisfies Record<Reported["reason"], 1>) as Reported["reason"][];

type Open = { review: Review; what: "answer" | "review" | "reply" } | null;

export function ReviewList(props: {
  reviews: readonly Review[];
  header?: string;
  footer?: ReactNode;
}): ReactNode {
  const t = useWords();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Section
        {...(props.header ? { header: props.header } : { label: t("review:title") })}
        footer={props.footer}
        testId="reviews"
      >
        {props.reviews.map((review) => (
          <ReviewCard key={review.id} review={review} onOpen={(what) => setOpen({ review, what })} />
        ))}
      </Section>
      {open?.what === "reply" && <AnswerSheet review={open.review} onClose={close} />}
      {open && open.what !== "reply" && <ReportSheet review={open.review} part={open.what} onClose={close} />}
    </>
  );
}

function ReviewCard(props: {
  review: Review;
  onOpen: (what: "answer" | "review" | "reply") => void;
}): ReactNode {
  const t = useWords();
  const { review, onOpen } = props;
  const name = review.author.isMe ? t("review:card.me") : review.author.firstName;
  const mayReport = isSignedIn() && review.state === "shown";
  return (
    <article className="review" aria-label={t("review:card.label", { name })}>
      <p className="review-head">
        <b className="wrap">{name}</b>
        <span className="hint small">
          <DateText at={review.createdAt} />
        </span>
      </p>
      <Stars value={review.stars} />
      {review.text && <p className="review-text wrap">{review.text}</p>}
      <ReviewState review={review} />
      {review.answer && (
        <div className="review-answer">
          <p className="review-head">
            <b>{t("review:card.answerHead")}</b>
            <span className="hint small">
              <DateText at={review.answer.at} />
            </span>
          </p>
          <p className="review-text wrap">{review.answer.text}</p>
        </div>
      )}
      <p className="review-actions">
        {review.answerUntil && (
          <button type="button" className="text-button" onClick={() => onOpen("reply")}>
            {t(review.answer ? "review:card.change" : "review:card.answer")}
          </button>
        )}
        {mayReport && !review.author.isMe && (
          <button type="button" className="text-button" onClick={() => onOpen("review")}>
            {t("review:card.report")}
          </button>
        )}
        {mayReport && review.answer && !review.isAboutMe && (
          <button type="button" className="text-button" onClick={() => onOpen("answer")}>
            {t("review:card.reportAnswer")}
          </button>
        )}
      </p>
    </article>
  );
}

/** Why others do not see it. */
function ReviewState({ review }: { review: Review }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const now = useNow();
  if (review.state === "shown") return null;
  return (
    <p className="hint small">
      {review.state === "waiting"
        ? t("review:card.waiting", { date: dateTime(review.showAt ?? now, now, language) })
        : t("review:card.hidden", { reason: t(`reviews:complaints.${review.hiddenWhy ?? "other"}`) })}
    </p>
  );
}

function ReportSheet(props: { review: Review; part: "review" | "answer"; onClose: () => void }): ReactNode {
  const t = useWords();
  const { review, part, onClose } = props;
  const report = useReviewChange(
    (body: Reported) => sendReport(review.id, body),
    t("review:complaint.sent"),
    onClose,
  );
  return (
    <ComplaintSheet
      title={t(part === "review" ? "review:complaint.title" : "review:complaint.titleAnswer")}
      reasons={reportReasons.map((value) => ({ value, text: t(`reviews:complaints.${value}`) }))}
      isPending={report.isPending}
      onSend={(given) => report.mutate({ ...given, part })}
      onClose={onClose}
    />
  );
}
