/** How a deal ended, and what a dispute is about. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { formatBps } from "../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../kit/list.tsx";
import { AmountText } from "../../../../kit/money.tsx";
import { DateText } from "../../../../kit/time-left.tsx";

export function DealOutcome({
  deal,
  outcome,
}: {
  deal: Deal;
  outcome: NonNullable<Deal["outcome"]>;
}): ReactNode {
  const t = useWords();
  const legs = [
    { key: "seller", name: deal.seller.firstName, amount: outcome.seller, at: outcome.sellerCreditedAt },
    { key: "buyer", name: deal.buyer.firstName, amount: outcome.buyer, at: outcome.buyerCreditedAt },
  ].filter(({ amount }) => amount.amount !== "0");
  return (
    <Section header={t("deal:outcome.header")} testId="outcome">
      {legs.map(({ key, name, amount, at }) => (
        <Cell
          key={key}
          title={t(deal.role === key ? "deal:outcome.you" : "deal:outcome.other", { name })}
          subtitle={at ? <DateText at={at} /> : t("deal:outcome.onItsWay")}
          after={<AmountText value={amount} />}
          isAfterStrong
        />
      ))}
      {outcome.fee.amount !== "0" && (
        <Cell title={t("deal:outcome.fee")} after={<AmountText value={outcome.fee} />} />
      )}
    </Section>
  );
}

export function DealDispute({
  deal,
  dispute,
}: {
  deal: Deal;
  dispute: NonNullable<Deal["dispute"]>;
}): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const who =
    dispute.by === deal.role
      ? t("deal:by.you")
      : dispute.by === "platform"
        ? t("deal:by.platform")
        : deal[dispute.by].firstName;
  const reasonKey = `deal:dispute.reasons.${dispute.reason}`;
  return (
    <Section header={t("deal:dispute.header")} testId="dispute">
      <Cell
        before={<Icon name="scales" />}
        title={t(reasonKey, { defaultValue: dispute.reason, context: deal.kind })}
        subtitle={
          <>
            {who}, <DateText at={dispute.at} />
          </>
        }
      />
      {dispute.text && <p className="prose">{dispute.text}</p>}
      {dispute.decidedBps !== null && (
        <Cell
          title={t("deal:dispute.decided")}
          after={t("deal:split.share", {
            context: deal.kind,
            seller: formatBps(dispute.decidedBps, language),
            buyer: formatBps(10_000 - dispute.decidedBps, language),
          })}
        />
      )}
      {dispute.decidedNote && <p className="prose">{dispute.decidedNote}</p>}
    </Section>
  );
}
