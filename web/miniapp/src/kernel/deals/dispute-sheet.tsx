/** Opening a dispute: why, and in one's own words. Both are shown to the other side and to the arbiter. */
import { type ReactNode, useState } from "react";
import type { z } from "zod";
import type { Deal, disputeReason } from "../../../../../server/src/kernel/deals/shapes.ts";
import { Button } from "../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { ChoiceCell, Section } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { useClosingConfirmation } from "../../../../kit/telegram.ts";
import { duration } from "../../../../kit/time.ts";
import type { Flow } from "./use-deal-flow.ts";

type Reason = z.infer<typeof disputeReason>;
const reasons: Record<"buyer" | "seller" | "arbiter", readonly Reason[]> = {
  buyer: ["not_delivered", "not_as_described", "channel_changed", "access_lost", "other"],
  seller: ["access_lost", "channel_changed", "other"],
  arbiter: ["other"],
};
const TEXT_MIN = 10;

export function DisputeSheet({ deal, flow }: { deal: Deal; flow: Flow }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const [reason, setReason] = useState<Reason | null>(null);
  const [text, setText] = useState("");
  const [isChecked, setChecked] = useState(false);
  useClosingConfirmation(text.length > 0);
  const isTooShort = text.trim().length < TEXT_MIN;
  const submit = () => {
    setChecked(true);
    if (reason && !isTooShort) flow.run("dispute", { reason, text });
    else focusFirstError();
  };
  return (
    <Sheet title={t("deal:dispute.title")} onClose={flow.close} testId="dispute-sheet">
      <p className="screen-lead">
        {t("deal:dispute.lead", { time: duration(deal.terms.arbiterSeconds, language) })}
      </p>
      <section className="section">
        <h3 className="section-header" id="dispute-reason">
          {t("deal:dispute.reason")}
        </h3>
        <div className="section-body" role="radiogroup" aria-labelledby="dispute-reason">
          {reasons[deal.role].map((one) => (
            <ChoiceCell
              key={one}
              title={t(`deal:dispute.reasons.${one}`, { context: deal.kind })}
              isChosen={reason === one}
              onChoose={() => setReason(one)}
            />
          ))}
        </div>
        {isChecked && !reason && (
          <p className="section-footer field-error" role="alert">
            {t("deal:dispute.reasonMissing")}
          </p>
        )}
      </section>
      <Section footer={t("deal:dispute.footer")}>
        <Field
          label={t("deal:dispute.text")}
          placeholder={t("deal:dispute.placeholder")}
          lines="many"
          value={text}
          max={2000}
          onChange={setText}
          error={isChecked && isTooShort ? t("deal:dispute.tooShort", { count: TEXT_MIN }) : null}
        />
      </Section>
      <div className="sheet-actions">
        <Button onClick={submit} isLoading={flow.isPending}>
          {t("deal:dispute.button")}
        </Button>
      </div>
    </Sheet>
  );
}
