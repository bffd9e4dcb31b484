/** Why a channel and a campaign fit each other, reason by reason. */
import type { ReactNode } from "react";
import type { MatchReason } from "../../../../../../server/src/markets/channels/advertising/campaigns/shapes.ts";
import { formatAmount } from "../../../../../kit/amount.ts";
import { type Translate, useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { countText, languageName, starsText } from "../names.ts";

export function Reasons({ reasons }: { reasons: readonly MatchReason[] }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  return (
    <span className="ad-reasons">
      {reasons.map((reason) => (
        <span className="ad-reason" key={reason.kind}>
          <Icon name="check" size={16} />
          <span>{reasonText(t, reason, language)}</span>
        </span>
      ))}
    </span>
  );
}

function reasonText(t: Translate, reason: MatchReason, language: string): string {
  const count = (value: number) => countText(value, language);
  switch (reason.kind) {
    case "category":
      return t("ads:reason.category", {
        categories: reason.categories.map((one) => t(`ads:category.${one}`)).join(", "),
      });
    case "language":
      return t(reason.isAny ? "ads:reason.anyLanguage" : "ads:reason.language", {
        language: languageName(t, reason.language, language),
      });
    case "audience":
      return t("ads:reason.audience", { members: count(reason.members) });
    case "views":
      return t("ads:reason.views", { views: count(reason.views) });
    case "price":
      return t("ads:reason.price", {
        price: formatAmount(reason.price, language),
        max: formatAmount(reason.max, language),
      });
    case "record":
      if (reason.averageMilli === null) return t("ads:reason.placements", { count: reason.placements });
      return t("ads:reason.rated", {
        stars: starsText(reason.averageMilli, language),
        count: reason.placements,
      });
  }
}
