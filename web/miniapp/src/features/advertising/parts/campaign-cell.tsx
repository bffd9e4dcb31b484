/** A campaign in a list: what it is about, what it pays, how much of its budget is left. */
import type { ReactNode } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Avatar, Cell, Chip, type Tone } from "../../../../../kit/list.tsx";
import type { Campaign } from "../queries.ts";

export const campaignTones: Record<Campaign["status"], Tone> = {
  active: "done",
  paused: "waiting",
  ended: "quiet",
  deleted: "quiet",
};

/** On a narrow phone a large sum leaves its unit to the next line, rather than be cut inside it. */
const breakable = (sum: string): string => sum.replace(/\s(?=\p{L})/u, " ");

export function CampaignCell(props: { campaign: Campaign; below?: ReactNode }): ReactNode {
  const { campaign } = props;
  const t = useWords();
  const language = useLanguage();
  const { priceMax, budget, isMine, status } = campaign;
  return (
    <Cell
      to={`/campaigns/${campaign.id}`}
      before={<Avatar name={campaign.advertiser.firstName} url={campaign.advertiser.photoUrl} size={48} />}
      beforeSize={48}
      testId={`campaign-${campaign.id}`}
      title={<span className="listing-title">{campaign.title}</span>}
      subtitle={
        <>
          <span className="listing-line">
            {campaign.categories.map((one) => t(`ads:category.${one}`)).join(", ")} ·{" "}
            {campaign.formats.map((one) => (one === "custom" ? t("ads:format.custom") : one)).join(", ")}
          </span>
          <span className="listing-price">
            {priceMax
              ? t("ads:campaign.upTo", { price: breakable(formatAmount(priceMax, language)) })
              : t("ads:campaign.free", { sum: breakable(formatAmount(budget.free, language)) })}
          </span>
          {(isMine || status !== "active") && (
            <span className="chips">
              <Chip tone={campaignTones[status]}>{t(`ads:campaign.status.${status}`)}</Chip>
              {(campaign.openOffers ?? 0) > 0 && (
                <Chip tone="waiting">
                  <Icon name="inbox" size={16} />
                  {t("ads:own.offers", { count: campaign.openOffers ?? 0 })}
                </Chip>
              )}
            </span>
          )}
          {props.below}
        </>
      }
    />
  );
}
