/** What the live list is narrowed to: a kind of help, a city, or a radius around where one is. */
import { type ReactNode, useId, useState } from "react";
import { Button } from "../../../../../kit/button.tsx";
import { Segmented } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import type { Filter } from "../queries.ts";
import { CategoryGrid } from "./category-grid.tsx";
import { CityField, HereCell } from "./city-field.tsx";

export const RADII = ["3", "10", "30", "100"] as const;

export function FilterSheet(props: {
  filter: Filter;
  onApply: (filter: Filter) => void;
  onClose: () => void;
}): ReactNode {
  const t = useWords();
  const categoryId = useId();
  const [filter, setFilter] = useState(props.filter);
  const [city, setCity] = useState(props.filter.city ?? "");
  return (
    <Sheet title={t("orders:filter.title")} onClose={props.onClose} testId="orders-filter">
      <Section header={t("orders:filter.where")}>
        {!filter.near && <CityField value={city} onChange={setCity} />}
        <HereCell
          point={filter.near}
          onFound={(near) => setFilter({ ...filter, near })}
          onClear={() => setFilter({ ...filter, near: null })}
        />
        {filter.near && (
          <div style={{ padding: 8 }}>
            <Segmented
              label={t("orders:filter.radius")}
              value={String(filter.radiusKm) as (typeof RADII)[number]}
              onChange={(radius) => setFilter({ ...filter, radiusKm: Number(radius) })}
              options={RADII.map((value) => ({ value, text: t("orders:filter.km", { km: value }) }))}
            />
          </div>
        )}
      </Section>
      <section className="section">
        <h3 className="section-header" id={categoryId}>
          {t("orders:form.category")}
        </h3>
        <CategoryGrid
          labelledBy={categoryId}
          chosen={filter.category ? [filter.category] : []}
          isMany
          onToggle={(category) =>
            setFilter({ ...filter, category: filter.category === category ? null : category })
          }
        />
      </section>
      <div className="sheet-actions">
        <Button onClick={() => props.onApply({ ...filter, city: filter.near ? null : city.trim() || null })}>
          {t("orders:filter.apply")}
        </Button>
        <Button
          look="plain"
          onClick={() => props.onApply({ category: null, city: null, near: null, radiusKm: 10 })}
        >
          {t("orders:filter.clear")}
        </Button>
      </div>
    </Sheet>
  );
}
