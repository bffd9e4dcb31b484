/** A receipt for both sides: what was paid to whom, when, and the transactions that prove it. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { Button } from "../../../../kit/button.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../kit/list.tsx";
import { AddressText, AmountText, copyText, ExternalLink } from "../../../../kit/money.tsx";
import { QueryView, Screen, SkeletonRows } from "../../../../kit/screen.tsx";
import { DateText } from "../../../../kit/time-left.tsx";
import { useBack } from "../navigation.ts";
import { useDeal, useTimeline } from "../queries.ts";
import { DealOutcome } from "./deal-outcome.tsx";
import { entryWords, statusWords, toneOf } from "./words.ts";

export default function ReceiptScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useDeal(id);
  return (
    <Screen title={t("deal:receipt.title")} isTitleHidden onBack={back}>
      <QueryView query={query} skeleton={<SkeletonRows rows={5} avatar={0} />}>
        {(deal) => <Receipt deal={deal} />}
      </QueryView>
    </Screen>
  );
}

/** The sum that the words above it name: what the seller was paid, what came back to the buyer, else the price. */
function headline({ status, outcome, price }: Deal): Deal["price"] {
  if (outcome && status === "RELEASED") return outcome.seller;
  return outcome && status === "REFUNDED" ? outcome.buyer : price;
}

function Receipt({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  return (
    <>
      <div className="hero" data-tone={toneOf(deal)} style={{ paddingTop: 16 }}>
        <span className="receipt-mark">
          <Icon name={deal.outcome ? "check" : "clock"} size={36} />
        </span>
        <p className="note hint">{statusWords(t, deal)}</p>
        <p className="hero-amount">
          <AmountText value={headline(deal)} isFirst isExact />
        </p>
        <p className="note">{deal.subject.channelTitle}</p>
      </div>
      {deal.outcome && <DealOutcome deal={deal} outcome={deal.outcome} />}
      <Section header={t("deal:receipt.deal")}>
        <Cell
          title={t("deal:receipt.number")}
          subtitle={<span className="wrap">{deal.id}</span>}
          after={
            <button
              type="button"
              className="icon-button"
              aria-label={t("deal:receipt.copyNumber")}
              onClick={() => void copyText(deal.id, t("kit:copied"), t("kit:copyFailed"))}
            >
              <Icon name="copy" size={20} />
            </button>
          }
        />
        <Cell title={t("deal:receipt.opened")} after={<DateText at={deal.createdAt} />} />
        <Cell
          title={t("deal:parties.seller", { context: deal.kind })}
          subtitle={deal.seller.firstName}
          after={<AddressText address={deal.seller.wallet} />}
        />
        <Cell
          title={t("deal:parties.buyer", { context: deal.kind })}
          subtitle={deal.buyer.firstName}
          after={<AddressText address={deal.buyer.wallet} />}
        />
        <Cell
          title={t("deal:contract.address")}
          after={<AddressText address={deal.escrow.address} explorerUrl={deal.escrow.explorerUrl} />}
        />
        <Cell
          title={t("deal:receipt.terms")}
          subtitle={<span className="wrap small">{deal.escrow.termsHash}</span>}
        />
      </Section>
      <Transactions deal={deal} />
      <div className="sheet-actions">
        <Button look="tinted" onClick={() => window.print()}>
          {t("deal:receipt.print")}
        </Button>
      </div>
    </>
  );
}

function Transactions({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const entries = useTimeline(deal.id).data?.items.filter(({ tx }) => tx) ?? [];
  if (entries.length === 0) return null;
  return (
    <Section header={t("deal:receipt.transactions")}>
      {entries.map((entry) => (
        <Cell
          key={entry.id}
          title={entryWords(t, deal, entry).title}
          subtitle={<DateText at={entry.at} />}
          after={
            entry.tx && (
              <ExternalLink
                url={entry.tx.explorerUrl}
                text={`${entry.tx.hash.slice(0, 4)}…${entry.tx.hash.slice(-4)}`}
                label={`${t("kit:openTransaction")} ${entry.tx.hash}`}
              />
            )
          }
        />
      ))}
    </Section>
  );
}
