/** Campaigns that look for channels. */
import { type ReactNode, useDeferredValue, useState } from "react";
import type { CampaignSort } from "../../../../../../server/src/markets/channels/advertising/campaigns/shapes.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { CampaignCell } from "../parts/campaign-cell.tsx";
import { CampaignFilterSheet } from "../parts/campaign-filter-sheet.tsx";
import { More } from "../parts/more.tsx";
import { SearchHead } from "../parts/search-head.tsx";
import { SortSheet } from "../parts/sort-sheet.tsx";
import { useSettled } from "../parts/use-settled.ts";
import { type CampaignFilter, noCampaignFilter, useCampaigns } from "../queries.ts";

const sorts: readonly CampaignSort[] = ["new", "budget", "price"];
let lastFilter: CampaignFilter = noCampaignFilter;

export default function CampaignsScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [filter, setFilterState] = useState(lastFilter);
  const [sheet, setSheet] = useState<"filter" | "sort" | null>(null);
  const query = useCampaigns(useDeferredValue(useSettled(filter)));
  const setFilter = (next: CampaignFilter) => {
    lastFilter = next;
    setFilterState(next);
    setSheet(null);
  };
  const { category, language, format, priceMin } = filter;
  const count = [category, language, format, priceMin].filter((one) => one !== null).length;
  const isNarrowed = count > 0 || filter.q !== "";
  return (
    <Screen title={t("ads:campaigns.title")} onBack={back}>
      <SearchHead
        label={t("ads:campaigns.search")}
        typed={filter.q}
        onType={(q) => setFilter({ ...filter, q })}
        count={count}
        onFilter={() => setSheet("filter")}
        sort={filter.sort}
        onSort={() => setSheet("sort")}
      />
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        skeleton={<SkeletonRows rows={6} avatar={48} />}
      >
        {(items) =>
          items.length > 0 ? (
            <>
              <Section label={t("ads:campaigns.title")} testId="campaigns">
                {items.map((campaign) => (
                  <CampaignCell key={campaign.id} campaign={campaign} />
                ))}
              </Section>
              <More query={query} />
            </>
          ) : isNarrowed ? (
            <Placeholder
              icon="search"
              title={t("ads:catalogue.nothing")}
              text={t("ads:campaigns.nothingText")}
              action={{ text: t("ads:filter.clear"), onClick: () => setFilter(noCampaignFilter) }}
            />
          ) : (
            <Placeholder icon="deals" title={t("ads:campaigns.empty")} text={t("ads:campaigns.emptyText")} />
          )
        }
      </QueryView>
      {sheet === "filter" && (
        <CampaignFilterSheet filter={filter} onApply={setFilter} onClose={() => setSheet(null)} />
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
