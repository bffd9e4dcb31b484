/** The offers on one's campaign: those that await one's word first. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { QueryView, SkeletonRows } from "../../../../../kit/screen.tsx";
import { isMyTurn } from "../offer-words.ts";
import { useCampaignOffers } from "../queries.ts";
import { More } from "./more.tsx";
import { OfferCell } from "./offer-cell.tsx";

export function CampaignOffers({ campaignId }: { campaignId: string }): ReactNode {
  const t = useWords();
  const query = useCampaignOffers(campaignId);
  return (
    <QueryView
      query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
      skeleton={<SkeletonRows rows={2} avatar={48} />}
    >
      {(items) => (
        <>
          <Section header={t("ads:offers.title")} testId="campaign-offers">
            {items
              .toSorted((a, b) => Number(isMyTurn(b)) - Number(isMyTurn(a)))
              .map((offer) => (
                <OfferCell key={offer.id} offer={offer} />
              ))}
            {items.length === 0 && (
              <Cell title={t("ads:campaign.noOffers")} subtitle={t("ads:campaign.noOffersText")} />
            )}
          </Section>
          <More query={query} />
        </>
      )}
    </QueryView>
  );
}
