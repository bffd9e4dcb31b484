/** What was or would be agreed: the money with who bears the fee, the hours, the minute. */
import type { ReactNode } from "react";
import type { OfferTerms } from "../../../../../../server/src/markets/channels/advertising/offers/shapes.ts";
import { formatBps, splitOf } from "../../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { DateText } from "../../../../../kit/time-left.tsx";
import { config } from "../../../kernel/config.ts";
import { longFormat, shortFormat } from "../names.ts";

type Terms = Pick<OfferTerms, "price" | "postAt" | "postedBy" | "isTopOfFeed"> & {
  format: Omit<OfferTerms["format"], "key">;
};

interface Removal {
  isRemovedAfter: boolean;
  /** Set while it can still be changed. */
  onChange: (() => void) | null;
}

export function TermsSection(props: { terms: Terms; hasMoney: boolean; removal?: Removal }): ReactNode {
  const { terms, hasMoney, removal } = props;
  const t = useWords();
  const language = useLanguage();
  const { feeBps } = config();
  const split = splitOf(terms.price.amount, 10_000, feeBps);
  const fee = formatBps(feeBps, language);
  return (
    <Section
      header={t("ads:terms.header")}
      footer={hasMoney ? t("ads:terms.moneyFooter", { fee }) : undefined}
      testId="terms"
    >
      {hasMoney && (
        <>
          <Cell
            title={t("ads:terms.price")}
            after={<AmountText value={terms.price} isFirst />}
            isAfterStrong
          />
          <Cell
            title={t("ads:terms.fee", { fee })}
            after={<AmountText value={{ amount: split.fee, asset: "TON" }} />}
          />
          <Cell
            title={t("ads:terms.gets")}
            after={<AmountText value={{ amount: split.seller, asset: "TON" }} />}
            isAfterStrong
          />
        </>
      )}
      <Cell
        title={t("ads:terms.format")}
        subtitle={longFormat(t, terms.format, language)}
        after={<span className="tabular">{shortFormat(terms.format)}</span>}
      />
      <Cell title={t("ads:terms.postAt")} after={<DateText at={terms.postAt} />} />
      <Cell title={t("ads:terms.by")} after={t(`ads:terms.postedBy.${terms.postedBy}`)} />
      <Cell title={t("ads:terms.topTitle")} after={t(`ads:terms.topShort.${terms.isTopOfFeed}`)} />
      {removal && terms.postedBy === "bot" && (
        <Cell title={t("ads:terms.afterTitle")} after={t(`ads:terms.after.${removal.isRemovedAfter}`)} />
      )}
      {removal?.onChange && (
        <Cell
          look="action"
          title={t(`ads:terms.setAfter.${removal.isRemovedAfter}`)}
          onClick={removal.onChange}
          testId="set-removal"
        />
      )}
    </Section>
  );
}
