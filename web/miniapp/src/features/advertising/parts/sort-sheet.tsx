import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { ChoiceCell } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";

export function SortSheet<T extends string>(props: {
  sorts: readonly T[];
  chosen: T;
  onChoose: (sort: T) => void;
  onClose: () => void;
}): ReactNode {
  const t = useWords();
  const nameOf = (sort: string) => t(`ads:sort.${sort}`);
  return (
    <Sheet title={t("ads:sort.title")} onClose={props.onClose}>
      <section className="section">
        <div className="section-body" role="radiogroup" aria-label={t("ads:sort.title")}>
          {props.sorts.map((sort) => (
            <ChoiceCell
              key={sort}
              title={nameOf(sort)}
              isChosen={props.chosen === sort}
              onChoose={() => props.onChoose(sort)}
            />
          ))}
        </div>
      </section>
    </Sheet>
  );
}
