/** An answer to an offer: other terms, or a no with a word to it. */
import { type ReactNode, useState } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { Button } from "../../../../../kit/button.tsx";
import { serverNow } from "../../../../../kit/clock.ts";
import { Field, focusFirstError } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { config } from "../../../kernel/config.ts";
import { type OfferDraft, offerProblems } from "../drafts/offer-draft.ts";
import { instantOf, localOf, priceTyped, typedPrice } from "../drafts/typed.ts";
import type { Offer } from "../queries.ts";
import { FormatField } from "./format-field.tsx";
import { MessageSection, PlacingSection } from "./offer-fields.tsx";
import { WhenField } from "./when-field.tsx";

interface Props {
  offer: Offer;
  isBusy: boolean;
  onClose: () => void;
  onSend: (body: object) => void;
}

export function AnswerSheet({ kind, ...props }: Props & { kind: "counter" | "reject" }): ReactNode {
  const t = useWords();
  return (
    <Sheet title={t(`ads:${kind}.title`)} onClose={props.onClose} testId={`${kind}-sheet`}>
      {kind === "counter" ? <Counter {...props} /> : <Reject {...props} />}
    </Sheet>
  );
}

function Reject({ isBusy, onSend }: Props): ReactNode {
  const t = useWords();
  const [message, setMessage] = useState("");
  return (
    <>
      <Section footer={t("ads:reject.footer")}>
        <Field
          label={t("ads:make.message")}
          placeholder={t("ads:reject.placeholder")}
          lines="many"
          value={message}
          max={1000}
          onChange={setMessage}
        />
      </Section>
      <div className="sheet-actions">
        <Button onClick={() => onSend({ message })} isLoading={isBusy} testId="send-reject">
          {t("ads:reject.button")}
        </Button>
      </div>
    </>
  );
}

/** The terms that stand, to be changed. */
const draftOf = (offer: Offer, language: string): OfferDraft => ({
  slotId: null,
  format: offer.terms.format,
  price: priceTyped(offer.terms.price.amount, language),
  postAt: localOf(offer.terms.postAt),
  isTopOfFeed: offer.terms.isTopOfFeed,
  postedBy: offer.terms.postedBy,
  campaignId: offer.campaign?.id ?? null,
  topics: [],
  message: "",
});

const termsOf = (draft: OfferDraft) => ({
  price: { amount: typedPrice(draft.price), asset: "TON" },
  format: draft.format,
  postAt: instantOf(draft.postAt),
  postedBy: draft.postedBy,
  isTopOfFeed: draft.isTopOfFeed,
  message: draft.message,
});

function Counter({ offer, isBusy, onSend }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const [draft, setDraft] = useState(() => draftOf(offer, language));
  const [isChecked, setChecked] = useState(false);
  const { priceMin } = config();
  const problems = offerProblems(draft, { nowMs: serverNow(), priceMin: priceMin.amount, slot: null });
  const say = (name: string | undefined) =>
    isChecked && name ? t(`ads:problem.${name}`, { min: formatAmount(priceMin, language), hours: 1 }) : null;
  const change = (part: Partial<OfferDraft>) => setDraft({ ...draft, ...part });
  const send = () => {
    setChecked(true);
    if (Object.keys(problems).length === 0) return onSend(termsOf(draft));
    haptics.error();
    focusFirstError();
  };
  return (
    <>
      <Section>
        <Field
          label={t("ads:make.price")}
          keyboard="decimal"
          isBig
          suffix="GRAM (ex-TON)"
          value={draft.price}
          max={24}
          onChange={(price) => change({ price })}
          error={say(problems.price)}
          testId="counter-price"
        />
        <WhenField
          kind="datetime-local"
          label={t("ads:make.postAt")}
          value={draft.postAt}
          onChange={(postAt) => change({ postAt })}
          error={say(problems.time)}
        />
      </Section>
      <FormatField
        format={draft.format}
        onChange={(format) => change({ format })}
        error={say(problems.format)}
      />
      <PlacingSection draft={draft} onChange={change} />
      <MessageSection draft={draft} onChange={change} />
      <p className="section-footer">{t("ads:counter.footer")}</p>
      <div className="sheet-actions">
        <Button onClick={send} isLoading={isBusy} testId="send-counter">
          {t("ads:counter.button")}
        </Button>
      </div>
    </>
  );
}
