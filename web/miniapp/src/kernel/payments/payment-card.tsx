/** The next-step card of a payment: what happens next, whose move it is, until when, and what if not. */
import type { ReactNode } from "react";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { Button } from "../../../../kit/button.tsx";
import { useNow } from "../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { NextStepCard } from "../../../../kit/next-step-card.tsx";
import { TimeLeft } from "../../../../kit/time-left.tsx";
import { PageButton } from "./page-step.tsx";
import { useMeans } from "./requests.ts";
import { isOver, type Stage } from "./stage.ts";
import { TonWalletButton } from "./ton-step.tsx";
import type { Paying } from "./use-paying.ts";
import { cardWords, tones, whoWords } from "./words.ts";

interface Props {
  paying: Paying;
  payment: Payment;
  stage: Stage;
  /** What leads away once nothing is left to do here. */
  onDone: () => void;
  doneWords: string;
  /** Begins anew after the end; null where only the market can. */
  onAgain: (() => void) | null;
}

export function PaymentCard(props: Props): ReactNode {
  const { payment, stage } = props;
  const t = useWords();
  const language = useLanguage();
  const words = cardWords(t, payment, stage, language);
  return (
    <NextStepCard
      tone={tones[stage]}
      who={whoWords(t, payment, stage)}
      title={words.title}
      body={words.body}
      otherwise={words.otherwise}
      deadline={deadlineOf(payment, stage)}
      progress={null}
    >
      {isOver(stage) ? <Ended {...props} /> : <Actions {...props} />}
    </NextStepCard>
  );
}

/** What is counted down: how long the price or the invoice stands. */
const deadlineOf = (payment: Payment, stage: Stage): string | null =>
  stage === "pay" ? (payment.expiresAt ?? payment.next.at) : null;

/** When we look by ourselves: nobody has to hurry. */
function NextLook({ payment }: { payment: Payment }): ReactNode {
  const t = useWords();
  const now = useNow();
  const { at } = payment.next;
  if (!at || Date.parse(at) <= now) return null;
  return (
    <p className="note hint sent-line">
      <Icon name="clock" size={18} />
      <span>
        {t("pay:lookAgain")} <TimeLeft until={at} isQuiet />
      </span>
    </p>
  );
}

function Actions({ paying, payment, stage }: Props): ReactNode {
  const t = useWords();
  if (stage === "pay") return <PayActions paying={paying} payment={payment} />;
  if (stage === "preparing") return <NextLook payment={payment} />;
  const isOwnWord = stage === "looking" && payment.next.code === "pay";
  return (
    <>
      {stage === "looking" && !isOwnWord && <NextLook payment={payment} />}
      <Button look="tinted" onClick={paying.checkNow} isLoading={paying.isChecking} testId="check-now">
        {t("pay:action.check")}
      </Button>
      {isOwnWord && (
        <Button look="plain" onClick={paying.forget}>
          {t("pay:action.notPaid")}
        </Button>
      )}
    </>
  );
}

function PayActions({ paying, payment }: Pick<Props, "paying" | "payment">): ReactNode {
  const t = useWords();
  const { pay } = payment;
  return (
    <>
      {pay?.kind === "stars" && (
        <Button onClick={paying.payInvoice} isLoading={paying.isInvoiceOpen} testId="pay-stars">
          {t(paying.isInvoiceOpen ? "pay:action.inTelegram" : "pay:action.stars")}
        </Button>
      )}
      {pay?.kind === "ton" && <TonWalletButton payment={payment} pay={pay} onSent={paying.remember} />}
      {pay?.kind === "page" && <PageButton url={pay.url} onBack={paying.checkNow} />}
      <OtherWay paying={paying} payment={payment} />
    </>
  );
}

/** Only where there is another. */
function OtherWay({ paying, payment }: Pick<Props, "paying" | "payment">): ReactNode {
  const t = useWords();
  const { data } = useMeans(payment.price, payment.goods, payment.isRecurring);
  const usable = data?.means.filter(({ isAvailable }) => isAvailable) ?? [];
  if (usable.length < 2) return null;
  return (
    <Button look="plain" onClick={() => paying.chooseAgain(true)} isDisabled={paying.isInvoiceOpen}>
      {t("pay:action.otherWay")}
    </Button>
  );
}

function Ended({ stage, onDone, doneWords, onAgain }: Props): ReactNode {
  const t = useWords();
  if (stage === "over" && onAgain)
    return (
      <>
        <Button onClick={onAgain}>{t("pay:action.again")}</Button>
        <Button look="plain" onClick={onDone}>
          {doneWords}
        </Button>
      </>
    );
  return (
    <Button onClick={onDone} testId="pay-done">
      {doneWords}
    </Button>
  );
}
