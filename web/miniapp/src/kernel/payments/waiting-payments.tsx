/** Payments that wait, above everything else; nothing when none does. */
import type { ReactNode } from "react";
import { useWords } from "../../../../kit/i18n.ts";
import { Section } from "../../../../kit/list.tsx";
import { isOpen, PaymentCell } from "./payment-cell.tsx";
import { usePayments } from "./requests.ts";

const SHOWN = 3;

export function WaitingPayments(): ReactNode {
  const t = useWords();
  const { data } = usePayments();
  const waiting = data?.pages.flatMap((page) => page.items).filter(isOpen) ?? [];
  if (waiting.length === 0) return null;
  return (
    <Section header={t("pay:list.waiting")} testId="waiting-payments">
      {waiting.slice(0, SHOWN).map((payment) => (
        <PaymentCell key={payment.id} payment={payment} isBare />
      ))}
    </Section>
  );
}
