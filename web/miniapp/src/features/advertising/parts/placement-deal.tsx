/** A placement that is a deal: the same card and money as any deal, with the post and its evidence between. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { QueryView } from "../../../../../kit/screen.tsx";
import { DealContract, DealDeadlines, DealMoney, DealParties } from "../../../kernel/deals/deal-facts.tsx";
import { DealFlow } from "../../../kernel/deals/deal-flow.tsx";
import { DealDispute, DealOutcome } from "../../../kernel/deals/deal-outcome.tsx";
import { DealReviews } from "../../../kernel/deals/deal-reviews.tsx";
import { DealTimeline } from "../../../kernel/deals/deal-timeline.tsx";
import { OtherEndings } from "../../../kernel/deals/other-endings.tsx";
import { useDealFlow } from "../../../kernel/deals/use-deal-flow.ts";
import { useDeal } from "../../../kernel/queries.ts";
import type { Placement } from "../queries.ts";
import { CardSkeleton } from "./card-skeleton.tsx";
import { CreativeSection } from "./creative-section.tsx";
import { EvidenceRow } from "./evidence-row.tsx";
import { PlacementCard } from "./placement-card.tsx";
import { usePlacementFlow } from "./placement-flow.ts";
import { PlacementSheets } from "./placement-sheets.tsx";
import { PostSection } from "./post-section.tsx";
import { ProRata } from "./pro-rata.tsx";
import { TermsSection } from "./terms-section.tsx";

export function PlacementDeal({ placement, head }: { placement: Placement; head: ReactNode }): ReactNode {
  const query = useDeal(placement.id);
  return (
    <QueryView query={query} skeleton={<CardSkeleton />}>
      {(deal) => <Parts placement={placement} deal={deal} head={head} />}
    </QueryView>
  );
}

function Parts({ placement, deal, head }: { placement: Placement; deal: Deal; head: ReactNode }): ReactNode {
  const t = useWords();
  const flow = usePlacementFlow(placement);
  const dealFlow = useDealFlow(deal);
  return (
    <>
      {head}
      <PlacementCard
        placement={placement}
        flow={flow}
        sent={dealFlow.sent}
        onPay={() => dealFlow.start("pay")}
      />
      {deal.outcome && <DealOutcome deal={deal} outcome={deal.outcome} />}
      <ProRata placement={placement} deal={deal} />
      <DealReviews deal={deal} />
      {deal.dispute && <DealDispute dispute={deal.dispute} deal={deal} />}
      <PostSection placement={placement} />
      <CreativeSection placement={placement} />
      <DealTimeline deal={deal} />
      <EvidenceRow placement={placement} />
      <TermsSection
        terms={placement}
        hasMoney={false}
        removal={{ isRemovedAfter: placement.isRemovedAfter, onChange: null }}
      />
      <DealMoney deal={deal} />
      <OtherEndings deal={deal} flow={dealFlow} />
      <DealParties deal={deal} />
      <DealDeadlines deal={deal} />
      <DealContract deal={deal} />
      {deal.escrow.state !== "Init" && (
        <Section>
          <Cell
            before={<Icon name="receipt" />}
            title={t("deal:receipt.open")}
            to={`/deals/${deal.id}/receipt`}
          />
        </Section>
      )}
      <PlacementSheets placement={placement} flow={flow} />
      <DealFlow flow={dealFlow} deal={deal} />
    </>
  );
}
