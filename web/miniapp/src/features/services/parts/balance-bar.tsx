/** What one has for taking orders, always in sight, and the way to more. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Amount } from "../../../../../../server/src/platform/shapes.ts";
import { formatAmount } from "../../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { useBalance } from "../../../kernel/balance/requests.ts";
import { rechargePath } from "../money.ts";

/** Null while it is not known. */
export function useAvailable(asset: Amount["asset"]): bigint | null {
  const { data } = useBalance();
  if (!data) return null;
  return BigInt(data.balances.find((one) => one.asset === asset)?.available ?? "0");
}

export function BalanceBar({ price, returnTo }: { price: Amount | null; returnTo: string }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const asset = price?.asset ?? "RUB";
  const available = useAvailable(asset);
  return (
    <section className="balance-bar" aria-label={t("balance:title")} data-testid="balance-bar">
      <Icon name="coins" />
      <span className="balance-bar-sum">
        <b data-testid="available">
          {available === null ? "…" : formatAmount({ amount: available.toString(), asset }, language)}
        </b>
        {price && (
          <span className="hint">{t("orders:priceEach", { price: formatAmount(price, language) })}</span>
        )}
      </span>
      <Link href={rechargePath({ asset, missing: null, returnTo })} className="bar-button">
        {t("orders:topUp")}
      </Link>
    </section>
  );
}
