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

/** What it takes to pay `price`; null when there is enough, or nobody knows. Minor units. */
export function missingOf(price: Amount, available: bigint | null): string | null {
  const short = available === null ? 0n : BigInt(price.amount) - available;
  return short > 0n ? short.toString() : null;
}

export function BalanceBar({ price, returnTo }: { price: Amount | null; returnTo: string }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const asset = price?.asset ?? "RUB";
  const available = useAvailable(asset);
  const missing = price && missingOf(price, available);
  return (
    <section className="balance-bar" aria-label={t("balance:title")} data-testid="balance-bar">
      <Icon name="coins" />
      <span className="balance-bar-sum">
        <b data-testid="available">
          {available === null ? "…" : formatAmount({ amount: available.toString(), asset }, language)}
        </b>
        {missing ? (
          <span style={{ color: "var(--danger)" }} role="status" data-testid="not-enough">
            {t("orders:missing", { sum: formatAmount({ amount: missing, asset }, language) })}
          </span>
        ) : (
          price && (
            <span className="hint">{t("orders:priceEach", { price: formatAmount(price, language) })}</span>
          )
        )}
      </span>
      <Link href={rechargePath({ asset, missing, returnTo })} className="bar-button">
        {t("orders:topUp")}
      </Link>
    </section>
  );
}
