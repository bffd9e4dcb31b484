/** What is paid again by itself: until when it is paid, whether it goes on, and the press that ends it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { randomId } from "../../../../kit/api.ts";
import { Button } from "../../../../kit/button.tsx";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../kit/list.tsx";
import { DateText } from "../../../../kit/time-left.tsx";
import { keys } from "../queries.ts";
import { Refused } from "./refused.tsx";
import { stopRenewal } from "./requests.ts";

export function Renewal({ payment }: { payment: Payment }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  // The same press after a lost answer is the same wish.
  const key = useRef(randomId());
  const stopping = useMutation({
    mutationFn: () => stopRenewal(payment.id, key.current),
    onSuccess: (changed) => client.setQueryData(keys.payment(changed.id), changed),
    onError: () => void client.invalidateQueries({ queryKey: keys.payments }),
  });
  const { renewal } = payment;
  if (!renewal) return null;
  return (
    <>
      <Section header={t("pay:renewal.header")} testId="renewal">
        <Cell
          before={<Icon name="clock" />}
          title={t(`pay:renewal.${renewal.state}`)}
          subtitle={
            <span>
              {t("pay:renewal.until")} <DateText at={renewal.paidUntil} />
            </span>
          }
        />
      </Section>
      <Refused error={stopping.error} />
      {renewal.state === "on" && (
        <div className="sheet-actions">
          <Button
            look="plain"
            onClick={() => !stopping.isPending && stopping.mutate()}
            isLoading={stopping.isPending}
            testId="stop-renewal"
          >
            {t("pay:renewal.stop")}
          </Button>
        </div>
      )}
    </>
  );
}
