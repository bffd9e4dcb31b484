/** Both sides may agree on any split: when both have signed the same share, the contract pays it at once. */
import { type ReactNode, useState } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { formatBps } from "../../../../kit/amount.ts";
import { Button } from "../../../../kit/button.tsx";
import { serverNow } from "../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Section } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { ShareSlider, SplitView } from "./split-view.tsx";
import type { Flow } from "./use-deal-flow.ts";

/** What the other side has signed and is still good; null when nothing. */
export function offeredBps(deal: Deal, nowMs: number): number | null {
  if (!deal.agreement) return null;
  const { buyerBps, buyerValidUntil, sellerBps, sellerValidUntil } = deal.agreement;
  const [bps, until] = deal.role === "buyer" ? [sellerBps, sellerValidUntil] : [buyerBps, buyerValidUntil];
  return bps !== null && until !== null && Date.parse(until) > nowMs ? bps : null;
}

export function AgreeSheet({ deal, flow }: { deal: Deal; flow: Flow }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const offered = offeredBps(deal, serverNow());
  const [sellerBps, setSellerBps] = useState(offered ?? 5000);
  const other = deal.role === "buyer" ? deal.seller.firstName : deal.buyer.firstName;
  const isSame = offered === sellerBps;
  return (
    <Sheet title={t("deal:agree.title")} onClose={flow.close} testId="agree-sheet">
      {offered !== null && (
        <Section>
          <div className="reassure" data-tone="waiting">
            <Icon name="swap" />
            <span>
              {t("deal:agree.offered", {
                name: other,
                share: formatBps(offered, language),
                context: deal.kind,
              })}
            </span>
          </div>
        </Section>
      )}
      <Section footer={t(isSame ? "deal:agree.sameFooter" : "deal:agree.footer", { name: other })}>
        <ShareSlider
          kind={deal.kind}
          sellerBps={sellerBps}
          onChange={setSellerBps}
          label={t("deal:agree.slider", { context: deal.kind })}
        />
        <SplitView deal={deal} sellerBps={sellerBps} />
      </Section>
      <div className="sheet-actions">
        <Button onClick={() => flow.run("agree", { sellerBps })} isLoading={flow.isPending}>
          {t(isSame ? "deal:agree.accept" : "deal:agree.propose")}
        </Button>
      </div>
    </Sheet>
  );
}
