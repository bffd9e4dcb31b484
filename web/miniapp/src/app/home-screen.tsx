/** Home: what waits for the reader first, then what is under way, then the money, then the markets. */
import { type ReactNode, Suspense } from "react";
import type { Deal } from "../../../../server/src/kernel/deals/shapes.ts";
import { ErrorBoundary } from "../../../kit/error-boundary.tsx";
import { useLanguage, useWords } from "../../../kit/i18n.ts";
import { Icon, type IconName } from "../../../kit/icons.tsx";
import { Cell, Section } from "../../../kit/list.tsx";
import { QueryView, Screen, SkeletonRows } from "../../../kit/screen.tsx";
import { BalanceCell } from "../kernel/balance/balance-cell.tsx";
import { DealCell } from "../kernel/deals/deal-cell.tsx";
import { isMyMove } from "../kernel/deals/words.ts";
import { type Entry, type Feature, useFeatures } from "../kernel/feature.ts";
import { WaitingPayments } from "../kernel/payments/waiting-payments.tsx";
import { useDeals, useMe } from "../kernel/queries.ts";
import { features } from "./features.ts";
import { isPublicPath, lazyOf } from "./routes.tsx";

const SHOWN = 4;

const waiting = features.flatMap((feature) =>
  feature.waiting ? [{ name: feature.name, Part: lazyOf(feature, feature.waiting) }] : [],
);

export function HomeScreen(): ReactNode {
  const t = useWords();
  const deals = useDeals(true);
  const me = useMe().data;
  const name = me?.firstName;
  return (
    <Screen title={name ? t("app:home.hello", { name }) : "Souk"} onBack={null} hasTabs>
      <WaitingPayments />
      {waiting.map(({ name, Part }) => (
        <ErrorBoundary key={name} isPart>
          <Suspense>
            <Part />
          </Suspense>
        </ErrorBoundary>
      ))}
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
      <Markets entries={(feature) => feature.entries} />
      {deals.data?.pages[0]?.items.length === 0 && <Welcome />}
    </Screen>
  );
}

/** For who looks from a plain browser: what can be read there. */
export function VisitorHome(): ReactNode {
  return (
    <Screen title="Souk" onBack={null}>
      <Markets entries={(feature) => feature.entries.filter(({ to }) => isPublicPath(to))} />
      <Welcome />
    </Screen>
  );
}

function Markets({ entries }: { entries: (feature: Feature) => readonly Entry[] }): ReactNode {
  const language = useLanguage();
  return useFeatures().map((feature) => {
    const rows = entries(feature);
    if (rows.length === 0) return null;
    return (
      <Section key={feature.name} header={feature.title[language]}>
        {rows.map(({ icon, title, text, to }) => (
          <Cell
            key={to}
            before={<Icon name={icon} />}
            title={title[language]}
            subtitle={text?.[language]}
            to={to}
          />
        ))}
      </Section>
    );
  });
}

function OpenDeals({ items }: { items: readonly Deal[] }): ReactNode {
  const t = useWords();
  const mine = items.filter(isMyMove);
  const others = items.filter((deal) => !isMyMove(deal));
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
