/** Home: what waits for the reader first, then what is under way, then the markets. */
import type { ReactNode } from "react";
import type { Deal } from "../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../kit/i18n.ts";
import { Icon, type IconName } from "../../../kit/icons.tsx";
import { Cell, Section } from "../../../kit/list.tsx";
import { QueryView, Screen, SkeletonRows } from "../../../kit/screen.tsx";
import { FreshListings } from "../features/channels/parts/fresh-listings.tsx";
import { BalanceCell } from "../kernel/balance/balance-cell.tsx";
import { DealCell } from "../kernel/deals/deal-cell.tsx";
import { isMyMove } from "../kernel/deals/words.ts";
import { WaitingPayments } from "../kernel/payments/waiting-payments.tsx";
import { useDeals, useMe } from "../kernel/queries.ts";

const SHOWN = 4;

export function HomeScreen(): ReactNode {
  const t = useWords();
  const deals = useDeals(true);
  const me = useMe().data;
  const name = me?.firstName;
  return (
    <Screen title={name ? t("app:home.hello", { name }) : "Souk"} onBack={null} hasTabs>
      <WaitingPayments />
      <QueryView
        query={{ ...deals, data: deals.data?.pages.flatMap((page) => page.items) }}
        skeleton={<SkeletonRows rows={2} />}
      >
        {(items) => <OpenDeals items={items} />}
      </QueryView>
      <Section>
        <BalanceCell />
      </Section>
      {me?.staffRoles.includes("arbiter") && (
        <Section>
          <Cell before={<Icon name="scales" />} title={t("app:home.desk")} to="/arbiter" />
        </Section>
      )}
      <Section header={t("app:home.market")}>
        <Cell
          before={<Icon name="channels" />}
          title={t("app:home.buy")}
          subtitle={t("app:home.buyText")}
          to="/channels"
        />
        <Cell
          before={<Icon name="plus" />}
          title={t("app:home.sell")}
          subtitle={t("app:home.sellText")}
          to="/sell"
        />
      </Section>
      <FreshListings />
    </Screen>
  );
}

function OpenDeals({ items }: { items: readonly Deal[] }): ReactNode {
  const t = useWords();
  const mine = items.filter(isMyMove);
  const others = items.filter((deal) => !isMyMove(deal));
  if (items.length === 0) return <Welcome />;
  return (
    <>
      {mine.length > 0 && (
        <Section header={t("app:home.waiting")} testId="waiting-for-me">
          {mine.slice(0, SHOWN).map((deal) => (
            <DealCell key={deal.id} deal={deal} />
          ))}
        </Section>
      )}
      {others.length > 0 && (
        <Section header={t("app:home.underWay")}>
          {others.slice(0, SHOWN).map((deal) => (
            <DealCell key={deal.id} deal={deal} />
          ))}
          {items.length > SHOWN && <Cell look="action" title={t("app:home.allDeals")} to="/deals" />}
        </Section>
      )}
    </>
  );
}

const promises: readonly { icon: IconName; word: string }[] = [
  { icon: "lock", word: "locked" },
  { icon: "shield", word: "checked" },
  { icon: "swap", word: "back" },
];

/** For who has no deal yet: why it is safe, in three lines. */
function Welcome(): ReactNode {
  const t = useWords();
  return (
    <Section header={t("app:welcome.title")}>
      {promises.map(({ icon, word }) => (
        <div className="reassure" data-tone="safe" key={word}>
          <Icon name={icon} />
          <span>{t(`app:welcome.${word}`)}</span>
        </div>
      ))}
    </Section>
  );
}
