/** Step three: the price, with what the seller will get in sight, and who may see the listing. */
import type { ReactNode } from "react";
import { formatAmount, formatBps, splitOf } from "../../../../../kit/amount.ts";
import { Field } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, ChoiceCell, Section } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { config } from "../../../kernel/config.ts";
import { type Draft, priceOf, priceProblem } from "../draft.ts";

export function PriceStep(props: {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  isChecked: boolean;
}): ReactNode {
  const { draft, onChange } = props;
  const t = useWords();
  const language = useLanguage();
  const { feeBps, priceMin } = config();
  const split = splitOf(priceOf(draft) ?? "0", 10_000, feeBps);
  const problem = props.isChecked ? priceProblem(draft) : null;
  const words = {
    price: t("market:sell.problem.price"),
    priceLow: t("market:sell.problem.priceLow", { min: formatAmount(priceMin, language) }),
  };
  return (
    <>
      <Section footer={t("market:sell.priceFooter", { fee: formatBps(feeBps, language) })}>
        <Field
          label={t("market:sell.price")}
          placeholder="0"
          keyboard="decimal"
          isBig
          suffix="GRAM (ex-TON)"
          value={draft.price}
          max={24}
          onChange={(price) => onChange({ price })}
          error={problem ? words[problem] : null}
        />
        <Cell
          title={t("market:sell.youGet", { share: formatBps(10_000 - feeBps, language) })}
          after={
            <output data-testid="you-get">
              <AmountText value={{ amount: split.seller, asset: "TON" }} />
            </output>
          }
          isAfterStrong
        />
        <Cell
          title={t("market:sell.fee", { fee: formatBps(feeBps, language) })}
          after={<AmountText value={{ amount: split.fee, asset: "TON" }} />}
        />
      </Section>
      <section className="section">
        <h2 className="section-header" id="visibility">
          {t("market:sell.visibility")}
        </h2>
        <div className="section-body" role="radiogroup" aria-labelledby="visibility">
          {(["public", "private"] as const).map((one) => (
            <ChoiceCell
              key={one}
              before={<Icon name={one === "public" ? "globe" : "key"} />}
              title={t(`market:sell.${one}`)}
              subtitle={t(`market:sell.${one}Text`)}
              isChosen={draft.visibility === one}
              onChoose={() => onChange({ visibility: one })}
            />
          ))}
        </div>
      </section>
    </>
  );
}
