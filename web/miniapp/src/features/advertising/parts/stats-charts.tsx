/** How the figures went over time, one source to a day. */
import { type ReactNode, useState } from "react";
import { LineChart } from "../../../../../kit/chart.tsx";
import { serverNow } from "../../../../../kit/clock.ts";
import { Segmented } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { QueryView, SkeletonRows } from "../../../../../kit/screen.tsx";
import { date } from "../../../../../kit/time.ts";
import { countText } from "../names.ts";
import { type Stats, useStats } from "../queries.ts";

const spans = ["30", "90", "365"] as const;

export function StatsCharts({ channelId }: { channelId: string }): ReactNode {
  const t = useWords();
  const [span, setSpan] = useState<(typeof spans)[number]>("30");
  const query = useStats(channelId, Number(span));
  return (
    <Section header={t("ads:figures.history")} testId="channel-charts">
      <div style={{ padding: "12px 16px 0" }}>
        <Segmented
          label={t("ads:figures.span")}
          value={span}
          onChange={setSpan}
          options={spans.map((value) => ({ value, text: t(`ads:figures.days${value}`) }))}
        />
      </div>
      <QueryView query={query} skeleton={<SkeletonRows rows={2} avatar={0} />}>
        {(stats) => <Charts stats={stats} />}
      </QueryView>
    </Section>
  );
}

function Charts({ stats }: { stats: Stats }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const points = (name: "members" | "views") => {
    // Several sources may have read on one day: what one of them knows stands for it.
    const byDay = new Map<string, { at: string; value: number | null }>();
    for (const { at, [name]: value } of stats.history) {
      const day = at.slice(0, 10);
      byDay.set(day, { at, value: value ?? byDay.get(day)?.value ?? null });
    }
    return [...byDay.values()];
  };
  const shared = {
    format: (value: number) => countText(Math.round(value), language) ?? "",
    formatAt: (at: string) => date(at, serverNow(), language),
    emptyText: t("ads:figures.tooFew"),
  };
  return (
    <>
      <LineChart title={t("ads:figures.members")} points={points("members")} {...shared} />
      <LineChart title={t("ads:figures.views")} points={points("views")} {...shared} />
    </>
  );
}
