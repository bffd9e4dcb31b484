/** One payment on its own screen: where a message of the bot or a line of the history leads. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useWords } from "../../../../kit/i18n.ts";
import { Screen } from "../../../../kit/screen.tsx";
import { useBack } from "../navigation.ts";
import { PayBody } from "./pay-body.tsx";

export default function PaymentScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  return (
    <Screen title={t("pay:title")} isTitleHidden onBack={back}>
      <PayBody
        bill={{ paymentId: id }}
        onDone={(payment) => navigate(payment.returnTo, { replace: true })}
        doneWords={t("pay:action.back")}
      />
    </Screen>
  );
}
