/** Ways to end a deal other than the agreed one: settle between the two, give up, or call the arbiter. Each says what it does. */
import type { ReactNode } from "react";
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";
import { serverNow } from "../../../../kit/clock.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon, type IconName } from "../../../../kit/icons.tsx";
import { Cell, Chip, Section } from "../../../../kit/list.tsx";
import { offeredBps } from "./agree-sheet.tsx";
import { endingActions } from "./card-actions.ts";
import type { Flow } from "./use-deal-flow.ts";

const icons: Partial<Record<DealAction, IconName>> = {
  release: "check",
  agree: "swap",
  refund: "back",
  dispute: "scales",
};

export function OtherEndings({ deal, flow }: { deal: Deal; flow: Flow }): ReactNode {
  const t = useWords();
  const shown = endingActions(deal);
  if (shown.length === 0) return null;
  const hasOffer = offeredBps(deal, serverNow()) !== null;
  return (
    <Section header={t("deal:endings.header")}>
      {shown.map((action) => (
        <Cell
          key={action}
          before={<Icon name={icons[action] ?? "next"} />}
          title={t(`deal:endings.${action}`)}
          subtitle={t(`deal:endings.${action}Text`, { context: deal.kind })}
          after={
            action === "agree" && hasOffer ? <Chip tone="waiting">{t("deal:endings.offer")}</Chip> : null
          }
          onClick={() => flow.start(action)}
          testId={`action-${action}`}
        />
      ))}
    </Section>
  );
}
