/** One deal: the next-step card, the money, the timeline, and everything that was agreed. */
import type { ReactNode } from "react";
import { Redirect } from "wouter";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { fillPath } from "../../../../kit/deep-link.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Avatar, Cell, Section } from "../../../../kit/list.tsx";
import { QueryView, Screen, SkeletonRows } from "../../../../kit/screen.tsx";
import { useFeatures } from "../feature.ts";
import { useBack } from "../navigation.ts";
import { useDeal } from "../queries.ts";
import { DealCard } from "./deal-card.tsx";
import { DealContract, DealDeadlines, DealMoney, DealParties } from "./deal-facts.tsx";
import { DealFlow } from "./deal-flow.tsx";
import { DealDispute, DealOutcome } from "./deal-outcome.tsx";
import { DealReviews } from "./deal-reviews.tsx";
import { DealTimeline } from "./deal-timeline.tsx";
import { OtherEndings } from "./other-endings.tsx";
import { TransferGuide } from "./transfer-guide.tsx";
import { useDealFlow } from "./use-deal-flow.ts";

export function DealScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useDeal(id);
  const title = query.data?.subject.channelTitle ?? t("deal:title");
  return (
    <Screen title={title} isTitleHidden onBack={back}>
      <QueryView query={query} skeleton={<DealSkeleton />}>
        {(deal) => <DealOrOwnScreen deal={deal} />}
      </QueryView>
    </Screen>
  );
}

/** A market may have a screen of its own for its deals, with what is particular to them. */
function DealOrOwnScreen({ deal }: { deal: Deal }): ReactNode {
  const path = useFeatures().find(({ deals }) => deals?.[deal.kind])?.deals?.[deal.kind];
  return path ? <Redirect to={fillPath(path, { id: deal.id })} replace /> : <DealView deal={deal} />;
}

function DealView({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const flow = useDealFlow(deal);
  return (
    <>
      <DealHead deal={deal} />
      <DealCard deal={deal} flow={flow} />
      <TransferGuide deal={deal} />
      {deal.outcome && <DealOutcome deal={deal} outcome={deal.outcome} />}
      {deal.outcome && <DealReviews deal={deal} />}
      {deal.dispute && <DealDispute dispute={deal.dispute} deal={deal} />}
      <DealTimeline deal={deal} />
      <DealMoney deal={deal} />
      <OtherEndings deal={deal} flow={flow} />
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
      <DealFlow flow={flow} deal={deal} />
    </>
  );
}

function DealHead({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const { subject } = deal;
  const other = deal.role === "buyer" ? deal.seller : deal.buyer;
  return (
    <div className="deal-head">
      <Avatar name={subject.channelTitle} url={subject.photoUrl} size={52} />
      <div className="cell-main">
        <p className="deal-head-title">{subject.channelTitle}</p>
        <p className="cell-subtitle">{t(`deal:head.${deal.role}`, { name: other.firstName })}</p>
      </div>
    </div>
  );
}

function DealSkeleton(): ReactNode {
  return (
    <>
      <div className="deal-head">
        <span className="skeleton" style={{ width: 52, height: 52, borderRadius: 26 }} />
        <span className="skeleton" style={{ width: "50%", height: 20 }} />
      </div>
      <div className="section">
        <div className="section-body skeleton" style={{ height: 196, borderRadius: "var(--radius)" }} />
      </div>
      <SkeletonRows rows={3} avatar={16} />
    </>
  );
}
