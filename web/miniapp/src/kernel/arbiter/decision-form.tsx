import { type ReactNode, useState } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { MainButton } from "../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../kit/form.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { useClosingConfirmation } from "../../../../kit/telegram.ts";
import { ShareSlider, SplitView } from "../deals/split-view.tsx";

const NOTE_MIN = 10;
const shares = [
  { word: "buyer", sellerBps: 0 },
  { word: "half", sellerBps: 5000 },
  { word: "seller", sellerBps: 10_000 },
] as const;

export function DecisionForm(props: {
  deal: Deal;
  onDecide: (decision: { sellerBps: number; note: string }) => void;
  isPaused: boolean;
}): ReactNode {
  const t = useWords();
  const [sellerBps, setSellerBps] = useState(props.deal.escrow.sellerBps);
  const [note, setNote] = useState("");
  const [isChecked, setChecked] = useState(false);
  useClosingConfirmation(note.length > 0);
  const isTooShort = note.trim().length < NOTE_MIN;
  const decide = () => {
    setChecked(true);
    if (isTooShort) focusFirstError();
    else props.onDecide({ sellerBps, note });
  };
  return (
    <Section header={t("arbiter:decision")} testId="decision">
      <ShareSlider
        kind={props.deal.kind}
        sellerBps={sellerBps}
        onChange={setSellerBps}
        label={t("arbiter:slider")}
      />
      <div className="pills" style={{ paddingBottom: 8, justifyContent: "safe center" }}>
        {shares.map(({ word, sellerBps: share }) => (
          <button
            key={word}
            type="button"
            className="pill is-quiet"
            aria-pressed={share === sellerBps}
            onClick={() => setSellerBps(share)}
          >
            {t(`arbiter:quick.${word}`)}
          </button>
        ))}
      </div>
      <SplitView deal={props.deal} sellerBps={sellerBps} />
      <Field
        label={t("arbiter:note")}
        placeholder={t("arbiter:notePlaceholder")}
        lines="many"
        max={2000}
        value={note}
        onChange={setNote}
        error={isChecked && isTooShort ? t("arbiter:noteTooShort", { count: NOTE_MIN }) : null}
      />
      <MainButton text={t("arbiter:decide")} onClick={decide} isEnabled={!props.isPaused} />
    </Section>
  );
}
