/** What the customer has to do next about their order, with who took it below. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../../../../kit/button.tsx";
import { type Translate, useWords } from "../../../../../kit/i18n.ts";
import type { Tone } from "../../../../../kit/list.tsx";
import { NextStepCard } from "../../../../../kit/next-step-card.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { type OrderDetails, useDeleteOrder, useRespond } from "../queries.ts";
import { isOpen } from "./order-cell.tsx";
import { Takers } from "./takers.tsx";

interface Stage {
  readonly key: "waiting" | "taken" | "answered" | "silent" | "expired" | "removed";
  readonly tone: Tone;
  readonly deadline: string | null;
}

export function stageOf(order: OrderDetails): Stage {
  if (isOpen(order))
    return order.takesCount > 0
      ? { key: "taken", tone: "waiting", deadline: order.respondBy }
      : { key: "waiting", tone: "safe", deadline: order.expiresAt };
  if (order.outcome === "answered") return { key: "answered", tone: "done", deadline: null };
  if (order.outcome === "removed") return { key: "removed", tone: "trouble", deadline: null };
  const isSilent = order.outcome === "silent" || order.takesCount > 0;
  return { key: isSilent ? "silent" : "expired", tone: "quiet", deadline: null };
}

export function CustomerCard({ order }: { order: OrderDetails }): ReactNode {
  const t = useWords();
  const stage = stageOf(order);
  const words = (part: string): string =>
    t(`orders:customer.${stage.key}.${part}`, { count: order.takesCount });
  return (
    <>
      <NextStepCard
        tone={stage.tone}
        who={words("who")}
        title={words("title")}
        body={words("body")}
        otherwise={stage.key === "waiting" || stage.key === "taken" ? words("otherwise") : null}
        deadline={stage.deadline}
        progress={null}
      >
        <Actions order={order} stage={stage} t={t} />
      </NextStepCard>
      <Takers order={order} canChoose={stage.key === "taken"} />
    </>
  );
}

function Actions({ order, stage, t }: { order: OrderDetails; stage: Stage; t: Translate }): ReactNode {
  const [, navigate] = useLocation();
  const [isDeleting, setDeleting] = useState(false);
  const respond = useRespond(order.id, { onDone: haptics.success });
  if (stage.key === "taken")
    return (
      <Button
        isLoading={respond.isPending}
        onClick={() => respond.mutate({ called: true })}
        testId="respond-called"
      >
        {t("orders:customer.called")}
      </Button>
    );
  if (stage.key === "waiting")
    return (
      <>
        <Button look="tinted" onClick={() => navigate(`/orders/${order.id}/edit`)}>
          {t("orders:customer.edit")}
        </Button>
        <Button look="danger" onClick={() => setDeleting(true)}>
          {t("orders:customer.delete")}
        </Button>
        {isDeleting && <DeleteSheet id={order.id} onClose={() => setDeleting(false)} />}
      </>
    );
  if (stage.key === "answered") return null;
  return (
    <Button onClick={() => navigate(`/orders/new?category=${order.category}`)} testId="ask-again">
      {t("orders:customer.again")}
    </Button>
  );
}

function DeleteSheet({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const remove = useDeleteOrder(id, () => navigate("/orders/mine", { replace: true }));
  return (
    <Sheet title={t("orders:delete.title")} onClose={onClose}>
      <p className="screen-lead">{t("orders:delete.text")}</p>
      <div className="sheet-actions">
        <Button
          look="danger"
          isLoading={remove.isPending}
          onClick={() => remove.mutate()}
          testId="confirm-delete"
        >
          {t("orders:delete.go")}
        </Button>
      </div>
    </Sheet>
  );
}
