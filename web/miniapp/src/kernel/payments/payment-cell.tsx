/** A payment in a list: what it is for, how much, and where it stands. */
import type { ReactNode } from "react";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Chip } from "../../../../kit/list.tsx";
import { AmountText } from "../../../../kit/money.tsx";
import { DateText, TimeLeft } from "../../../../kit/time-left.tsx";
import { statusTones, titleOf } from "./words.ts";

/** Waits for the reader, or for money that the reader has sent. */
export const isOpen = ({ status }: Payment): boolean => status === "created" || status === "pending";

/** `isBare`: under a heading that says already where it stands. */
export function PaymentCell({ payment, isBare }: { payment: Payment; isBare?: boolean }): ReactNode {
  const t = useWords();
  const { status, expiresAt, receipts } = payment;
  const isPartlyBack = status !== "refunded" && receipts.some(({ refunded }) => refunded !== "0");
  return (
    <Cell
      to={`/payments/${payment.id}`}
      before={<Icon name={payment.purpose === "recharge" ? "coins" : "receipt"} />}
      title={titleOf(t, payment)}
      testId={`payment-${payment.id}`}
      subtitle={
        <>
          <span className="deal-cell-line" data-tone={statusTones[status]}>
            <AmountText value={payment.price} />
            {isOpen(payment) && expiresAt ? (
              <span className="deal-cell-time">
                <Icon name="clock" size={16} />
                <TimeLeft until={expiresAt} isQuiet />
              </span>
            ) : (
              <span className="hint">
                <DateText at={payment.createdAt} />
              </span>
            )}
          </span>
          <span className="chips">
            {!isBare && <Chip tone={statusTones[status]}>{t(`payments:status.${status}`)}</Chip>}
            {isPartlyBack && <Chip tone="quiet">{t("pay:partlyRefunded")}</Chip>}
          </span>
        </>
      }
    />
  );
}
