import type { ReactNode } from "react";
import { Field } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { categories } from "../../../kernel/channel-categories.ts";
import { DESCRIPTION_MAX, type Draft, TITLE_MAX, textProblem } from "../draft.ts";

export function TextStep(props: {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  isChecked: boolean;
}): ReactNode {
  const { draft, onChange } = props;
  const t = useWords();
  const problem = props.isChecked ? textProblem(draft) : null;
  return (
    <>
      <Section footer={t("market:sell.textFooter")}>
        <Field
          label={t("market:sell.titleField")}
          lines="few"
          placeholder={draft.channel?.title ?? ""}
          value={draft.title}
          max={TITLE_MAX}
          onChange={(title) => onChange({ title })}
          error={problem === "title" ? t("market:sell.problem.title") : null}
        />
        <Field
          label={t("market:sell.description")}
          placeholder={t("market:sell.descriptionPlaceholder")}
          lines="many"
          value={draft.description}
          max={DESCRIPTION_MAX}
          onChange={(description) => onChange({ description })}
        />
      </Section>
      <section className="section">
        <h2 className="section-header" id="category">
          {t("market:filter.category")}
        </h2>
        <div className="pill-grid" role="radiogroup" aria-labelledby="category">
          {categories.map((one) => (
            // biome-ignore lint/a11y/useSemanticElements: a cloud of pills acts as radios.
            <button
              key={one}
              type="button"
              role="radio"
              className={one === draft.category ? "pill is-on" : "pill"}
              aria-checked={one === draft.category}
              onClick={() => {
                haptics.selection();
                onChange({ category: one });
              }}
            >
              {t(`market:category.${one}`)}
            </button>
          ))}
        </div>
        {problem === "category" && (
          <p className="section-footer field-error" role="alert">
            {t("market:sell.problem.category")}
          </p>
        )}
      </section>
    </>
  );
}
