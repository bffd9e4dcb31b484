/** The kinds of help as tiles: one of them, or several. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { haptics } from "../../../../../kit/telegram.ts";
import { categories } from "../categories.ts";
import type { Category } from "../queries.ts";
import "../services.css";
import { CategoryIcon } from "./category-icon.tsx";

export function CategoryGrid(props: {
  labelledBy: string;
  chosen: readonly Category[];
  isMany?: boolean;
  onToggle: (category: Category) => void;
}): ReactNode {
  const t = useWords();
  return (
    <Group isMany={props.isMany ?? false} labelledBy={props.labelledBy}>
      {categories.map((category) => {
        const isOn = props.chosen.includes(category);
        const state = props.isMany ? { "aria-pressed": isOn } : { role: "radio", "aria-checked": isOn };
        return (
          <button
            key={category}
            type="button"
            className="category-tile"
            {...state}
            data-testid={`category-${category}`}
            onClick={() => {
              haptics.selection();
              props.onToggle(category);
            }}
          >
            <CategoryIcon category={category} size={28} />
            {t(`services:categories.${category}`)}
          </button>
        );
      })}
    </Group>
  );
}

function Group(props: { isMany: boolean; labelledBy: string; children: ReactNode }): ReactNode {
  return props.isMany ? (
    <section className="category-grid" aria-labelledby={props.labelledBy}>
      {props.children}
    </section>
  ) : (
    <div className="category-grid" role="radiogroup" aria-labelledby={props.labelledBy}>
      {props.children}
    </div>
  );
}
