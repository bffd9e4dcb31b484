/** What taking an order costs, what one gets for it, what if not; and the one press that does it. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { formatAmount } from "../../../../../kit/amount.ts";
import { MainButton } from "../../../../../kit/button.tsx";
import { useNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Section } from "../../../../../kit/list.tsx";
import { NextStepCard } from "../../../../../kit/next-step-card.tsx";
import { ApiError } from "../../../../../kit/problem.ts";
import { isSignedIn } from "../../../../../kit/reader.ts";
import { haptics } from "../../../../../kit/telegram.ts";
import { rechargePath } from "../money.ts";
import { type OrderDetails, useTakeOrder } from "../queries.ts";
import { missingOf, useAvailable } from "./balance-bar.tsx";

export function TakeOffer({ order }: { order: OrderDetails }): ReactNode {
  const t = useWords();
  const now = useNow();
  const isOver = Date.parse(order.expiresAt) <= now;
  if (order.status === "active" && !isOver)
    return isSignedIn() ? <Offer order={order} /> : <Price order={order} />;
  const key = order.status === "taken" ? "full" : "over";
  return (
    <NextStepCard
      tone="quiet"
      who={t(`services:status.${isOver && order.status === "active" ? "expired" : order.status}`)}
      title={t(`orders:take.${key}`)}
      body={t(`orders:take.${key}Text`)}
      deadline={null}
      progress={null}
    />
  );
}

const points = [
  { icon: "phone", word: "contact" },
  { icon: "swap", word: "back" },
  { icon: "users", word: "places" },
] as const;

function Price({ order }: { order: OrderDetails }): ReactNode {
  const t = useWords();
  const price = formatAmount(order.price, useLanguage());
  return (
    <Section header={t("orders:take.header", { price })} testId="take-terms">
      {points.map(({ icon, word }) => (
        <div className="reassure" data-tone="safe" key={word}>
          <Icon name={icon} />
          <span>{t(`orders:take.${word}`, { price })}</span>
        </div>
      ))}
    </Section>
  );
}

function Offer({ order }: { order: OrderDetails }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const available = useAvailable(order.price.asset);
  const [refusedMissing, setRefused] = useState<string | null>(null);
  const take = useTakeOrder(order.id, {
    onDone: () => {
      haptics.success();
      window.scrollTo({ top: 0 });
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || error.code !== "services.not_enough") return false;
      setRefused(String(error.details.missing ?? order.price.amount));
      haptics.warning();
      return true;
    },
  });
  const missing = available === null ? refusedMissing : missingOf(order.price, available);
  const { asset } = order.price;
  const returnTo = `/orders/${order.id}`;
  return (
    <>
      <Price order={order} />
      {missing ? (
        <MainButton
          text={t("orders:take.topUp")}
          onClick={() => navigate(rechargePath({ asset, missing, returnTo }))}
        />
      ) : (
        <MainButton
          text={t("orders:take.go", { price: formatAmount(order.price, language) })}
          isLoading={take.isPending}
          onClick={() => take.mutate(undefined)}
        />
      )}
    </>
  );
}
