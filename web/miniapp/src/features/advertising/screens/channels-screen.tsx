/** Channels that take advertising: search, filters and order in sheets, a list that goes on. */
import { type ReactNode, useDeferredValue, useState } from "react";
import type { ChannelSort } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { ChannelCell } from "../parts/channel-cell.tsx";
import { ChannelFilterSheet } from "../parts/channel-filter-sheet.tsx";
import { CodeHint } from "../parts/code-hint.tsx";
import { More } from "../parts/more.tsx";
import { SearchHead } from "../parts/search-head.tsx";
import { SortSheet } from "../parts/sort-sheet.tsx";
import { useSettled } from "../parts/use-settled.ts";
import { type ChannelFilter, noChannelFilter, useChannelSearch } from "../queries.ts";

const sorts: readonly ChannelSort[] = ["members", "views", "price_up", "price_down", "rating", "new"];

/** Kept while the app is open, so that coming back from a channel finds the same list. */
let lastFilter: ChannelFilter = noChannelFilter;

const countOf = (filter: ChannelFilter): number =>
  [
    filter.category,
    filter.language,
    filter.membersMin ?? filter.membersMax,
    filter.viewsMin,
    filter.priceMin ?? filter.priceMax,
    filter.ratingMin,
  ].filter((one) => one !== null).length;

export default function ChannelsScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [filter, setFilterState] = useState(lastFilter);
  const [sheet, setSheet] = useState<"filter" | "sort" | null>(null);
  const query = useChannelSearch(useDeferredValue(useSettled(filter)));
  const setFilter = (next: ChannelFilter) => {
    lastFilter = next;
    setFilterState(next);
    setSheet(null);
  };
  const count = countOf(filter);
  const isNarrowed = count > 0 || filter.q !== "";
  return (
    <Screen title={t("ads:catalogue.title")} onBack={back}>
      <SearchHead
        label={t("ads:catalogue.search")}
        typed={filter.q}
        onType={(q) => setFilter({ ...filter, q })}
        count={count}
        onFilter={() => setSheet("filter")}
        sort={filter.sort}
        onSort={() => setSheet("sort")}
      />
      <CodeHint typed={filter.q} />
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        skeleton={<SkeletonRows rows={7} avatar={48} />}
      >
        {(items) =>
          items.length > 0 ? (
            <>
              <Section label={t("ads:catalogue.title")} testId="ad-channels">
                {items.map((channel) => (
                  <ChannelCell key={channel.id} channel={channel} />
                ))}
              </Section>
              <More query={query} />
            </>
          ) : isNarrowed ? (
            <Placeholder
              icon="search"
              title={t("ads:catalogue.nothing")}
              text={t("ads:catalogue.nothingText")}
              action={{ text: t("ads:filter.clear"), onClick: () => setFilter(noChannelFilter) }}
            />
          ) : (
            <Placeholder
              icon="channels"
              title={t("ads:catalogue.empty")}
              text={t("ads:catalogue.emptyText")}
            />
          )
        }
      </QueryView>
      {sheet === "filter" && (
        <ChannelFilterSheet filter={filter} onApply={setFilter} onClose={() => setSheet(null)} />
      )}
      {sheet === "sort" && (
        <SortSheet
          sorts={sorts}
          chosen={filter.sort}
          onChoose={(sort) => setFilter({ ...filter, sort })}
          onClose={() => setSheet(null)}
        />
      )}
    </Screen>
  );
}
