/** Paying in the chain's coin: from the reader's own wallet by a tap, or from anywhere by address and comment. */
import { lazy, type ReactNode, Suspense } from "react";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { formatMinor, scales } from "../../../../kit/amount.ts";
import { Button } from "../../../../kit/button.tsx";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Unfolding } from "../../../../kit/list.tsx";
import { CopyCell } from "./copy-cell.tsx";
import type { TonInstructions } from "./stage.ts";

const TonWallet = lazy(() => import("./ton-wallet.tsx"));

/** The button of the card. The wallet's library comes with the first press that needs it. */
export function TonWalletButton(props: {
  payment: Payment;
  pay: TonInstructions;
  onSent: () => void;
}): ReactNode {
  const t = useWords();
  return (
    <Suspense
      fallback={
        <Button onClick={() => undefined} isLoading>
          {t("pay:ton.pay")}
        </Button>
      }
    >
      <TonWallet {...props} />
    </Suspense>
  );
}

export function TonElsewhere({ payment, pay }: { payment: Payment; pay: TonInstructions }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const due = payment.due ?? payment.price;
  return (
    <Unfolding
      icon="swap"
      title={t("pay:ton.elsewhere")}
      subtitle={t("pay:ton.elsewhereText")}
      testId="pay-elsewhere"
    >
      <CopyCell
        title={t("pay:ton.amount")}
        value={formatMinor(due.amount, scales[due.asset], language, "exact")}
        copied={formatMinor(due.amount, scales[due.asset], "en", "exact").replaceAll(",", "")}
        testId="copy-amount"
      />
      <CopyCell title={t("pay:ton.address")} value={pay.address} testId="copy-address" />
      <CopyCell title={t("pay:ton.comment")} value={pay.comment} testId="copy-comment" />
      <div className="reassure" data-tone="waiting">
        <Icon name="warning" />
        <span>{t("pay:ton.commentWarning")}</span>
      </div>
      <div className="reassure" data-tone="waiting">
        <Icon name="users" />
        <span>{t("pay:ton.exchangeWarning")}</span>
      </div>
    </Unfolding>
  );
}
