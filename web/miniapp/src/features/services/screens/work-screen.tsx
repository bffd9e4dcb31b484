/** The executor's side: what one has, and every order that one took, newest first. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { More, Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { RatingText } from "../../../../../kit/stars.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { BalanceBar } from "../parts/balance-bar.tsx";
import { isOpen, OrderCell } from "../parts/order-cell.tsx";
import { verbOf } from "../parts/waiting-orders.tsx";
import { useOwnFigures, useOwnOrders } from "../queries.ts";

/** What it has cost so far, and how others see one. */
function Figures(): ReactNode {
  const t = useWords();
  const { data } = useOwnFigures();
  if (!data) return <SkeletonRows rows={3} avatar={0} />;
  const { rating, user } = data;
  return (
    <Section footer={t("orders:work.footer")} testId="figures">
      <Cell title={t("orders:work.takes")} after={data.takes} />
      <Cell title={t("orders:work.chosen")} after={data.chosen} />
      {(["held", "paid", "refunded"] as const).map((one) => (
        <Cell key={one} title={t(`orders:work.${one}`)} after={<AmountText value={data[one]} />} />
      ))}
      <Cell
        title={t("review:title")}
        after={<RatingText rating={{ sum: 0, ...(rating ?? { average: null, count: 0 }) }} />}
        {...(rating ? { to: `/reviews/user/${user.id}` } : {})}
      />
    </Section>
  );
}

export default function WorkScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const query = useOwnOrders("taken");
  return (
    <Screen title={t("orders:work.title")} onBack={back}>
      <BalanceBar price={null} returnTo="/orders/work" />
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.orders) }}
        skeleton={<SkeletonRows rows={4} avatar={44} />}
      >
        {(orders) =>
          orders.length === 0 ? (
            <Placeholder
              icon="wrench"
              title={t("orders:work.empty")}
              text={t("orders:work.emptyText")}
              action={{ text: t("orders:work.find"), onClick: () => navigate("/orders") }}
            />
          ) : (
            <>
              <Figures />
              <Section label={t("orders:work.title")} testId="taken-orders">
                {orders.map((order) => (
                  <OrderCell
                    key={order.id}
                    order={order}
                    {...(isOpen(order) ? { verb: verbOf(t, order) } : {})}
                  />
                ))}
              </Section>
              {query.hasNextPage && (
                <More onSeen={() => void query.fetchNextPage()} isBusy={query.isFetchingNextPage} />
              )}
            </>
          )
        }
      </QueryView>
    </Screen>
  );
}
