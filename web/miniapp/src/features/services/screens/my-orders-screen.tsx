/** The customer's orders, newest first: those that are open say what is to be done. */
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { More, Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { isOpen, OrderCell } from "../parts/order-cell.tsx";
import { verbOf } from "../parts/waiting-orders.tsx";
import { useOwnOrders } from "../queries.ts";

export default function MyOrdersScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const query = useOwnOrders("mine");
  return (
    <Screen title={t("orders:mine.title")} onBack={back}>
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.orders) }}
        skeleton={<SkeletonRows rows={4} avatar={44} />}
      >
        {(orders) =>
          orders.length === 0 ? (
            <Placeholder
              icon="wrench"
              title={t("orders:mine.empty")}
              text={t("orders:mine.emptyText")}
              action={{ text: t("orders:form.title"), onClick: () => navigate("/orders/new") }}
            />
          ) : (
            <>
              <Section>
                <Cell
                  look="action"
                  before={<Icon name="plus" />}
                  title={t("orders:form.title")}
                  to="/orders/new"
                />
              </Section>
              <Section label={t("orders:mine.title")} testId="my-orders">
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
