/** The arbiter's desk: what is assigned to the reader, what is still to decide first. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen } from "../../../../kit/screen.tsx";
import { DealCell } from "../deals/deal-cell.tsx";
import { useBack } from "../navigation.ts";
import { useDesk } from "./queries.ts";

export default function DeskScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useDesk();
  return (
    <Screen title={t("arbiter:title")} lead={t("arbiter:lead")} onBack={back}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Placeholder icon="scales" title={t("arbiter:empty")} text={t("arbiter:emptyText")} />
          ) : (
            <>
              <Cases header={t("arbiter:waiting")} deals={items.filter(isWaiting)} />
              <Cases header={t("arbiter:decided")} deals={items.filter((deal) => !isWaiting(deal))} />
            </>
          )
        }
      </QueryView>
    </Screen>
  );
}

const isWaiting = (deal: Deal): boolean => deal.nextStep.actions.includes("resolve");

function Cases({ header, deals }: { header: string; deals: readonly Deal[] }): ReactNode {
  if (deals.length === 0) return null;
  return (
    <Section header={header}>
      {deals.map((deal) => (
        <DealCell key={deal.id} deal={deal} to={`/arbiter/${deal.id}`} />
      ))}
    </Section>
  );
}
