/** Price, members and category, chosen together and shown at once. */
import { type ReactNode, useState } from "react";
import { parseAmount, scales, typedAmount } from "../../../../../kit/amount.ts";
import { Button } from "../../../../../kit/button.tsx";
import { Field } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { categories } from "../../../kernel/channel-categories.ts";
import { type Category, type Filter, noFilter } from "../queries.ts";

const plainOf = (minor: string | null, language: string): string =>
  minor === null ? "" : typedAmount(minor, scales.TON, language);

/** Typed limits as the API takes them; a field that is no number gives `undefined`. */
function limit(typed: string, parse: (text: string) => string | null): string | null | undefined {
  if (typed.trim() === "") return null;
  return parse(typed) ?? undefined;
}

const parseCount = (typed: string): string | null => {
  const digits = typed.replace(/[\s\u00a0\u202f.,]/g, "");
  return /^\d{1,10}$/.test(digits) ? String(Number(digits)) : null;
};

export function FilterSheet(props: {
  filter: Filter;
  onApply: (filter: Filter) => void;
  onClose: () => void;
}): ReactNode {
  const { filter, onApply, onClose } = props;
  const t = useWords();
  const language = useLanguage();
  const [category, setCategory] = useState<Category | null>(filter.category);
  const [typed, setTyped] = useState({
    priceMin: plainOf(filter.priceMin, language),
    priceMax: plainOf(filter.priceMax, language),
    membersMin: filter.membersMin ?? "",
    membersMax: filter.membersMax ?? "",
  });
  const parsePrice = (text: string) => parseAmount(text, scales.TON);
  const limits = {
    priceMin: limit(typed.priceMin, parsePrice),
    priceMax: limit(typed.priceMax, parsePrice),
    membersMin: limit(typed.membersMin, parseCount),
    membersMax: limit(typed.membersMax, parseCount),
  };
  const isWrong = Object.values(limits).includes(undefined);
  const field = (name: keyof typeof typed, keyboard: "decimal" | "numeric", suffix: string) => (
    <Field
      label={t(`market:filter.${name}`)}
      value={typed[name]}
      keyboard={keyboard}
      suffix={suffix}
      onChange={(value) => setTyped({ ...typed, [name]: value })}
      error={limits[name] === undefined ? t("market:filter.notNumber") : null}
    />
  );
  const apply = () => {
    const { priceMin = null, priceMax = null, membersMin = null, membersMax = null } = limits;
    onApply({ ...filter, category, priceMin, priceMax, membersMin, membersMax });
  };
  return (
    <Sheet title={t("market:filter.title")} onClose={onClose} testId="filter-sheet">
      <CategoryChoice chosen={category} onChoose={setCategory} />
      <Section header={t("market:filter.price")}>
        <div className="field-pair">
          {field("priceMin", "decimal", "GRAM")}
          {field("priceMax", "decimal", "GRAM")}
        </div>
      </Section>
      <Section header={t("market:filter.members")}>
        <div className="field-pair">
          {field("membersMin", "numeric", "")}
          {field("membersMax", "numeric", "")}
        </div>
      </Section>
      <div className="sheet-actions">
        <Button onClick={apply} isDisabled={isWrong}>
          {t("market:filter.apply")}
        </Button>
        <Button look="plain" onClick={() => onApply({ ...noFilter, q: filter.q, sort: filter.sort })}>
          {t("market:filter.clear")}
        </Button>
      </div>
    </Sheet>
  );
}

function CategoryChoice(props: {
  chosen: Category | null;
  onChoose: (category: Category | null) => void;
}): ReactNode {
  const t = useWords();
  return (
    <section className="section" aria-label={t("market:filter.category")}>
      <h3 className="section-header">{t("market:filter.category")}</h3>
      <div className="pill-grid">
        {categories.map((one) => (
          <button
            key={one}
            type="button"
            className="pill"
            aria-pressed={one === props.chosen}
            onClick={() => props.onChoose(one === props.chosen ? null : one)}
          >
            {t(`market:category.${one}`)}
          </button>
        ))}
      </div>
    </section>
  );
}
