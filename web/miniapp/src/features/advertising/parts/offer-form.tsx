/** The terms of an offer: how long, when, for how much, by whom it is posted. Used for the first word and for an answer. */
import type { ReactNode } from "react";
import type { FormatKey } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import { formatAmount, formatBps, splitOf } from "../../../../../kit/amount.ts";
import { MainButton } from "../../../../../kit/button.tsx";
import { serverNow } from "../../../../../kit/clock.ts";
import { Field, focusFirstError } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Section } from "../../../../../kit/list.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { config } from "../../../kernel/config.ts";
import type { OfferDraft, offerProblems } from "../drafts/offer-draft.ts";
import { localOf, soonest, typedPrice } from "../drafts/typed.ts";
import { topics } from "../names.ts";
import type { Slot } from "../queries.ts";
import { FormatField } from "./format-field.tsx";
import { MessageSection, PlacingSection } from "./offer-fields.tsx";
import { ManyPills } from "./pills.tsx";
import { WhenField } from "./when-field.tsx";

interface OfferFormProps {
  draft: OfferDraft;
  slot: Slot | null;
  /** Where only some are wanted. */
  formats?: readonly FormatKey[];
  problems: ReturnType<typeof offerProblems>;
  hasTopics: boolean;
  whatNext: string;
  button: string;
  isPending: boolean;
  onChange: (part: Partial<OfferDraft>) => void;
  /** False when something is wrong. */
  onSubmit: () => boolean;
}

export function OfferForm(props: OfferFormProps): ReactNode {
  const { draft, slot, problems, onChange } = props;
  const t = useWords();
  const language = useLanguage();
  useClosingConfirmation(draft.message !== "");
  const say = (name: string | undefined) =>
    name
      ? t(`ads:problem.${name}`, {
          min: formatAmount(config().priceMin, language),
          hours: Math.max(1, slot?.leadHours ?? 1),
        })
      : null;
  const submit = () => {
    if (props.onSubmit()) return;
    haptics.error();
    focusFirstError();
  };
  return (
    <>
      {slot === null && (
        <FormatField
          format={draft.format}
          {...(props.formats ? { options: props.formats } : {})}
          onChange={(format) => onChange({ format })}
          error={say(problems.format)}
        />
      )}
      <Section footer={t("ads:make.timeFooter")}>
        <WhenField
          kind="datetime-local"
          label={t("ads:make.postAt")}
          value={draft.postAt}
          min={localOf(soonest(serverNow(), Math.max(1, slot?.leadHours ?? 1)))}
          onChange={(postAt) => onChange({ postAt })}
          error={say(problems.time)}
          testId="post-at"
        />
      </Section>
      <PriceSection draft={draft} error={say(problems.price)} onChange={onChange} />
      {slot === null && <PlacingSection draft={draft} onChange={onChange} />}
      {props.hasTopics && (
        <ManyPills
          header={t("ads:make.topics")}
          footer={t("ads:make.topicsFooter")}
          error={say(problems.topics)}
          options={topics}
          nameOf={(one) => t(`ads:topic.${one}`)}
          chosen={draft.topics}
          onChange={(chosen) => onChange({ topics: chosen })}
        />
      )}
      <MessageSection draft={draft} onChange={onChange} />
      <Section>
        <div className="reassure" data-tone="safe">
          <Icon name="shield" />
          <span>{props.whatNext}</span>
        </div>
      </Section>
      <MainButton text={props.button} isLoading={props.isPending} onClick={submit} />
    </>
  );
}

/** With what the publisher will get in sight, and who bears the fee. */
function PriceSection(
  props: Pick<OfferFormProps, "draft" | "onChange"> & { error: string | null },
): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { feeBps } = config();
  const price = typedPrice(props.draft.price) ?? "0";
  const gets = formatAmount({ amount: splitOf(price, 10_000, feeBps).seller, asset: "TON" }, language);
  return (
    <Section footer={t("ads:make.priceFooter", { fee: formatBps(feeBps, language), gets })}>
      <Field
        label={t("ads:make.price")}
        placeholder="0"
        keyboard="decimal"
        isBig
        suffix="GRAM (ex-TON)"
        value={props.draft.price}
        max={24}
        onChange={(typed) => props.onChange({ price: typed })}
        error={props.error}
        testId="offer-price"
      />
    </Section>
  );
}
