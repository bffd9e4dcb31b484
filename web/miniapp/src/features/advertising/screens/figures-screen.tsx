/** What advertising cost or brought, for either side: sums, days as bars, parts, ended placements, and all of it as a file. */
import { type ReactNode, useState } from "react";
import type { Party } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import { formatAmount } from "../../../../../kit/amount.ts";
import { BarChart } from "../../../../../kit/chart.tsx";
import { serverNow } from "../../../../../kit/clock.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Avatar, Cell, Chip, Section } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { date } from "../../../../../kit/time.ts";
import { DateText } from "../../../../../kit/time-left.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { barsOf, gramOf, roundedCost } from "../figures.ts";
import { countText, shortFormat } from "../names.ts";
import { FiguresFile } from "../parts/figures-file.tsx";
import { More } from "../parts/more.tsx";
import { type Dashboard, useDashboard, useHistory } from "../queries.ts";

const spans = [7, 30, 90, 365] as const;

export default function FiguresScreen({ role: named }: { role: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const role: Party = named === "publisher" ? "publisher" : "advertiser";
  const [days, setDays] = useState<number>(30);
  const query = useDashboard(role, days);
  return (
    <Screen title={t(`ads:dashboard.${role}`)} onBack={back}>
      <div className="pills" role="radiogroup" aria-label={t("ads:figures.span")}>
        {spans.map((one) => (
          // biome-ignore lint/a11y/useSemanticElements: pills act as radios, as segmented controls do.
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={days === one}
            className={days === one ? "pill is-on" : "pill"}
            onClick={() => {
              haptics.selection();
              setDays(one);
            }}
          >
            {t(`ads:dashboard.days${one}`)}
          </button>
        ))}
      </div>
      <QueryView query={query} skeleton={<SkeletonRows rows={5} avatar={0} />}>
        {(dashboard) => (
          <>
            <Sums dashboard={dashboard} />
            <Chart dashboard={dashboard} />
            <Parts dashboard={dashboard} />
          </>
        )}
      </QueryView>
      <History role={role} />
    </Screen>
  );
}

function Sums({ dashboard }: { dashboard: Dashboard }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { role, totals } = dashboard;
  const facts = [
    { name: `money.${role}`, value: formatAmount(totals.money, language) },
    { name: "placements", value: countText(totals.placements, language) },
    { name: "views", value: countText(totals.views, language) },
    {
      name: "costPerThousand",
      value: totals.costPerThousand && formatAmount(roundedCost(totals.costPerThousand), language),
    },
  ];
  return (
    <Section header={t("ads:dashboard.ended")} footer={t("ads:dashboard.viewsFooter")} testId="sums">
      <dl className="ad-facts">
        {facts.map(({ name, value }) => (
          <div className="ad-fact" key={name}>
            <dt className="ad-fact-name">{t(`ads:dashboard.${name}`)}</dt>
            <dd className={value === null ? "ad-fact-value is-unknown" : "ad-fact-value"}>
              {value ?? t("ads:figures.unknown")}
            </dd>
          </div>
        ))}
      </dl>
      <Cell
        title={t("ads:dashboard.running")}
        subtitle={t("ads:dashboard.reserved", { sum: formatAmount(totals.reserved, language) })}
        after={<span className="tabular">{totals.running}</span>}
        to="/placements"
      />
      <Cell
        title={t("ads:dashboard.openOffers")}
        after={<span className="tabular">{totals.openOffers}</span>}
        to={`/offers?role=${role}`}
      />
    </Section>
  );
}

function Chart({ dashboard }: { dashboard: Dashboard }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const bars = barsOf(dashboard.days);
  const hasMoney = bars.some(({ value }) => value > 0);
  return (
    <Section>
      <BarChart
        title={t(`ads:dashboard.money.${dashboard.role}`)}
        points={hasMoney ? bars : []}
        format={(value) => formatAmount({ amount: gramOf(value), asset: "TON" }, language)}
        formatAt={(at) => date(at, serverNow(), language)}
        emptyText={t("ads:dashboard.nothingYet")}
      />
    </Section>
  );
}

function Parts({ dashboard }: { dashboard: Dashboard }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { role, parts } = dashboard;
  if (parts.length === 0) return null;
  return (
    <Section header={t(`ads:dashboard.parts.${role}`)}>
      {parts.map(({ id, title, money, placements, views, costPerThousand }) => (
        <Cell
          key={id ?? "none"}
          title={title || t("ads:dashboard.noCampaign")}
          subtitle={[
            t("ads:rating.placements", { count: placements }),
            views === null
              ? null
              : t("ads:dashboard.viewsOf", { count: views, views: countText(views, language) }),
            costPerThousand &&
              t("ads:slots.perThousand", { price: formatAmount(roundedCost(costPerThousand), language) }),
          ]
            .filter(Boolean)
            .join(" · ")}
          after={<AmountText value={money} />}
          isAfterStrong
          {...(id ? { to: role === "advertiser" ? `/campaigns/${id}` : `/channels/${id}` } : {})}
        />
      ))}
    </Section>
  );
}

function History({ role }: { role: Party }): ReactNode {
  const t = useWords();
  const query = useHistory(role);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error && !query.data)
    return (
      <QueryView query={{ data: undefined, error: query.error, refetch: query.refetch }}>
        {() => null}
      </QueryView>
    );
  if (items.length === 0) return null;
  return (
    <>
      <Section header={t("ads:dashboard.history")} testId="history">
        {items.map((one) => (
          <Cell
            key={one.dealId}
            to={`/placements/${one.dealId}`}
            before={<Avatar name={one.channel.title} url={one.channel.photoUrl} size={44} />}
            beforeSize={44}
            title={<span className="listing-title">{one.channel.title}</span>}
            subtitle={
              <>
                <span className="listing-line">
                  {shortFormat(one.format)} · <DateText at={one.endedAt} />
                </span>
                <span className="chips">
                  <Chip tone={one.outcome === "released" ? "done" : "quiet"}>
                    {t(`ads:outcome.${one.outcome}`)}
                  </Chip>
                </span>
              </>
            }
            after={<AmountText value={one.money} />}
          />
        ))}
      </Section>
      <More query={query} />
      <FiguresFile role={role} />
    </>
  );
}
