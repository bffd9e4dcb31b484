/** The customer rates one who took the order. */
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { randomId, send } from "../../../../../kit/api.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { useReviewChange, type Written } from "../../../kernel/reviews/requests.ts";
import { ReviewSheet } from "../../../kernel/reviews/review-sheet.tsx";
import { keys } from "../queries.ts";

export function useRate(orderId: string, executorId: string, onDone: () => void) {
  const t = useWords();
  const client = useQueryClient();
  const [key] = useState(randomId);
  return useReviewChange(
    (review: Written) => send("POST", "/api/reviews/client", { orderId, executorId, ...review }, key),
    t("review:write.sent"),
    () => {
      void client.invalidateQueries({ queryKey: keys.orders });
      onDone();
    },
  );
}

export function RateSheet(props: {
  orderId: string;
  executor: { id: string; name: string };
  onClose: () => void;
}): ReactNode {
  const { orderId, executor, onClose } = props;
  const t = useWords();
  const rate = useRate(orderId, executor.id, onClose);
  return (
    <ReviewSheet
      title={t("orders:takers.rateTitle", { name: executor.name })}
      isPending={rate.isPending}
      onSend={(review) => rate.mutate(review)}
      onClose={onClose}
    />
  );
}
