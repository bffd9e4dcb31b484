/** The first step: what is to be paid, and how. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Goods, Mean, Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import type { Amount } from "../../../../../server/src/platform/shapes.ts";
import { formatAmount } from "../../../../kit/amount.ts";
import { Button } from "../../../../kit/button.tsx";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Section } from "../../../../kit/list.tsx";
import { AmountText } from "../../../../kit/money.tsx";
import { Placeholder, QueryView, SkeletonRows } from "../../../../kit/screen.tsx";
import { keyOfMean, MeansList, worthShowing } from "./means-list.tsx";
import { Refused } from "./refused.tsx";
import { useMeans } from "./requests.ts";

interface Props {
  price: Amount;
  goods: Goods;
  title: string;
  /** It is paid again by itself: said before anybody pays. */
  isRecurring?: boolean;
  isPicking: boolean;
  /** What became of the way that was chosen before, when nobody can pay it any more. */
  failure?: Payment["failure"];
  refusal: unknown;
  onPick: (mean: Mean) => void;
  /** What was wanted is clear already: a single way is taken without another press. */
  isDirect?: boolean;
  /** Back to the way that is chosen already; null when none is. */
  onKeep: (() => void) | null;
}

export function ChooseStep(props: Props): ReactNode {
  const { price, goods, title, isRecurring = false } = props;
  const t = useWords();
  const query = useMeans(price, goods, isRecurring);
  return (
    <>
      <div className="hero">
        <p className="note hint">{title}</p>
        <p className="hero-amount" style={{ marginTop: 0 }}>
          <AmountText value={price} isExact isFirst />
        </p>
        {isRecurring && <p className="note hint">{t("pay:renewal.everyMonth")}</p>}
      </div>
      {props.failure && <Failed failure={props.failure} />}
      <QueryView query={query} skeleton={<SkeletonRows rows={2} avatar={28} />}>
        {({ means }) =>
          means.length === 0 ? (
            <Placeholder icon="wallet" title={t("pay:choose.none")} text={t("pay:choose.noneText")} />
          ) : (
            <Ways {...props} means={worthShowing(means, price)} />
          )
        }
      </QueryView>
    </>
  );
}

function Failed({ failure }: { failure: NonNullable<Payment["failure"]> }): ReactNode {
  const t = useWords();
  return (
    <div role="alert" data-testid="pay-failed">
      <Section>
        <div className="reassure" data-tone="trouble">
          <Icon name="warning" />
          <span>{t(`payments:failures.${failure}`)}</span>
        </div>
      </Section>
    </div>
  );
}

/** Picks `only` once, and says whether it is under way. */
function useDirect(only: Mean | undefined, onPick: (mean: Mean) => void): boolean {
  const isDone = useRef(false);
  useEffect(() => {
    if (!only || isDone.current) return;
    isDone.current = true;
    onPick(only);
  });
  return only !== undefined;
}

function Ways({ means, ...props }: Props & { means: readonly Mean[] }): ReactNode {
  const { price, isPicking, refusal, onPick, onKeep } = props;
  const t = useWords();
  const language = useLanguage();
  const [wanted, setWanted] = useState<string | null>(null);
  const usable = means.filter(({ isAvailable }) => isAvailable);
  const chosen = usable.find((one) => keyOfMean(one) === wanted) ?? usable[0];
  const isDirect = useDirect(props.isDirect && means.length === 1 && !refusal ? chosen : undefined, onPick);
  if (isDirect) return <SkeletonRows rows={2} avatar={28} />;
  const words = () => {
    if (!chosen?.price) return t("pay:choose.go");
    const sum = formatAmount(chosen.price, language);
    return t(chosen.kind === "balance" ? "pay:choose.goBalance" : "pay:choose.goSum", {
      sum: chosen.rate ? `≈ ${sum}` : sum,
    });
  };
  return (
    <>
      <MeansList
        means={means}
        price={price}
        chosen={chosen ? keyOfMean(chosen) : null}
        onChoose={setWanted}
      />
      <Refused error={refusal} />
      <div className="sheet-actions">
        <Button
          onClick={() => chosen && onPick(chosen)}
          isLoading={isPicking}
          isDisabled={!chosen}
          testId="pay-go"
        >
          {words()}
        </Button>
        {onKeep && (
          <Button look="plain" onClick={onKeep}>
            {t("pay:choose.keep")}
          </Button>
        )}
      </div>
    </>
  );
}
