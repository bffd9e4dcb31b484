/** For the moderator: an order that somebody complains of, with its contact to try, and who paid for it. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { DisputedOrder } from "../../../../../../server/src/markets/services/shapes.ts";
import { send } from "../../../../../kit/api.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { Avatar, Cell, Section } from "../../../../../kit/list.tsx";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { DateText } from "../../../../../kit/time-left.tsx";
import { PhotoStrip } from "../../../kernel/files/photo-strip.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import { ContactSection } from "../parts/contact-section.tsx";
import { keys } from "../queries.ts";

export default function DisputeScreen({ id }: { id: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useQuery({
    // Not among the orders, which are asked for again at any news: each look is written down.
    queryKey: [...keys.disputes, id],
    queryFn: () => send<DisputedOrder>("POST", `/api/admin/orders/${id}/look`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Screen title={t("orders:dispute.title")} lead={t("orders:dispute.lead")} onBack={back}>
      <QueryView query={query} skeleton={<SkeletonRows rows={5} avatar={0} />}>
        {(order) => <Disputed order={order} />}
      </QueryView>
    </Screen>
  );
}

function Disputed({ order }: { order: DisputedOrder }): ReactNode {
  const t = useWords();
  return (
    <>
      {order.contact && <ContactSection contact={order.contact} isFirst />}
      <Section header={t("orders:facts.what")}>
        <p className="prose">{order.description}</p>
        <PhotoStrip ids={order.photos} />
      </Section>
      <Section label={t("orders:facts.header")}>
        <Cell title={t(`services:categories.${order.category}`)} after={order.city} />
        <Cell
          title={t("orders:dispute.state")}
          after={t(order.outcome ? `services:outcomes.${order.outcome}` : `services:status.${order.status}`)}
        />
        <Cell title={t("orders:facts.created")} after={<DateText at={order.createdAt} />} />
      </Section>
      <Section header={t("orders:takers.header")} testId="dispute-takes">
        {order.takes.map(({ user, state, hasComplained }) => (
          <Cell
            key={user.id}
            before={<Avatar name={user.firstName} url={user.photoUrl} />}
            title={user.firstName}
            subtitle={hasComplained ? t("orders:dispute.complained") : undefined}
            after={t(`services:takes.${state}`)}
          />
        ))}
      </Section>
    </>
  );
}
