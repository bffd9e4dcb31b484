import { type ReactNode, useState } from "react";
import type { Complaint } from "../../../../../server/src/kernel/reviews/shapes.ts";
import { Button } from "../../../../kit/button.tsx";
import { Field } from "../../../../kit/form.tsx";
import { hasWords, type Translate, useWords } from "../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { useFeatures } from "../feature.ts";
import { ModeratedReview, nameOf } from "./moderated-review.tsx";
import { type Decision, decide, useModeration } from "./requests.ts";

/** One complaint: who, about whom, what is said; and the two decisions. */
export function ComplaintCard({ complaint }: { complaint: Complaint }): ReactNode {
  const t = useWords();
  const [state, setState] = useState<Decision["state"] | null>(null);
  const features = useFeatures();
  const place = features.flatMap(({ disputes }) => disputes?.[complaint.subject.kind] ?? [])[0];
  const reason = `${complaint.market}:complaints.${complaint.reason}`;
  return (
    <Section header={hasWords(reason) ? t(reason) : complaint.reason} testId="complaint">
      {complaint.review && <ModeratedReview review={complaint.review} />}
      <Cell
        title={t("moderation:subject")}
        subtitle={subjectOf(t, complaint)}
        {...(place ? { to: place.replace(":id", complaint.subject.id), testId: "disputed" } : {})}
      />
      {complaint.text && <Cell title={t("moderation:said")} subtitle={complaint.text} />}
      <Cell title={t("moderation:from")} subtitle={nameOf(complaint.author)} />
      <Cell title={t("moderation:about")} subtitle={nameOf(complaint.person)} />
      <Cell look="danger" title={t("moderation:uphold")} onClick={() => setState("upheld")} testId="uphold" />
      <Cell
        look="action"
        title={t("moderation:dismiss")}
        onClick={() => setState("dismissed")}
        testId="dismiss"
      />
      {state && <DecideSheet complaint={complaint} state={state} onClose={() => setState(null)} />}
    </Section>
  );
}

const isAboutAnswer = ({ subject }: Complaint): boolean => subject.kind === "review_answer";

function subjectOf(t: Translate, complaint: Complaint): string {
  if (!complaint.review) return complaint.subject.title;
  return t(isAboutAnswer(complaint) ? "moderation:answer" : "moderation:review");
}

function whatFollows(complaint: Complaint, state: Decision["state"]): string {
  if (state === "dismissed") return "moderation:sheet.dismisses";
  if (!complaint.review) return "moderation:sheet.upholds";
  return isAboutAnswer(complaint) ? "moderation:sheet.hidesAnswer" : "moderation:sheet.hides";
}

function DecideSheet(props: {
  complaint: Complaint;
  state: Decision["state"];
  onClose: () => void;
}): ReactNode {
  const t = useWords();
  const { complaint, state, onClose } = props;
  const [note, setNote] = useState("");
  const decision = useModeration(
    (body: Decision) => decide(complaint.id, body),
    t("moderation:decided"),
    onClose,
  );
  return (
    <Sheet title={t(`moderation:sheet.${state}`)} onClose={onClose} testId="decide-sheet">
      <p className="screen-lead">{t(whatFollows(complaint, state))}</p>
      <Section>
        <Field label={t("moderation:sheet.note")} lines="many" max={1000} value={note} onChange={setNote} />
      </Section>
      <div className="sheet-actions">
        <Button onClick={() => decision.mutate({ state, note })} isLoading={decision.isPending}>
          {t("moderation:sheet.decide")}
        </Button>
      </div>
    </Sheet>
  );
}
