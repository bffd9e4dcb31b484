/** The way to the balance, with what one has, for the profile and home. */
import type { ReactNode } from "react";
import { formatAmount } from "../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell } from "../../../../kit/list.tsx";
import { useBalance } from "./requests.ts";

export function BalanceCell(): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { data } = useBalance();
  const sums = data?.balances
    .filter(({ available }) => available !== "0")
    .map(({ asset, available }) => formatAmount({ amount: available, asset }, language));
  return (
    <Cell
      before={<Icon name="coins" />}
      title={t("balance:title")}
      subtitle={
        sums && sums.length > 0 ? <span className="tabular">{sums.join(" · ")}</span> : t("balance:row")
      }
      to="/balance"
      testId="balance"
    />
  );
}
