/** What a campaign is about and what it wants, as its readers see it. */
import type { ReactNode } from "react";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { date } from "../../../../../kit/time.ts";
import { countText, languageName } from "../names.ts";
import type { Campaign } from "../queries.ts";

export function CampaignFacts({ campaign }: { campaign: Campaign }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const any = t("ads:campaign.any");
  const day = (instant: string) => date(instant, serverNow(), language);
  const range = (min: number | null, max: number | null): string => {
    const [from, to] = [countText(min, language), countText(max, language)];
    if (from && to) return `${from} – ${to}`;
    if (from) return t("ads:campaign.from", { count: from });
    return to ? t("ads:campaign.to", { count: to }) : any;
  };
  return (
    <>
      <Section header={t("ads:campaign.brief")}>
        <p className="prose">{campaign.brief}</p>
      </Section>
      <Section header={t("ads:campaign.wanted")} testId="campaign-facts">
        {campaign.priceMax && (
          <Cell
            title={t("ads:campaign.priceMax")}
            after={<AmountText value={campaign.priceMax} />}
            isAfterStrong
          />
        )}
        {!campaign.isMine && (
          <Cell title={t("ads:budget.free")} after={<AmountText value={campaign.budget.free} />} />
        )}
        <Cell
          title={t("ads:campaign.formats")}
          after={campaign.formats.map((one) => (one === "custom" ? t("ads:format.custom") : one)).join(", ")}
        />
        <Cell
          title={t("ads:campaign.categories")}
          subtitle={campaign.categories.map((one) => t(`ads:category.${one}`)).join(", ")}
        />
        <Cell
          title={t("ads:campaign.languages")}
          after={campaign.languages.map((one) => languageName(t, one, language)).join(", ") || any}
        />
        <Cell title={t("ads:filter.members")} after={range(campaign.membersMin, campaign.membersMax)} />
        <Cell title={t("ads:figures.views")} after={range(campaign.viewsMin, null)} />
        <Cell
          title={t("ads:campaign.dates")}
          after={
            campaign.startsAt || campaign.endsAt
              ? [campaign.startsAt && day(campaign.startsAt), campaign.endsAt && day(campaign.endsAt)]
                  .map((one) => one || "…")
                  .join(" – ")
              : any
          }
        />
        {campaign.topics.length > 0 && (
          <Cell
            title={t("ads:make.topics")}
            subtitle={campaign.topics.map((one) => t(`ads:topic.${one}`)).join(", ")}
          />
        )}
      </Section>
      <LawFacts campaign={campaign} />
    </>
  );
}

function LawFacts({ campaign }: { campaign: Campaign }): ReactNode {
  const t = useWords();
  const { ad } = campaign;
  if (!ad) return null;
  return (
    <Section header={t("ads:law.header")} footer={t("ads:law.adPrivate")}>
      {(["erid", "advertiserName", "advertiserInn"] as const).map(
        (name) =>
          ad[name] && (
            <Cell
              key={name}
              title={t(`ads:law.${name}`)}
              subtitle={<span className="wrap">{ad[name]}</span>}
            />
          ),
      )}
    </Section>
  );
}
