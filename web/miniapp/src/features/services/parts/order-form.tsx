/** The one form of an order: what for, what happened, where, and how to be reached. */
import { type ReactNode, useId } from "react";
import { Field } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { PhotoPicker } from "../../../kernel/files/photo-picker.tsx";
import type { Photos } from "../../../kernel/files/use-photos.ts";
import { DESCRIPTION_MAX, DESCRIPTION_MIN, type Draft, type Wrong } from "../draft.ts";
import type { Category } from "../queries.ts";
import { CategoryGrid } from "./category-grid.tsx";
import { CityField, HereCell } from "./city-field.tsx";

export const PHOTOS_MAX = 5;

export interface Mistake {
  readonly at: Wrong;
  /** What the server said of it; null: the form's own words. */
  readonly text: string | null;
}

export function OrderForm(props: {
  draft: Draft;
  photos: Photos;
  mistake: Mistake | null;
  isCityFixed?: boolean;
  onChange: (part: Partial<Draft>) => void;
}): ReactNode {
  const { draft, photos, mistake, onChange } = props;
  const t = useWords();
  const wrong = (at: Wrong): string | null =>
    mistake?.at === at ? (mistake.text ?? t(`orders:form.wrong.${at}`)) : null;
  const short = DESCRIPTION_MIN - draft.description.trim().length;
  return (
    <>
      <Kind
        chosen={draft.category}
        wrong={wrong("category")}
        onChoose={(category) => onChange({ category })}
      />
      <Section header={t("orders:form.what")} footer={t("orders:form.whatFooter")}>
        <Field
          label={t("orders:form.description")}
          placeholder={t("orders:form.descriptionPlaceholder")}
          lines="many"
          max={DESCRIPTION_MAX}
          value={draft.description}
          onChange={(description) => onChange({ description })}
          error={wrong("description")}
          testId="description"
        />
        {draft.description !== "" && short > 0 && !wrong("description") && (
          <p className="field-hint">{t("orders:form.more", { count: short })}</p>
        )}
        <PhotoPicker photos={photos} max={PHOTOS_MAX} />
      </Section>
      <Section header={t("orders:form.where")} footer={t("orders:form.whereFooter")}>
        {props.isCityFixed ? (
          <p className="prose" data-testid="city-fixed">
            {draft.city}
          </p>
        ) : (
          <CityField value={draft.city} onChange={(city) => onChange({ city })} error={wrong("city")} />
        )}
        <HereCell
          point={draft.point}
          onFound={(point, city) => onChange(props.isCityFixed || !city ? { point } : { point, city })}
          onClear={() => onChange({ point: null })}
        />
      </Section>
      <Section header={t("orders:form.contact")} footer={t("orders:form.contactFooter")}>
        <Field
          label={t("orders:form.contactField")}
          placeholder="+7 900 000-00-00"
          max={64}
          value={draft.contact}
          onChange={(contact) => onChange({ contact })}
          error={wrong("contact")}
          testId="contact-field"
        />
      </Section>
    </>
  );
}

function Kind(props: {
  chosen: Category | null;
  wrong: string | null;
  onChoose: (category: Category) => void;
}): ReactNode {
  const t = useWords();
  const id = useId();
  return (
    <section className="section">
      <h2 className="section-header" id={id}>
        {t("orders:form.category")}
      </h2>
      <CategoryGrid labelledBy={id} chosen={props.chosen ? [props.chosen] : []} onToggle={props.onChoose} />
      {props.wrong && (
        <p className="section-footer field-error" role="alert" tabIndex={-1}>
          {props.wrong}
        </p>
      )}
    </section>
  );
}
