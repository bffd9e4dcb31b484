/** The ways to pay here, each with the price in its own asset; those that cannot be used now say why. */
import type { ReactNode } from "react";
import type { Mean } from "../../../../../server/src/kernel/payments/shapes.ts";
import type { Amount } from "../../../../../server/src/platform/shapes.ts";
import { formatAmount } from "../../../../kit/amount.ts";
import { hasWords, type Translate, useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { AmountText } from "../../../../kit/money.tsx";
import { haptics } from "../../../../kit/telegram.ts";
import { iconOf, rateWords, wayOf } from "./words.ts";

/** Two ways of one provider differ by what they take, or by what is chosen on its page. */
export const keyOfMean = ({ provider, method, asset }: Mean): string =>
  [provider, ...(method ? [method] : []), asset].join("/");

/** Of one's own balances in other assets only those that reach are worth a line. */
export const worthShowing = (means: readonly Mean[], price: Amount): Mean[] =>
  means.filter((one) => one.kind !== "balance" || one.isAvailable || one.asset === price.asset);

export function MeansList(props: {
  means: readonly Mean[];
  price: Amount;
  chosen: string | null;
  onChoose: (key: string) => void;
}): ReactNode {
  const { means, price, chosen, onChoose } = props;
  const t = useWords();
  const language = useLanguage();
  const picked = means.find((one) => keyOfMean(one) === chosen);
  const rate = picked?.rate && picked.price;
  return (
    <section className="section">
      <h3 className="section-header" id="pay-means">
        {t("pay:choose.how")}
      </h3>
      <div className="section-body" role="radiogroup" aria-labelledby="pay-means">
        {means.map((one) => (
          <MeanCell
            key={keyOfMean(one)}
            mean={one}
            isChosen={keyOfMean(one) === chosen}
            onChoose={() => onChoose(keyOfMean(one))}
          />
        ))}
      </div>
      <p className="section-footer" aria-live="polite">
        {rate
          ? t("pay:choose.quoted", {
              rate: rateWords(picked.rate ?? "", price.asset, rate.asset, language),
            })
          : t("pay:choose.footer")}
      </p>
    </section>
  );
}

function textOf(t: Translate, { provider, method, kind }: Mean): string {
  const own = `pay:means.${provider}.${method}.text`;
  return t(method && hasWords(own) ? own : `pay:means.${kind}.text`);
}

function MeanCell(props: { mean: Mean; isChosen: boolean; onChoose: () => void }): ReactNode {
  const { mean, isChosen, onChoose } = props;
  const t = useWords();
  const language = useLanguage();
  const available =
    mean.available !== null && mean.price
      ? formatAmount({ amount: mean.available, asset: mean.price.asset }, language)
      : null;
  const text = mean.reason
    ? t(`payments:unavailable.${mean.reason}`)
    : available !== null
      ? t("pay:means.balance.available", { available })
      : textOf(t, mean);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold a row of two lines, an icon and a price.
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      aria-disabled={!mean.isAvailable || undefined}
      className="cell has-before"
      data-testid={`mean-${keyOfMean(mean).replaceAll("/", "-")}`}
      data-off={mean.isAvailable ? undefined : ""}
      onClick={() => {
        if (!mean.isAvailable) return;
        haptics.selection();
        onChoose();
      }}
    >
      <span className="cell-before">
        <Icon name={iconOf(mean.provider, mean.method)} />
      </span>
      <span className="cell-main">
        <span className="cell-title sum-row">
          <span>{wayOf(t, mean)}</span>
          {mean.price && (
            <span className="sum">
              {mean.rate && "≈\u00a0"}
              <AmountText value={mean.price} />
            </span>
          )}
        </span>
        <span className="cell-subtitle">{text}</span>
      </span>
      <span className="check" style={{ visibility: isChosen ? "visible" : "hidden" }}>
        <Icon name="check" />
      </span>
    </button>
  );
}
