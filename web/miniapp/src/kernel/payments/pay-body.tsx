/** Paying, step by step; the same in the sheet and on the payment's own screen. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { formatAmount } from "../../../../kit/amount.ts";
import { Button } from "../../../../kit/button.tsx";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { AmountText } from "../../../../kit/money.tsx";
import { Failure, SkeletonRows } from "../../../../kit/screen.tsx";
import { haptics } from "../../../../kit/telegram.ts";
import { ChooseStep } from "./choose-step.tsx";
import { PageOnPhone } from "./page-step.tsx";
import { PaymentCard } from "./payment-card.tsx";
import "./pay.css";
import { Receipts } from "./receipts.tsx";
import { Refused } from "./refused.tsx";
import { Renewal } from "./renewal.tsx";
import { isOver, type Stage } from "./stage.ts";
import { TonElsewhere } from "./ton-step.tsx";
import { type Bill, type Paying, usePaying } from "./use-paying.ts";
import { titleOf } from "./words.ts";

export interface PayBodyProps {
  bill: Bill;
  /** Called once when the price has arrived. */
  onPaid?: ((payment: Payment) => void) | undefined;
  /** Leaves: to where one was. */
  onDone: (payment: Payment) => void;
  doneWords: string;
}

/** A top-up that came to nothing is begun anew with another attempt, which has keys of its own. */
export function PayBody(props: PayBodyProps): ReactNode {
  const [attempt, setAttempt] = useState(0);
  const [bill, setBill] = useState(props.bill);
  const again = (payment: Payment) => {
    setBill({ topUp: payment.price, returnTo: payment.returnTo });
    setAttempt(attempt + 1);
  };
  return <Attempt key={attempt} {...props} bill={bill} onAgain={again} />;
}

function Attempt(props: PayBodyProps & { onAgain: (payment: Payment) => void }): ReactNode {
  const { bill, onPaid } = props;
  const t = useWords();
  const paying = usePaying(bill);
  const { payment, stage, error } = paying;
  usePaidOnce(payment, stage, onPaid);
  if (!payment && "topUp" in bill)
    return (
      <ChooseStep
        price={bill.topUp}
        goods="balance"
        title={t("pay:topUp")}
        isPicking={paying.isPicking}
        refusal={paying.refusal}
        onPick={paying.pick}
        isDirect
        onKeep={null}
      />
    );
  if (!payment && error) return <Failure error={error} onRetry={paying.refetch} />;
  if (!payment || !stage) return <SkeletonRows rows={3} avatar={28} />;
  if (stage === "choose" || (paying.isChoosing && stage === "pay"))
    return (
      <ChooseStep
        price={payment.price}
        goods={payment.goods}
        title={titleOf(t, payment)}
        isRecurring={payment.isRecurring}
        isPicking={paying.isPicking}
        failure={paying.isChoosing ? null : payment.failure}
        refusal={paying.refusal}
        onPick={paying.pick}
        onKeep={paying.isChoosing && payment.pay ? () => paying.chooseAgain(false) : null}
      />
    );
  return <Chosen {...props} paying={paying} payment={payment} stage={stage} />;
}

function Chosen(
  props: PayBodyProps & {
    paying: Paying;
    payment: Payment;
    stage: Stage;
    onAgain: (payment: Payment) => void;
  },
): ReactNode {
  const { paying, payment, stage } = props;
  const t = useWords();
  return (
    <>
      <Sum payment={payment} />
      <PaymentCard
        paying={paying}
        payment={payment}
        stage={stage}
        onDone={() => props.onDone(payment)}
        doneWords={props.doneWords}
        onAgain={payment.purpose === "recharge" ? () => props.onAgain(payment) : null}
      />
      <Refused error={paying.refusal} />
      {stage === "pay" && payment.pay?.kind === "ton" && <TonElsewhere payment={payment} pay={payment.pay} />}
      {stage === "pay" && payment.pay?.kind === "page" && <PageOnPhone url={payment.pay.url} />}
      <Renewal payment={payment} />
      <Receipts payment={payment} />
      {!isOver(stage) && <p className="section-footer pay-leave">{t("pay:leave")}</p>}
      {stage === "pay" && (
        <div className="sheet-actions">
          <Button look="danger" onClick={paying.giveUp} isLoading={paying.isGivingUp}>
            {t("pay:action.giveUp")}
          </Button>
        </div>
      )}
    </>
  );
}

/** What leaves the reader's purse, and what for. */
function Sum({ payment }: { payment: Payment }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const due = payment.due ?? payment.price;
  const isQuoted = due.asset !== payment.price.asset;
  return (
    <div className="hero">
      <p className="note hint">{titleOf(t, payment)}</p>
      <p className="hero-amount" style={{ marginTop: 0 }}>
        <AmountText value={due} isExact isFirst />
      </p>
      {payment.isRecurring && !payment.renewal && <p className="note hint">{t("pay:renewal.everyMonth")}</p>}
      {isQuoted && (
        <p className="note hint">{t("pay:priceOf", { price: formatAmount(payment.price, language) })}</p>
      )}
    </div>
  );
}

/** Says once, by touch and to whoever asked, that it is paid: when it becomes so, not when it was so already. */
function usePaidOnce(
  payment: Payment | null,
  stage: Stage | null,
  onPaid: ((payment: Payment) => void) | undefined,
): void {
  const before = useRef<Stage | null>(null);
  useEffect(() => {
    const was = before.current;
    before.current = stage;
    if (!payment || stage !== "done" || was === "done" || was === null) return;
    haptics.success();
    onPaid?.(payment);
  }, [payment, stage, onPaid]);
}
