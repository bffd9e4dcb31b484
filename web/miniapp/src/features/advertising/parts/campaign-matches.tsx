/** Campaigns that one's channel would fit, with the reasons. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { QueryView, SkeletonRows } from "../../../../../kit/screen.tsx";
import { useCampaignMatches } from "../queries.ts";
import { CampaignCell } from "./campaign-cell.tsx";
import { More } from "./more.tsx";
import { Reasons } from "./reasons.tsx";

export function CampaignMatches({ channelId }: { channelId: string }): ReactNode {
  const t = useWords();
  const query = useCampaignMatches(channelId);
  return (
    <QueryView
      query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
      skeleton={<SkeletonRows rows={2} avatar={48} />}
    >
      {(items) => (
        <>
          <Section
            header={t("ads:matches.campaigns")}
            footer={t("ads:matches.campaignsFooter")}
            testId="campaign-matches"
          >
            {items.map(({ campaign, reasons }) => (
              <CampaignCell key={campaign.id} campaign={campaign} below={<Reasons reasons={reasons} />} />
            ))}
            {items.length === 0 && (
              <Cell title={t("ads:matches.none")} subtitle={t("ads:matches.noneText")} />
            )}
          </Section>
          <More query={query} />
        </>
      )}
    </QueryView>
  );
}
