/** What was wrong with an order that one took. */
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { ComplaintReason as Reason } from "../../../../../../server/src/markets/services/rules.ts";
import { randomId, send } from "../../../../../kit/api.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { ComplaintSheet } from "../../../kernel/reviews/complaint-sheet.tsx";
import { useReviewChange } from "../../../kernel/reviews/requests.ts";
import { keys } from "../queries.ts";

const reasons: readonly Reason[] = ["fake_contact", "no_response", "rude", "spam", "wrong_category", "other"];

export function ComplainSheet({ orderId, onClose }: { orderId: string; onClose: () => void }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [key] = useState(randomId);
  const complain = useReviewChange(
    (given: { reason: Reason; text: string }) =>
      send("POST", "/api/reviews/executor", { orderId, ...given }, key),
    t("orders:complain.sent"),
    () => {
      void client.invalidateQueries({ queryKey: keys.orders });
      onClose();
    },
  );
  return (
    <ComplaintSheet
      title={t("orders:complain.title")}
      lead={t("orders:complain.lead")}
      reasons={reasons.map((value) => ({ value, text: t(`services:complaints.${value}`) }))}
      isPending={complain.isPending}
      onSend={(given) => complain.mutate(given)}
      onClose={onClose}
    />
  );
}
