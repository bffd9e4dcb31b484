/** How much to put on the balance; the pay sheet does the rest. */
import { type ReactNode, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { type Amount, type Asset, minorUnits } from "../../../../../server/src/platform/shapes.ts";
import {
  assetFullNames,
  assetNames,
  formatAmount,
  parseAmount,
  scales,
  typedAmount,
} from "../../../../kit/amount.ts";
import { MainButton } from "../../../../kit/button.tsx";
import { serverNow } from "../../../../kit/clock.ts";
import { Field, focusFirstError, Segmented } from "../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../kit/telegram.ts";
import { useBack } from "../navigation.ts";
import { Pay } from "../payments/pay.tsx";
import { useMeans, usePayments } from "../payments/requests.ts";
import type { Bill } from "../payments/use-paying.ts";
import "./balance.css";
import { useBalance } from "./requests.ts";

/** Where three stand side by side. */
const shortNames: Partial<Record<Asset, string>> = { TON: assetNames.TON, XTR: "Stars" };

/** What ends sooner is not begun with. */
const LEAST_MS = 5 * 60_000;

/** Sums that are often wanted, in minor units. */
const quick: Record<Asset, readonly string[]> = {
  TON: ["1000000000", "5000000000", "20000000000"],
  USDT: ["5000000", "20000000", "100000000"],
  XTR: ["100", "500", "2500"],
  RUB: ["50000", "200000", "1000000"],
  USD: ["500", "2000", "10000"],
  EUR: ["500", "2000", "10000"],
};

export default function RechargeScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const asked = useAsked();
  const query = useMeans(null, "balance");
  return (
    <Screen title={t("balance:recharge.title")} onBack={back} hasMainButton>
      <QueryView query={query} skeleton={<SkeletonRows rows={2} avatar={0} />}>
        {({ means }) => {
          const assets = [...new Set(means.map(({ asset }) => asset))];
          const isOther = assets.length > 0 && asked.asset !== null && !assets.includes(asked.asset);
          return assets.length === 0 || isOther ? (
            <Placeholder
              icon="wallet"
              title={t(isOther ? "balance:recharge.noneOf" : "balance:recharge.none")}
              text={t(isOther ? "balance:recharge.noneOfText" : "balance:recharge.noneText")}
            />
          ) : (
            <RechargeForm assets={assets} />
          );
        }}
      </QueryView>
    </Screen>
  );
}

function RechargeForm({ assets }: { assets: readonly Asset[] }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const back = useBack();
  const [, navigate] = useLocation();
  const asked = useAsked();
  const [chosen, setAsset] = useState<Asset | null>(asked.asset);
  const [typed, setTyped] = useState(
    asked.asset && asked.amount ? typedAmount(asked.amount, scales[asked.asset], language) : "",
  );
  const [isChecked, setChecked] = useState(false);
  const [bill, setBill] = useState<Bill | null>(null);
  const billOf = useBill(asked.returnTo);
  const asset = assets.find((one) => one === chosen) ?? assets[0] ?? "TON";
  const parsed = parseAmount(typed, scales[asset]);
  const isSum = parsed !== null && parsed !== "0" && minorUnits.safeParse(parsed).success;
  const amount = isSum ? parsed : null;
  useClosingConfirmation(typed !== "" && !bill);
  const leave = () => (asked.returnTo === "/balance" ? back() : navigate(asked.returnTo, { replace: true }));
  const go = () => {
    setChecked(true);
    if (amount) setBill(billOf({ amount, asset }));
    else focusFirstError();
  };
  return (
    <>
      {assets.length > 1 && (
        <div style={{ padding: "0 16px 16px" }}>
          <Segmented
            label={t("balance:recharge.asset")}
            value={asset}
            onChange={(next) => {
              haptics.selection();
              setAsset(next);
              setTyped("");
              setChecked(false);
            }}
            options={assets.map((value) => ({
              value,
              text: shortNames[value] ?? assetFullNames[value],
            }))}
          />
        </div>
      )}
      <Section footer={t("balance:recharge.footer")}>
        <Field
          label={t("balance:recharge.amount")}
          placeholder="0"
          keyboard={scales[asset] === 0 ? "numeric" : "decimal"}
          isBig
          suffix={assetFullNames[asset]}
          value={typed}
          max={20}
          onChange={setTyped}
          error={isChecked && !amount ? t("balance:recharge.problem") : null}
          testId="recharge-amount"
        />
        <Available asset={asset} />
      </Section>
      <QuickSums
        asset={asset}
        amount={amount}
        onChoose={(sum) => setTyped(typedAmount(sum, scales[asset], language))}
      />
      <MainButton text={t("balance:recharge.go")} onClick={go} />
      {bill && <Pay bill={bill} onClose={() => setBill(null)} onDone={leave} />}
    </>
  );
}

/** What somebody sent here for: `?asset=RUB&amount=200&returnTo=/orders/…`. The sum is raised to one that is worth a payment. */
function useAsked(): { asset: Asset | null; amount: string | null; returnTo: string } {
  const query = new URLSearchParams(useSearch());
  const asset = (Object.keys(scales) as Asset[]).find((one) => one === query.get("asset")) ?? null;
  const needed = /^[1-9]\d{0,17}$/.exec(query.get("amount") ?? "")?.[0] ?? null;
  const least = asset ? (BigInt(quick[asset][0] ?? "0") / 5n).toString() : "0";
  const returnTo = query.get("returnTo") ?? "";
  return {
    asset,
    amount: needed && BigInt(needed) < BigInt(least) ? least : needed,
    // A path of this app and nothing else.
    returnTo: /^\/(?![/\\])[\w/-]{0,199}$/.test(returnTo) ? returnTo : "/balance",
  };
}

function QuickSums(props: {
  asset: Asset;
  amount: string | null;
  onChoose: (sum: string) => void;
}): ReactNode {
  const { asset, amount, onChoose } = props;
  const language = useLanguage();
  return (
    <div className="pills">
      {quick[asset].map((sum) => (
        <button
          key={sum}
          type="button"
          className="pill"
          aria-pressed={amount === sum}
          onClick={() => {
            haptics.selection();
            onChoose(sum);
          }}
        >
          {formatAmount({ amount: sum, asset }, language)}
        </button>
      ))}
    </div>
  );
}

/** A top-up of the same sum that still waits is gone on with: a second one would invite to pay twice. */
function useBill(returnTo: string): (topUp: Amount) => Bill {
  const waiting = usePayments().data?.pages.flatMap((page) => page.items) ?? [];
  return (topUp) => {
    const same = waiting.find(
      ({ purpose, price, next }) =>
        purpose === "recharge" &&
        next.code === "pay" &&
        price.asset === topUp.asset &&
        price.amount === topUp.amount &&
        (next.at === null || Date.parse(next.at) - serverNow() > LEAST_MS),
    );
    return same ? { paymentId: same.id } : { topUp, returnTo };
  };
}

function Available({ asset }: { asset: Asset }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { data } = useBalance();
  const amount = data?.balances.find((one) => one.asset === asset)?.available ?? "0";
  if (!data) return null;
  return (
    <p className="field-note">
      {t("balance:recharge.available", { sum: formatAmount({ amount, asset }, language) })}
    </p>
  );
}
