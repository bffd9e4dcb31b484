/** Why the money was shared: the post stood for a part of the agreed time, and so much of the price was earned. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../../../server/src/kernel/deals/shapes.ts";
import { formatAmount, formatBps, partOf } from "../../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { countdown } from "../../../../../kit/time.ts";
import { DateText } from "../../../../../kit/time-left.tsx";
import type { Placement } from "../queries.ts";

export function ProRata({ placement, deal }: { placement: Placement; deal: Deal }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { post } = placement;
  const isBreach = deal.escrow.state === "Breached";
  const sellerBps = deal.outcome?.sellerBps ?? (isBreach ? deal.escrow.sellerBps : null);
  if (!post || sellerBps === null || sellerBps === 10_000 || deal.dispute) return null;
  const agreedMs = Date.parse(post.feedUntil) - Date.parse(post.postedAt);
  const stoodMs = post.lastAliveAt ? Date.parse(post.lastAliveAt) - Date.parse(post.postedAt) : 0;
  const earned = { amount: partOf(deal.price.amount, sellerBps), asset: deal.price.asset };
  return (
    <Section
      header={t("ads:proRata.header")}
      footer={t("ads:proRata.footer", { fee: formatBps(deal.feeBps, language) })}
      testId="pro-rata"
    >
      <Cell title={t("ads:proRata.agreed")} after={countdown(agreedMs, language)} />
      <Cell
        title={t("ads:proRata.stood")}
        subtitle={
          post.lastAliveAt && (
            <>
              {t("ads:post.lastAlive")} <DateText at={post.lastAliveAt} />
            </>
          )
        }
        after={countdown(Math.max(0, stoodMs), language)}
      />
      <Cell
        title={t("ads:proRata.share")}
        subtitle={t("ads:proRata.of", { price: formatAmount(deal.price, language) })}
        after={`${formatBps(sellerBps, language)} · ${formatAmount(earned, language)}`}
        isAfterStrong
      />
    </Section>
  );
}
