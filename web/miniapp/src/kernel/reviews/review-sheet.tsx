/** Writing a review: stars first, words if one likes. Whom and what it is about, and where it is sent, is the caller's. */
import { type ReactNode, useState } from "react";
import { Button } from "../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../kit/form.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { StarsInput } from "../../../../kit/stars.tsx";
import { useClosingConfirmation } from "../../../../kit/telegram.ts";
import type { Written } from "./requests.ts";

const TEXT_MAX = 1000;

export interface ReviewSheetProps {
  /** Says whom: "Rate Anna". */
  title: string;
  lead?: ReactNode;
  isPending: boolean;
  onSend: (review: Written) => void;
  onClose: () => void;
}

export function ReviewSheet(props: ReviewSheetProps): ReactNode {
  const t = useWords();
  const [stars, setStars] = useState<number | null>(null);
  const [text, setText] = useState("");
  const [isChecked, setChecked] = useState(false);
  useClosingConfirmation(text.length > 0);
  const submit = () => {
    setChecked(true);
    if (stars === null) focusFirstError();
    else props.onSend({ stars, text });
  };
  return (
    <Sheet title={props.title} onClose={props.onClose} testId="review-sheet">
      {props.lead && <p className="screen-lead">{props.lead}</p>}
      <Section label={t("review:write.stars")}>
        <StarsInput label={t("review:write.stars")} value={stars} onChange={setStars} />
      </Section>
      {isChecked && stars === null && (
        <p className="review-missing field-error" role="alert">
          {t("review:write.starsMissing")}
        </p>
      )}
      <Section footer={t("review:write.footer")}>
        <Field
          label={t("review:write.text")}
          placeholder={t("review:write.placeholder")}
          lines="many"
          max={TEXT_MAX}
          value={text}
          onChange={setText}
        />
      </Section>
      <div className="sheet-actions">
        <Button onClick={submit} isLoading={props.isPending}>
          {t("review:write.send")}
        </Button>
      </div>
    </Sheet>
  );
}
