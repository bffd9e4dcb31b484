/** One placement, before, while and after it is a deal: the next step, the post, what was seen of it, the money. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Avatar } from "../../../../../kit/list.tsx";
import { QueryView, Screen } from "../../../../../kit/screen.tsx";
import { DateText } from "../../../../../kit/time-left.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { shortFormat } from "../names.ts";
import { CardSkeleton } from "../parts/card-skeleton.tsx";
import { CreativeSection } from "../parts/creative-section.tsx";
import { EvidenceRow } from "../parts/evidence-row.tsx";
import { PlacementCard } from "../parts/placement-card.tsx";
import { PlacementDeal } from "../parts/placement-deal.tsx";
import { usePlacementFlow } from "../parts/placement-flow.ts";
import { PlacementSheets } from "../parts/placement-sheets.tsx";
import { PostSection } from "../parts/post-section.tsx";
import { TermsSection } from "../parts/terms-section.tsx";
import { otherOf } from "../placement-words.ts";
import { type Placement, usePlacement } from "../queries.ts";

export default function PlacementScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = usePlacement(id);
  return (
    <Screen title={query.data?.channel.title ?? t("ads:placements.one")} isTitleHidden onBack={back}>
      <QueryView query={query} skeleton={<CardSkeleton />}>
        {(placement) =>
          placement.access !== "own" ? (
            <HelpersPart key={id} placement={placement} />
          ) : placement.dealStatus === null ? (
            <BeforeDeal key={id} placement={placement} />
          ) : (
            <PlacementDeal key={id} placement={placement} head={<PlacementHead placement={placement} />} />
          )
        }
      </QueryView>
    </Screen>
  );
}

function PlacementHead({ placement }: { placement: Placement }): ReactNode {
  const t = useWords();
  return (
    <div className="deal-head">
      <Avatar name={placement.channel.title} url={placement.channel.photoUrl} size={52} />
      <div className="cell-main">
        <p className="deal-head-title">{placement.channel.title}</p>
        <p className="cell-subtitle">
          {t(`ads:placements.head.${placement.role}`, { name: otherOf(placement).firstName })}
        </p>
        <p className="cell-subtitle tabular">
          {shortFormat(placement.format)} · <DateText at={placement.postAt} />
        </p>
      </div>
    </div>
  );
}

/** While the two agree on the post there is no money and no contract yet. */
function BeforeDeal({ placement }: { placement: Placement }): ReactNode {
  const flow = usePlacementFlow(placement);
  return (
    <>
      <PlacementHead placement={placement} />
      <PlacementCard placement={placement} flow={flow} sent={null} onPay={() => undefined} />
      <CreativeSection placement={placement} />
      <TermsSection
        terms={placement}
        hasMoney
        removal={{ isRemovedAfter: placement.isRemovedAfter, onChange: flow.setRemoval }}
      />
      <PlacementSheets placement={placement} flow={flow} />
    </>
  );
}

/** Who helps with the channel sees the post and what is to be done about it; the deal and its money are between the two. */
function HelpersPart({ placement }: { placement: Placement }): ReactNode {
  const flow = usePlacementFlow(placement);
  return (
    <>
      <PlacementHead placement={placement} />
      <PlacementCard placement={placement} flow={flow} sent={null} onPay={() => undefined} />
      <PostSection placement={placement} />
      <CreativeSection placement={placement} />
      <EvidenceRow placement={placement} />
      <TermsSection
        terms={placement}
        hasMoney={false}
        removal={{ isRemovedAfter: placement.isRemovedAfter, onChange: flow.setRemoval }}
      />
      <PlacementSheets placement={placement} flow={flow} />
    </>
  );
}
