/** Who gets how much at a given share, with the fee that the seller bears. */
import type { CSSProperties, ReactNode } from "react";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import { formatBps, splitOf } from "../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Cell } from "../../../../kit/list.tsx";
import { AmountText } from "../../../../kit/money.tsx";

export function SplitView({ deal, sellerBps }: { deal: Deal; sellerBps: number }): ReactNode {
  const t = useWords();
  const { asset } = deal.price;
  const split = splitOf(deal.price.amount, sellerBps, deal.feeBps);
  const row = (key: "seller" | "buyer" | "fee", name: string) => (
    <Cell
      title={t(`deal:split.${key}`, { name, context: deal.kind })}
      after={<AmountText value={{ amount: split[key], asset }} />}
      isAfterStrong={key !== "fee"}
    />
  );
  return (
    <>
      {row("seller", deal.seller.firstName)}
      {row("buyer", deal.buyer.firstName)}
      {split.fee !== "0" && row("fee", "")}
    </>
  );
}

/** A share of the seller from 0 to 100 %, by a slider that also takes arrow keys. */
export function ShareSlider(props: {
  kind: Deal["kind"];
  sellerBps: number;
  onChange: (bps: number) => void;
  label: string;
}): ReactNode {
  const language = useLanguage();
  const t = useWords();
  const text = t("deal:split.share", {
    context: props.kind,
    seller: formatBps(props.sellerBps, language),
    buyer: formatBps(10_000 - props.sellerBps, language),
  });
  return (
    <div style={{ padding: "12px 16px 4px" }}>
      <input
        className="slider"
        style={{ "--share": `${props.sellerBps / 100}%` } as CSSProperties}
        type="range"
        min={0}
        max={100}
        step={1}
        value={props.sellerBps / 100}
        aria-label={props.label}
        aria-valuetext={text}
        onChange={(event) => props.onChange(Number(event.target.value) * 100)}
      />
      <p className="note tabular" style={{ textAlign: "center" }}>
        {text}
      </p>
    </div>
  );
}
