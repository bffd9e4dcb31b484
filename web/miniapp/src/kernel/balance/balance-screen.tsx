/** What one has, what waits for payment, and everything that moved. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { BalanceView } from "../../../../../server/src/kernel/ledger/shapes.ts";
import type { Asset } from "../../../../../server/src/platform/shapes.ts";
import { assetFullNames, formatAmount } from "../../../../kit/amount.ts";
import { MainButton } from "../../../../kit/button.tsx";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../kit/list.tsx";
import { AmountText } from "../../../../kit/money.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../kit/screen.tsx";
import { useBack } from "../navigation.ts";
import { WaitingPayments } from "../payments/waiting-payments.tsx";
import "./balance.css";
import { AssetBadge } from "./asset-badge.tsx";
import { History } from "./history.tsx";
import { useBalance } from "./requests.ts";

export default function BalanceScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const query = useBalance();
  return (
    <Screen title={t("balance:title")} lead={t("balance:lead")} onBack={back} hasMainButton>
      <WaitingPayments />
      <QueryView query={query} skeleton={<SkeletonRows rows={2} />}>
        {({ balances }) => <Holdings balances={balances} />}
      </QueryView>
      <MainButton text={t("balance:topUp")} onClick={() => navigate("/balance/recharge")} />
    </Screen>
  );
}

function Holdings({ balances }: { balances: readonly BalanceView[] }): ReactNode {
  const t = useWords();
  const [asset, setAsset] = useState<Asset | null>(null);
  if (balances.length === 0)
    return (
      <>
        <Placeholder icon="coins" title={t("balance:empty")} text={t("balance:emptyText")} />
        <More />
      </>
    );
  const hasHeld = balances.some(({ held }) => held !== "0");
  return (
    <>
      <Section
        label={t("balance:have")}
        footer={hasHeld ? t("balance:heldText") : undefined}
        testId="balances"
      >
        {balances.map((one) => (
          <HoldingCell key={one.asset} balance={one} />
        ))}
      </Section>
      <More />
      <History assets={balances.map((one) => one.asset)} asset={asset} onAsset={setAsset} />
    </>
  );
}

function HoldingCell({ balance }: { balance: BalanceView }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { asset, available, held } = balance;
  return (
    <Cell
      before={<AssetBadge asset={asset} />}
      beforeSize={40}
      testId={`balance-${asset}`}
      title={assetFullNames[asset]}
      subtitle={held !== "0" && t("balance:held", { sum: formatAmount({ amount: held, asset }, language) })}
      after={<AmountText value={{ amount: available, asset }} />}
      isAfterStrong
    />
  );
}

function More(): ReactNode {
  const t = useWords();
  return (
    <Section label={t("balance:more")}>
      <Cell
        before={<Icon name="coins" />}
        title={t("balance:payments")}
        subtitle={t("balance:paymentsText")}
        to="/payments"
      />
      <Cell
        before={<Icon name="receipt" />}
        title={t("balance:statement")}
        subtitle={t("balance:statementText")}
        to="/balance/statement"
      />
    </Section>
  );
}
