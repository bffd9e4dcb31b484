import type { ReactNode } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { ChoiceCell } from "../../../../../kit/list.tsx";
import { longFormat, shortFormat } from "../names.ts";
import type { Slot } from "../queries.ts";

/** One of the channel's slots, or terms of one's own. */
export function SlotChoice(props: {
  slots: readonly Slot[];
  chosen: string | null;
  onChoose: (slot: Slot | null) => void;
}): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <section className="section">
      <h2 className="section-header" id="slot-choice">
        {t("ads:make.place")}
      </h2>
      <div className="section-body" role="radiogroup" aria-labelledby="slot-choice">
        {props.slots.map((slot) => (
          <ChoiceCell
            key={slot.id}
            title={`${shortFormat(slot.format)} · ${formatAmount(slot.price, language)}`}
            subtitle={longFormat(t, slot.format, language)}
            isChosen={props.chosen === slot.id}
            onChoose={() => props.onChoose(slot)}
          />
        ))}
        <ChoiceCell
          title={t("ads:make.ownTerms")}
          subtitle={t("ads:make.ownTermsText")}
          isChosen={props.chosen === null}
          onChoose={() => props.onChoose(null)}
        />
      </div>
    </section>
  );
}
