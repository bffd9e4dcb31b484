/** One order: for its customer, for who could take it, and for who took it. */
import type { ReactNode } from "react";
import { useNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { ExternalLink } from "../../../../../kit/money.tsx";
import { isSignedIn } from "../../../../../kit/reader.ts";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { DateText, TimeLeft } from "../../../../../kit/time-left.tsx";
import { PhotoStrip } from "../../../kernel/files/photo-strip.tsx";
import { usePublicThing } from "../../../kernel/live.ts";
import { useBack } from "../../../kernel/navigation.ts";
import { reachOf } from "../contact.ts";
import { BalanceBar } from "../parts/balance-bar.tsx";
import { CategoryBadge } from "../parts/category-icon.tsx";
import { CustomerCard } from "../parts/customer-card.tsx";
import { distanceText, isOpen, PlacesLeft } from "../parts/order-cell.tsx";
import { TakeOffer } from "../parts/take-offer.tsx";
import { TakenCard } from "../parts/taken-card.tsx";
import { keys, type OrderDetails, useOrder } from "../queries.ts";

export default function OrderScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useOrder(id);
  usePublicThing("orders", id, [...keys.orders, "one", id]);
  const title = query.data ? t(`services:categories.${query.data.category}`) : t("orders:one");
  return (
    <Screen title={title} isTitleHidden onBack={back} hasMainButton>
      <QueryView query={query} skeleton={<OrderSkeleton />}>
        {(order) => <OrderView order={order} />}
      </QueryView>
    </Screen>
  );
}

function OrderView({ order }: { order: OrderDetails }): ReactNode {
  const canTake = isSignedIn() && !order.isMine && !order.isTaken && order.status === "active";
  return (
    <>
      <OrderHead order={order} />
      {canTake && <BalanceBar price={order.price} returnTo={`/orders/${order.id}`} />}
      {order.isMine ? <CustomerCard order={order} /> : order.isTaken && <TakenCard order={order} />}
      <OrderFacts order={order} />
      {!order.isMine && !order.isTaken && <TakeOffer order={order} />}
    </>
  );
}

function OrderHead({ order }: { order: OrderDetails }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const place =
    order.distanceKm === undefined
      ? order.city
      : `${order.city} · ${distanceText(order.distanceKm, language)}`;
  return (
    <div className="deal-head">
      <CategoryBadge category={order.category} size={52} />
      <div className="cell-main">
        <p className="deal-head-title">{t(`services:categories.${order.category}`)}</p>
        <p className="cell-subtitle">{place}</p>
      </div>
    </div>
  );
}

function OrderFacts({ order }: { order: OrderDetails }): ReactNode {
  const t = useWords();
  const now = useNow();
  const isListed = isOpen(order) && Date.parse(order.expiresAt) > now;
  return (
    <>
      <Section header={t("orders:facts.what")}>
        <p className="prose">{order.description}</p>
        <PhotoStrip ids={order.photos} />
      </Section>
      <Section label={t("orders:facts.header")}>
        {isListed && (
          <>
            <Cell title={t("orders:facts.places")} after={<PlacesLeft order={order} />} />
            {!order.isMine && !order.isTaken && (
              <Cell title={t("orders:facts.left")} after={<TimeLeft until={order.expiresAt} />} />
            )}
          </>
        )}
        <Cell title={t("orders:facts.created")} after={<DateText at={order.createdAt} />} />
        {order.location && (
          <Cell
            before={<Icon name="pin" />}
            title={t("orders:facts.place")}
            after={
              <ExternalLink
                url={`https://yandex.ru/maps/?pt=${order.location.longitude},${order.location.latitude}&z=17&l=map`}
                text={t("orders:facts.map")}
              />
            }
          />
        )}
        {order.isMine && order.contact && (
          <Cell title={t("orders:facts.contact")} after={reachOf(order.contact).text} />
        )}
      </Section>
    </>
  );
}

function OrderSkeleton(): ReactNode {
  return (
    <>
      <div className="deal-head">
        <span className="skeleton" style={{ width: 52, height: 52, borderRadius: 26 }} />
        <span className="skeleton" style={{ width: "50%", height: 20 }} />
      </div>
      <div className="section">
        <div className="section-body skeleton" style={{ height: 196, borderRadius: "var(--radius)" }} />
      </div>
      <SkeletonRows rows={3} avatar={0} />
    </>
  );
}
