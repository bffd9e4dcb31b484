/** Who reads the channel, what it costs and how it is rated, chosen together and shown at once. */
import { type ReactNode, useState } from "react";
import { Button } from "../../../../../kit/button.tsx";
import { Field } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { categories } from "../../../kernel/channel-categories.ts";
import { priceTyped, typedCount, typedPrice } from "../drafts/typed.ts";
import { languageName, languages, starsText } from "../names.ts";
import { type ChannelFilter, noChannelFilter } from "../queries.ts";
import { OnePill } from "./pills.tsx";

const ratings = ["4000", "4500", "4800"] as const;
const asText = (typed: string): string | null | undefined => {
  const count = typedCount(typed);
  return count === null || count === undefined ? count : String(count);
};

const limitsOf = (
  typed: Record<"membersMin" | "membersMax" | "viewsMin" | "priceMin" | "priceMax", string>,
) => ({
  membersMin: asText(typed.membersMin),
  membersMax: asText(typed.membersMax),
  viewsMin: asText(typed.viewsMin),
  priceMin: typedPrice(typed.priceMin),
  priceMax: typedPrice(typed.priceMax),
});

export function ChannelFilterSheet(props: {
  filter: ChannelFilter;
  onApply: (filter: ChannelFilter) => void;
  onClose: () => void;
}): ReactNode {
  const { filter } = props;
  const t = useWords();
  const language = useLanguage();
  const [draft, setDraft] = useState(filter);
  const [typed, setTyped] = useState({
    membersMin: filter.membersMin ?? "",
    membersMax: filter.membersMax ?? "",
    viewsMin: filter.viewsMin ?? "",
    priceMin: priceTyped(filter.priceMin, language),
    priceMax: priceTyped(filter.priceMax, language),
  });
  const limits = limitsOf(typed);
  const isWrong = Object.values(limits).includes(undefined);
  const field = (name: keyof typeof typed, suffix = "") => (
    <Field
      label={t(`ads:filter.${name}`)}
      value={typed[name]}
      keyboard={name.startsWith("price") ? "decimal" : "numeric"}
      suffix={suffix}
      onChange={(value) => setTyped({ ...typed, [name]: value })}
      error={limits[name] === undefined ? t("ads:problem.number") : null}
    />
  );
  const apply = () => {
    const {
      membersMin = null,
      membersMax = null,
      viewsMin = null,
      priceMin = null,
      priceMax = null,
    } = limits;
    props.onApply({ ...draft, membersMin, membersMax, viewsMin, priceMin, priceMax });
  };
  const clear = () => props.onApply({ ...noChannelFilter, q: filter.q, sort: filter.sort });
  return (
    <Sheet title={t("ads:filter.title")} onClose={props.onClose} testId="filter-sheet">
      <Section header={t("ads:filter.members")}>
        <div className="field-pair">
          {field("membersMin")}
          {field("membersMax")}
        </div>
        {field("viewsMin")}
      </Section>
      <Section header={t("ads:filter.price")}>
        <div className="field-pair">
          {field("priceMin", "GRAM")}
          {field("priceMax", "GRAM")}
        </div>
      </Section>
      <Choices draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
      <div className="sheet-actions">
        <Button onClick={apply} isDisabled={isWrong}>
          {t("ads:filter.apply")}
        </Button>
        <Button look="plain" onClick={clear}>
          {t("ads:filter.clear")}
        </Button>
      </div>
    </Sheet>
  );
}

function Choices(props: {
  draft: ChannelFilter;
  onChange: (part: Partial<ChannelFilter>) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const t = useWords();
  const language = useLanguage();
  return (
    <>
      <OnePill
        header={t("ads:filter.rating")}
        options={ratings}
        nameOf={(milli) => t("ads:filter.ratingFrom", { stars: starsText(Number(milli), language) })}
        chosen={ratings.find((one) => Number(one) === draft.ratingMin) ?? null}
        isOptional
        onChange={(milli) => onChange({ ratingMin: milli && Number(milli) })}
      />
      <OnePill
        header={t("ads:filter.language")}
        options={languages}
        nameOf={(code) => languageName(t, code, language)}
        chosen={draft.language}
        isOptional
        onChange={(chosen) => onChange({ language: chosen })}
      />
      <OnePill
        header={t("ads:filter.category")}
        options={categories}
        nameOf={(one) => t(`ads:category.${one}`)}
        chosen={draft.category}
        isOptional
        onChange={(category) => onChange({ category })}
      />
    </>
  );
}
