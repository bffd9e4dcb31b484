/** For who took the order: call now, until when, and what becomes of the money. */
import { type ReactNode, useState } from "react";
import { formatAmount } from "../../../../../kit/amount.ts";
import { Button } from "../../../../../kit/button.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import type { Tone } from "../../../../../kit/list.tsx";
import { NextStepCard } from "../../../../../kit/next-step-card.tsx";
import type { OrderDetails } from "../queries.ts";
import { BalanceBar } from "./balance-bar.tsx";
import { ComplainSheet } from "./complain-sheet.tsx";
import { ContactSection } from "./contact-section.tsx";

type Key = "held" | "chosen" | "paid" | "refunded";

const tones: Record<Key, Tone> = { held: "waiting", chosen: "done", paid: "quiet", refunded: "safe" };

export function TakenCard({ order }: { order: OrderDetails }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const [isComplaining, setComplaining] = useState(false);
  const { take } = order;
  if (!take) return null;
  const key: Key = take.state === "paid" && take.isChosen ? "chosen" : take.state;
  const price = formatAmount(take.price, language);
  return (
    <>
      <BalanceBar price={null} returnTo={`/orders/${order.id}`} />
      <NextStepCard
        tone={tones[key]}
        who={t(`orders:taken.${key}.who`)}
        title={t(`orders:taken.${key}.title`, { price })}
        body={t(`orders:taken.${key}.body`, { price })}
        otherwise={key === "held" ? t("orders:taken.held.otherwise", { price }) : null}
        deadline={key === "held" ? order.respondBy : null}
        progress={null}
      />
      {order.contact ? (
        <ContactSection contact={order.contact} isFirst={key === "held" || key === "chosen"} />
      ) : (
        <p className="screen-lead">{t("orders:contact.gone")}</p>
      )}
      <div className="sheet-actions" style={{ paddingBottom: 16 }}>
        {take.hasComplained ? (
          <p className="note hint" role="status" style={{ textAlign: "center" }}>
            {t("orders:complain.already")}
          </p>
        ) : (
          <Button look="danger" onClick={() => setComplaining(true)} testId="complain">
            {t("orders:complain.open")}
          </Button>
        )}
      </div>
      {isComplaining && <ComplainSheet orderId={order.id} onClose={() => setComplaining(false)} />}
    </>
  );
}
