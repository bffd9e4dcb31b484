/** Says in plain words what will happen, to whom the money goes, and that it cannot be taken back. */
import type { ReactNode } from "react";
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";
import { formatAmount } from "../../../../kit/amount.ts";
import { Button } from "../../../../kit/button.tsx";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Section } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import type { Flow } from "./use-deal-flow.ts";

export function ConfirmSheet(props: { deal: Deal; action: DealAction; flow: Flow }): ReactNode {
  const { deal, action, flow } = props;
  const t = useWords();
  const language = useLanguage();
  const params = {
    price: formatAmount(deal.price, language),
    sellerGets: formatAmount(deal.sellerGets, language),
    buyer: deal.buyer.firstName,
    seller: deal.seller.firstName,
    // What is handed over has its own words where it is no channel.
    context: deal.kind,
  };
  const needsWallet = action !== "cancel";
  return (
    <Sheet title={t(`deal:confirm.${action}.title`)} onClose={flow.close} testId={`confirm-${action}`}>
      <Section>
        <div className="reassure" data-tone={action === "release" ? "done" : "waiting"}>
          <Icon name={action === "release" ? "check" : "warning"} />
          <span>{t(`deal:confirm.${action}.text`, params)}</span>
        </div>
        {needsWallet && (
          <div className="reassure" data-tone="safe">
            <Icon name="wallet" />
            <span>{t("deal:confirm.wallet")}</span>
          </div>
        )}
      </Section>
      <div className="sheet-actions">
        <Button onClick={() => flow.run(action)} isLoading={flow.isPending}>
          {t(`deal:confirm.${action}.button`)}
        </Button>
        <Button look="plain" onClick={flow.close}>
          {t("deal:confirm.no")}
        </Button>
      </div>
    </Sheet>
  );
}
