import { type ReactNode, useState } from "react";
import { Button } from "../../../../../kit/button.tsx";
import { Field } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { categories } from "../../../kernel/channel-categories.ts";
import { priceTyped, typedPrice } from "../drafts/typed.ts";
import { formatKeys, languageName, languages } from "../names.ts";
import { type CampaignFilter, noCampaignFilter } from "../queries.ts";
import { OnePill } from "./pills.tsx";

/** What a publisher looks for: a subject and language like theirs, a format that they sell, a price that is worth it. */
export function CampaignFilterSheet(props: {
  filter: CampaignFilter;
  onApply: (filter: CampaignFilter) => void;
  onClose: () => void;
}): ReactNode {
  const { filter } = props;
  const t = useWords();
  const language = useLanguage();
  const [draft, setDraft] = useState(filter);
  const [price, setPrice] = useState(priceTyped(filter.priceMin, language));
  const priceMin = typedPrice(price);
  return (
    <Sheet title={t("ads:filter.title")} onClose={props.onClose} testId="filter-sheet">
      <Section header={t("ads:campaigns.pays")}>
        <Field
          label={t("ads:filter.priceMin")}
          keyboard="decimal"
          suffix="GRAM"
          value={price}
          onChange={setPrice}
          error={priceMin === undefined ? t("ads:problem.number") : null}
        />
      </Section>
      <OnePill
        header={t("ads:format.header")}
        options={formatKeys}
        nameOf={(key) => (key === "custom" ? t("ads:format.custom") : key)}
        chosen={draft.format}
        isOptional
        onChange={(format) => setDraft({ ...draft, format })}
      />
      <OnePill
        header={t("ads:filter.language")}
        options={languages}
        nameOf={(code) => languageName(t, code, language)}
        chosen={draft.language}
        isOptional
        onChange={(chosen) => setDraft({ ...draft, language: chosen })}
      />
      <OnePill
        header={t("ads:filter.category")}
        options={categories}
        nameOf={(one) => t(`ads:category.${one}`)}
        chosen={draft.category}
        isOptional
        onChange={(category) => setDraft({ ...draft, category })}
      />
      <div className="sheet-actions">
        <Button
          onClick={() => props.onApply({ ...draft, priceMin: priceMin ?? null })}
          isDisabled={priceMin === undefined}
        >
          {t("ads:filter.apply")}
        </Button>
        <Button
          look="plain"
          onClick={() => props.onApply({ ...noCampaignFilter, q: filter.q, sort: filter.sort })}
        >
          {t("ads:filter.clear")}
        </Button>
      </div>
    </Sheet>
  );
}
