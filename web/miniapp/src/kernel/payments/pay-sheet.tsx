/** The one pay sheet, for whatever is bought anywhere. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Sheet } from "../../../../kit/sheet.tsx";
import { PayBody } from "./pay-body.tsx";
import type { Bill } from "./use-paying.ts";

export interface PaySheetProps {
  bill: Bill;
  onClose: () => void;
  onPaid?: (payment: Payment) => void;
  /** Instead of going to where the payment says that one was. */
  onDone?: () => void;
}

export default function PaySheet({ bill, onClose, onPaid, onDone }: PaySheetProps): ReactNode {
  const t = useWords();
  const [path, navigate] = useLocation();
  const leave = (payment: Payment) => {
    onClose();
    if (onDone) onDone();
    else if (payment.returnTo !== path) navigate(payment.returnTo);
  };
  return (
    <Sheet title={t("topUp" in bill ? "pay:topUpTitle" : "pay:title")} onClose={onClose} testId="pay-sheet">
      <PayBody bill={bill} onPaid={onPaid} onDone={leave} doneWords={t("kit:done")} />
    </Sheet>
  );
}
