/** What came for a payment, what became of it, and what went back. */
import type { ReactNode } from "react";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { formatAmount } from "../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Chip, Section } from "../../../../kit/list.tsx";
import { AmountText, ExternalLink } from "../../../../kit/money.tsx";
import { DateText } from "../../../../kit/time-left.tsx";
import { config } from "../config.ts";
import { iconOf, nameOf } from "./words.ts";

type Receipt = Payment["receipts"][number];

export function Receipts({ payment }: { payment: Payment }): ReactNode {
  const t = useWords();
  if (payment.receipts.length === 0) return null;
  return (
    <Section header={t("pay:receipts.header")} testId="receipts">
      {payment.receipts.map((one) => (
        <ReceiptCell key={one.id} receipt={one} isTopUp={payment.purpose === "recharge"} />
      ))}
    </Section>
  );
}

const transactionUrl = (hash: string): string =>
  `${config().explorerUrl.replace(/\/$/, "")}/transaction/${hash}`;

function ReceiptCell({ receipt, isTopUp }: { receipt: Receipt; isTopUp: boolean }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { amount, outcome, provider, txHash } = receipt;
  const sum = (minor: string) => formatAmount({ amount: minor, asset: amount.asset }, language, "exact");
  return (
    <Cell
      before={<Icon name={iconOf(provider)} />}
      title={<AmountText value={amount} isExact />}
      subtitle={
        <>
          <span>{t(`pay:outcome.${isTopUp ? "topUp" : "purchase"}.${outcome}`)}</span>
          <span className="timeline-meta">
            <DateText at={receipt.at} />
            <span>{nameOf(t, provider)}</span>
          </span>
          <span className="chips">
            {receipt.refunded !== "0" && (
              <Chip tone="done">{t("pay:receipts.refunded", { sum: sum(receipt.refunded) })}</Chip>
            )}
            {receipt.refunding !== "0" && (
              <Chip tone="waiting">{t("pay:receipts.refunding", { sum: sum(receipt.refunding) })}</Chip>
            )}
          </span>
        </>
      }
      after={
        txHash && (
          <ExternalLink url={transactionUrl(txHash)} label={`${t("kit:openTransaction")} ${txHash}`} />
        )
      }
    />
  );
}
