/** The head of a list: what is looked for, how it is narrowed, in which order. */
import type { ReactNode } from "react";
import { SearchField } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";

export function SearchHead(props: {
  label: string;
  typed: string;
  onType: (typed: string) => void;
  /** How many filters are on. */
  count: number;
  onFilter: () => void;
  sort: string;
  onSort: () => void;
}): ReactNode {
  const t = useWords();
  return (
    <>
      <SearchField
        label={props.label}
        clearLabel={t("kit:clear")}
        value={props.typed}
        onChange={props.onType}
      />
      <div className="pills">
        <button type="button" className={props.count > 0 ? "pill is-on" : "pill"} onClick={props.onFilter}>
          <Icon name="filter" size={20} />
          {t("ads:filter.title")}
          {props.count > 0 && <span className="tabular">{props.count}</span>}
        </button>
        <button type="button" className="pill" onClick={props.onSort}>
          <Icon name="sort" size={20} />
          {t(`ads:sort.${props.sort}`)}
        </button>
      </div>
    </>
  );
}
