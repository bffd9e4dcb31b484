/** A complaint: one of a fixed list of reasons, words if one likes. The list and where it is sent is the caller's. */
import { type ReactNode, useId, useState } from "react";
import { Button } from "../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../kit/form.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { ChoiceCell, Section } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { useClosingConfirmation } from "../../../../kit/telegram.ts";

const TEXT_MAX = 1000;

export interface ComplaintSheetProps<R extends string> {
  title: string;
  lead?: ReactNode;
  reasons: readonly { value: R; text: string }[];
  isPending: boolean;
  onSend: (complaint: { reason: R; text: string }) => void;
  onClose: () => void;
}

export function ComplaintSheet<R extends string>(props: ComplaintSheetProps<R>): ReactNode {
  const t = useWords();
  const reasonId = useId();
  const [reason, setReason] = useState<R | null>(null);
  const [text, setText] = useState("");
  const [isChecked, setChecked] = useState(false);
  useClosingConfirmation(text.length > 0);
  const submit = () => {
    setChecked(true);
    if (reason === null) focusFirstError();
    else props.onSend({ reason, text });
  };
  return (
    <Sheet title={props.title} onClose={props.onClose} testId="complaint-sheet">
      {props.lead && <p className="screen-lead">{props.lead}</p>}
      <section className="section">
        <h3 className="section-header" id={reasonId}>
          {t("review:complaint.reason")}
        </h3>
        <div className="section-body" role="radiogroup" aria-labelledby={reasonId}>
          {props.reasons.map((one) => (
            <ChoiceCell
              key={one.value}
              title={one.text}
              isChosen={reason === one.value}
              onChoose={() => setReason(one.value)}
            />
          ))}
        </div>
      </section>
      {isChecked && reason === null && (
        <p className="review-missing field-error" role="alert">
          {t("review:complaint.reasonMissing")}
        </p>
      )}
      <Section footer={t("review:complaint.footer")}>
        <Field
          label={t("review:complaint.text")}
          placeholder={t("review:complaint.placeholder")}
          lines="many"
          max={TEXT_MAX}
          value={text}
          onChange={setText}
        />
      </Section>
      <div className="sheet-actions">
        <Button onClick={submit} isLoading={props.isPending}>
          {t("review:complaint.send")}
        </Button>
      </div>
    </Sheet>
  );
}
