/** What was agreed: the money, the people and their wallets, every deadline, and the contract that holds it all. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { formatBps } from "../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Avatar, Cell, Section } from "../../../../kit/list.tsx";
import { AddressText, AmountText } from "../../../../kit/money.tsx";
import { duration } from "../../../../kit/time.ts";
import { DateText } from "../../../../kit/time-left.tsx";
import { AddressProof } from "../wallet/address-proof.tsx";

export function DealMoney({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const fee = formatBps(deal.feeBps, language);
  return (
    <Section header={t("deal:money.header")} footer={t("deal:money.footer", { fee, context: deal.kind })}>
      <Cell title={t("deal:money.price")} after={<AmountText value={deal.price} isFirst />} isAfterStrong />
      <Cell
        title={t("deal:money.fee", { fee, context: deal.kind })}
        after={<AmountText value={deal.fee} />}
      />
      <Cell
        title={t("deal:money.sellerGets", { context: deal.kind })}
        after={<AmountText value={deal.sellerGets} />}
        isAfterStrong
      />
    </Section>
  );
}

export function DealParties({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const parties = [
    {
      role: "seller",
      name: deal.seller.firstName,
      photoUrl: deal.seller.photoUrl,
      wallet: deal.seller.wallet,
    },
    { role: "buyer", name: deal.buyer.firstName, photoUrl: deal.buyer.photoUrl, wallet: deal.buyer.wallet },
    {
      role: "arbiter",
      name: deal.arbiter.firstName ?? t("deal:by.arbiter"),
      photoUrl: null,
      wallet: deal.arbiter.wallet,
    },
  ] as const;
  return (
    <Section header={t("deal:parties.header")} footer={t("deal:parties.footer")}>
      {parties.map(({ role, name, photoUrl, wallet }) => (
        <Cell
          key={role}
          before={<Avatar name={name} url={photoUrl} size={40} />}
          beforeSize={40}
          title={deal.role === role ? t("deal:parties.you", { name }) : name}
          subtitle={t(`deal:parties.${role}`, { context: deal.kind })}
          after={<AddressText address={wallet} />}
        />
      ))}
    </Section>
  );
}

export function DealDeadlines({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { terms } = deal;
  return (
    <Section header={t("deal:deadlines.header")}>
      <Cell
        title={t("deal:deadlines.payBy")}
        subtitle={t("deal:deadlines.payByText")}
        after={<DateText at={terms.payBy} />}
      />
      <Cell
        title={t("deal:deadlines.deliverBy", { context: deal.kind })}
        subtitle={t("deal:deadlines.deliverByText", { context: deal.kind })}
        after={<DateText at={terms.deliverBy} />}
      />
      <Cell
        title={t("deal:deadlines.hold", { context: deal.kind })}
        subtitle={t("deal:deadlines.holdText")}
        after={duration(terms.holdSeconds, language)}
      />
      <Cell
        title={t("deal:deadlines.challenge")}
        subtitle={t("deal:deadlines.challengeText")}
        after={duration(terms.challengeSeconds, language)}
      />
      <Cell
        title={t("deal:deadlines.arbiter")}
        subtitle={t("deal:deadlines.arbiterText", {
          funded: formatBps(terms.fallbackFundedBps, language),
          delivered: formatBps(terms.fallbackDeliveredBps, language),
          context: deal.kind,
        })}
        after={duration(terms.arbiterSeconds, language)}
      />
    </Section>
  );
}

export function DealContract({ deal }: { deal: Deal }): ReactNode {
  const t = useWords();
  const { escrow } = deal;
  return (
    <Section header={t("deal:contract.header")} footer={t("deal:contract.footer")}>
      <Cell
        title={t("deal:contract.address")}
        after={<AddressText address={escrow.address} explorerUrl={escrow.explorerUrl} />}
      />
      <Cell
        title={t("deal:contract.state")}
        after={t(`deal:contract.states.${escrow.state}`, { context: deal.kind })}
      />
      <AddressProof deal={deal} />
    </Section>
  );
}
