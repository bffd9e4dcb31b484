/** What is known of a channel: each number with where and when it was read. What nobody told us is said to be unknown, never 0. */
import type { ReactNode } from "react";
import { formatBps } from "../../../../../kit/amount.ts";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Cell, Section } from "../../../../../kit/list.tsx";
import { DateText } from "../../../../../kit/time-left.tsx";
import { changeText, countText, perDayText } from "../names.ts";
import type { ChannelCard } from "../queries.ts";

type Figures = ChannelCard["figures"];

export function FiguresSection({ figures, children }: { figures: Figures; children?: ReactNode }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const rows = [
    { name: "members", figure: figures.members, show: (value: number) => countText(value, language) },
    { name: "views", figure: figures.views, show: (value: number) => countText(value, language) },
    {
      name: "engagement",
      figure: figures.engagementBps,
      show: (value: number) => formatBps(value, language),
    },
    {
      name: "postsPerDay",
      figure: figures.postsPerDayMilli,
      show: (value: number) => perDayText(value, language),
    },
  ] as const;
  return (
    <Section header={t("ads:figures.header")} footer={t("ads:figures.footer")} testId="figures">
      {rows.map(({ name, figure, show }) => (
        <Cell
          key={name}
          title={t(`ads:figures.${name}`)}
          subtitle={
            figure ? (
              <>
                {t(`ads:figures.source.${figure.source}`)}, <DateText at={figure.at} />
              </>
            ) : (
              t(`ads:figures.why.${name}`)
            )
          }
          after={figure ? <span className="tabular">{show(figure.value)}</span> : t("ads:figures.unknown")}
          isAfterStrong={figure !== null}
        />
      ))}
      <Cell
        title={t("ads:figures.growth")}
        subtitle={
          figures.growth
            ? t("ads:figures.growthOver", { count: figures.growth.days })
            : t("ads:figures.why.growth")
        }
        after={
          figures.growth ? (
            <span className="tabular">{changeText(figures.growth.members, language)}</span>
          ) : (
            t("ads:figures.unknown")
          )
        }
        isAfterStrong={figures.growth !== null}
      />
      {children}
    </Section>
  );
}
