/** One's own campaigns in every state, and beginning another. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { MainButton } from "../../../../../kit/button.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { CampaignCell } from "../parts/campaign-cell.tsx";
import { More } from "../parts/more.tsx";
import { useOwnCampaigns } from "../queries.ts";

export default function OwnCampaignsScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const query = useOwnCampaigns();
  return (
    <Screen title={t("ads:campaigns.mine")} onBack={back} hasMainButton>
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        skeleton={<SkeletonRows rows={4} avatar={48} />}
      >
        {(items) =>
          items.length === 0 ? (
            <Placeholder
              icon="deals"
              title={t("ads:campaigns.mineEmpty")}
              text={t("ads:campaigns.mineEmptyText")}
            />
          ) : (
            <>
              <Section label={t("ads:campaigns.mine")} testId="own-campaigns">
                {items.map((campaign) => (
                  <CampaignCell key={campaign.id} campaign={campaign} />
                ))}
              </Section>
              <More query={query} />
            </>
          )
        }
      </QueryView>
      <MainButton text={t("ads:campaign.new")} onClick={() => navigate("/ads/campaigns/new")} />
    </Screen>
  );
}
