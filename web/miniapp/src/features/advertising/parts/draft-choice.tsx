/** With which draft of a campaign the post begins. Nothing where a campaign has none. */
import { type ReactNode, useId } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { ChoiceCell } from "../../../../../kit/list.tsx";
import { useCreatives } from "../queries.ts";

export function DraftChoice(props: {
  campaignId: string;
  chosen: string | null;
  onChoose: (id: string | null) => void;
}): ReactNode {
  const t = useWords();
  const headerId = useId();
  const drafts = useCreatives(props.campaignId).data?.items ?? [];
  if (drafts.length === 0) return null;
  return (
    <section className="section" data-testid="draft-choice">
      <h3 className="section-header" id={headerId}>
        {t("ads:accept.draft")}
      </h3>
      <div className="section-body" role="radiogroup" aria-labelledby={headerId}>
        {drafts.map(({ id, title }) => (
          <ChoiceCell
            key={id}
            title={title}
            isChosen={props.chosen === id}
            onChoose={() => props.onChoose(id)}
          />
        ))}
        <ChoiceCell
          title={t("ads:accept.noDraft")}
          isChosen={props.chosen === null}
          onChoose={() => props.onChoose(null)}
        />
      </div>
    </section>
  );
}
