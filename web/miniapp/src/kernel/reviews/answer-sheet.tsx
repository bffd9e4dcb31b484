import { type ReactNode, useState } from "react";
import type { Review } from "../../../../../server/src/kernel/reviews/shapes.ts";
import { Button } from "../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../kit/form.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { useClosingConfirmation } from "../../../../kit/telegram.ts";
import { sendAnswer, useReviewChange } from "./requests.ts";

const TEXT_MAX = 1000;

export function AnswerSheet({ review, onClose }: { review: Review; onClose: () => void }): ReactNode {
  const t = useWords();
  const before = review.answer?.text ?? "";
  const [text, setText] = useState(before);
  const [isChecked, setChecked] = useState(false);
  useClosingConfirmation(text !== before);
  const change = useReviewChange(
    (said: string) => sendAnswer(review.id, said),
    t("review:answer.sent"),
    onClose,
  );
  const isEmpty = text.trim() === "";
  const submit = () => {
    setChecked(true);
    if (isEmpty) focusFirstError();
    else change.mutate(text);
  };
  return (
    <Sheet title={t("review:answer.title")} onClose={onClose} testId="answer-sheet">
      <Section footer={t("review:answer.footer")}>
        <Field
          label={t("review:answer.text")}
          placeholder={t("review:answer.placeholder")}
          lines="many"
          max={TEXT_MAX}
          value={text}
          onChange={setText}
          error={isChecked && isEmpty ? t("review:answer.missing") : null}
        />
      </Section>
      <div className="sheet-actions">
        <Button onClick={submit} isLoading={change.isPending}>
          {t("review:answer.send")}
        </Button>
      </div>
    </Sheet>
  );
}
