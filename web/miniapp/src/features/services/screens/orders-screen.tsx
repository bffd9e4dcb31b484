/** The live list: who needs help now, with how long they still wait; and what one has to answer with. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useNow } from "../../../../../kit/clock.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Section } from "../../../../../kit/list.tsx";
import { isSignedIn } from "../../../../../kit/reader.ts";
import { More, Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { usePublicList } from "../../../kernel/live.ts";
import { useBack } from "../../../kernel/navigation.ts";
import { categories } from "../categories.ts";
import { BalanceBar } from "../parts/balance-bar.tsx";
import { FilterSheet } from "../parts/filter-sheet.tsx";
import { OrderCell } from "../parts/order-cell.tsx";
import { type Filter, keys, type Order, useOpenOrders } from "../queries.ts";
import { lastFilter } from "../remembered.ts";

const noFilter: Filter = { category: null, city: null, near: null, radiusKm: 10 };

/** What was chosen the last time on this device; where one was then is not kept. */
function remembered(): Filter {
  const known = lastFilter.get();
  const category = categories.find((one) => one === known?.category) ?? null;
  return { ...noFilter, category, city: typeof known?.city === "string" ? known.city : null };
}

export default function OrdersScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [, navigate] = useLocation();
  const [filter, setFilter] = useState(remembered);
  const [isFiltering, setFiltering] = useState(false);
  const query = useOpenOrders(filter);
  usePublicList("orders", [...keys.orders, "open"]);
  const price = query.data?.pages[0]?.orders[0]?.price ?? null;
  const apply = (next: Filter) => {
    lastFilter.set({ category: next.category, city: next.city });
    setFilter(next);
    setFiltering(false);
  };
  return (
    <Screen
      title={t("orders:list.title")}
      onBack={back}
      action={
        isSignedIn() && (
          <span style={{ display: "flex", margin: "-4px -12px -4px 0" }}>
            <IconButton
              icon="receipt"
              label={t("orders:work.title")}
              onClick={() => navigate("/orders/work")}
            />
            <IconButton
              icon="bell"
              label={t("orders:settings.title")}
              onClick={() => navigate("/orders/settings")}
            />
          </span>
        )
      }
    >
      {isSignedIn() && <BalanceBar price={price} returnTo="/orders" />}
      <FilterPills filter={filter} onOpen={() => setFiltering(true)} />
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.orders) }}
        skeleton={<SkeletonRows rows={6} avatar={44} />}
      >
        {(orders) => (
          <Results orders={orders} query={query} filter={filter} onClear={() => apply(noFilter)} />
        )}
      </QueryView>
      {isFiltering && <FilterSheet filter={filter} onApply={apply} onClose={() => setFiltering(false)} />}
    </Screen>
  );
}

function IconButton(props: { icon: "receipt" | "bell"; label: string; onClick: () => void }): ReactNode {
  return (
    <button type="button" className="icon-button" aria-label={props.label} onClick={props.onClick}>
      <Icon name={props.icon} />
    </button>
  );
}

function FilterPills({ filter, onOpen }: { filter: Filter; onOpen: () => void }): ReactNode {
  const t = useWords();
  const where = filter.near
    ? t("orders:filter.around", { km: filter.radiusKm })
    : (filter.city ?? t("orders:filter.everywhere"));
  return (
    <div className="pills">
      <button
        type="button"
        className={filter.near || filter.city ? "pill is-on" : "pill"}
        onClick={onOpen}
        data-testid="filter-where"
      >
        <Icon name="pin" size={20} />
        {where}
      </button>
      <button
        type="button"
        className={filter.category ? "pill is-on" : "pill"}
        onClick={onOpen}
        data-testid="filter-category"
      >
        <Icon name="filter" size={20} />
        {filter.category ? t(`services:categories.${filter.category}`) : t("orders:filter.anything")}
      </button>
    </div>
  );
}

interface ResultsProps {
  orders: readonly Order[];
  query: ReturnType<typeof useOpenOrders>;
  filter: Filter;
  onClear: () => void;
}

function Results({ orders, query, filter, onClear }: ResultsProps): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const now = useNow();
  // What ends while one looks goes at its very second.
  const living = orders.filter(({ expiresAt }) => Date.parse(expiresAt) > now);
  if (living.length === 0) {
    const isNarrowed = filter.category !== null || filter.city !== null || filter.near !== null;
    return isNarrowed ? (
      <Placeholder
        icon="search"
        title={t("orders:list.nothing")}
        text={t("orders:list.nothingText")}
        action={{ text: t("orders:filter.clear"), onClick: onClear }}
      />
    ) : (
      <Placeholder
        icon="wrench"
        title={t("orders:list.empty")}
        text={t("orders:list.emptyText")}
        action={
          isSignedIn()
            ? { text: t("orders:settings.open"), onClick: () => navigate("/orders/settings") }
            : undefined
        }
      />
    );
  }
  return (
    <>
      <div style={{ opacity: query.isPlaceholderData ? 0.5 : 1, transition: "opacity 120ms" }}>
        <Section label={t("orders:list.title")} testId="orders">
          {living.map((order) => (
            <OrderCell key={order.id} order={order} />
          ))}
        </Section>
      </div>
      {query.hasNextPage && (
        <More onSeen={() => void query.fetchNextPage()} isBusy={query.isFetchingNextPage} />
      )}
    </>
  );
}
