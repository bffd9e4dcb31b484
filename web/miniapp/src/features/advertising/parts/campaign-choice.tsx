import type { ReactNode } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { ChoiceCell } from "../../../../../kit/list.tsx";
import type { Campaign } from "../queries.ts";

/** Which campaign pays, if any: its budget is counted, its topics and its draft come along. */
export function CampaignChoice(props: {
  campaigns: readonly Campaign[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <section className="section">
      <h2 className="section-header" id="campaign-choice">
        {t("ads:make.campaign")}
      </h2>
      <div className="section-body" role="radiogroup" aria-labelledby="campaign-choice">
        {props.campaigns.map((campaign) => (
          <ChoiceCell
            key={campaign.id}
            title={campaign.title}
            subtitle={t("ads:campaign.free", { sum: formatAmount(campaign.budget.free, language) })}
            isChosen={props.chosen === campaign.id}
            onChoose={() => props.onChoose(campaign.id)}
          />
        ))}
        <ChoiceCell
          title={t("ads:make.noCampaign")}
          isChosen={props.chosen === null}
          onChoose={() => props.onChoose(null)}
        />
      </div>
    </section>
  );
}
