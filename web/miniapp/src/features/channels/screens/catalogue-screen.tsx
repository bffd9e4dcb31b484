/** Channels for sale: search, filters in a sheet, order, and a list that goes on as one scrolls. */
import { type ReactNode, useDeferredValue, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { offerCodeOf } from "../../../../../kit/deep-link.ts";
import { SearchField } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, ChoiceCell, Section } from "../../../../../kit/list.tsx";
import { isSignedIn } from "../../../../../kit/reader.ts";
import { More, Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { usePublicList } from "../../../kernel/live.ts";
import { useBack } from "../../../kernel/navigation.ts";
import { FilterSheet } from "../parts/filter-sheet.tsx";
import { ListingCell } from "../parts/listing-cell.tsx";
import { type Filter, keys, type Listing, noFilter, type Sort, useListings } from "../queries.ts";

const sorts: readonly Sort[] = ["new", "price_up", "price_down", "members"];

/** Kept while the app is open, so that coming back from a listing finds the same list. */
let lastFilter: Filter = noFilter;

const countOf = (filter: Filter): number =>
  [filter.category, filter.priceMin ?? filter.priceMax, filter.membersMin ?? filter.membersMax].filter(
    (one) => one !== null,
  ).length;

export default function CatalogueScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [filter, setFilterState] = useState(lastFilter);
  const [sheet, setSheet] = useState<"filter" | "sort" | null>(null);
  const deferred = useDeferredValue(useSettled(filter));
  const query = useListings(deferred);
  usePublicList("listings", [...keys.listings, "list"]);
  const setFilter = (next: Filter) => {
    lastFilter = next;
    setFilterState(next);
    setSheet(null);
  };
  const count = countOf(filter);
  return (
    <Screen title={t("market:title")} onBack={back}>
      <SearchField
        label={t("market:search")}
        clearLabel={t("kit:clear")}
        value={filter.q}
        onChange={(q) => setFilter({ ...filter, q })}
      />
      <div className="pills">
        <button
          type="button"
          className={count > 0 ? "pill is-on" : "pill"}
          onClick={() => setSheet("filter")}
        >
          <Icon name="filter" size={20} />
          {t("market:filter.title")}
          {count > 0 && <span className="tabular">{count}</span>}
        </button>
        <button type="button" className="pill" onClick={() => setSheet("sort")}>
          <Icon name="sort" size={20} />
          {t(`market:sort.${filter.sort}`)}
        </button>
      </div>
      <CodeHint typed={filter.q} />
      <QueryView
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        skeleton={<SkeletonRows rows={7} avatar={48} />}
      >
        {(items) => (
          <Results
            items={items}
            query={query}
            onClear={() => setFilter(noFilter)}
            isNarrowed={count > 0 || filter.q !== ""}
          />
        )}
      </QueryView>
      {sheet === "filter" && (
        <FilterSheet filter={filter} onApply={setFilter} onClose={() => setSheet(null)} />
      )}
      {sheet === "sort" && <SortSheet filter={filter} onChoose={setFilter} onClose={() => setSheet(null)} />}
    </Screen>
  );
}

/** Waits until typing pauses. */
function useSettled(filter: Filter): Filter {
  const [settled, setSettled] = useState(filter);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(filter), 250);
    return () => clearTimeout(timer);
  }, [filter]);
  return settled;
}

/** A code or a link that somebody pasted into the search opens its listing. */
function CodeHint({ typed }: { typed: string }): ReactNode {
  const t = useWords();
  const code = offerCodeOf(typed);
  if (!code || !/\d/.test(code)) return null;
  return (
    <Section>
      <Cell before={<Icon name="key" />} title={t("market:openCode")} subtitle={code} to={`/offer/${code}`} />
    </Section>
  );
}

interface ResultsProps {
  items: readonly Listing[];
  query: ReturnType<typeof useListings>;
  isNarrowed: boolean;
  onClear: () => void;
}

function Results({ items, query, isNarrowed, onClear }: ResultsProps): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  if (items.length === 0)
    return isNarrowed ? (
      <Placeholder
        icon="search"
        title={t("market:nothing")}
        text={t("market:nothingText")}
        action={{ text: t("market:filter.clear"), onClick: onClear }}
      />
    ) : (
      <Placeholder
        icon="channels"
        title={t("market:empty")}
        text={t("market:emptyText")}
        action={isSignedIn() ? { text: t("market:sell.title"), onClick: () => navigate("/sell") } : undefined}
      />
    );
  return (
    <>
      <div style={{ opacity: query.isPlaceholderData ? 0.5 : 1, transition: "opacity 120ms" }}>
        <Section label={t("market:title")} testId="catalogue">
          {items.map((listing) => (
            <ListingCell key={listing.id} listing={listing} />
          ))}
        </Section>
      </div>
      {query.hasNextPage && (
        <More onSeen={() => void query.fetchNextPage()} isBusy={query.isFetchingNextPage} />
      )}
    </>
  );
}

function SortSheet(props: {
  filter: Filter;
  onChoose: (filter: Filter) => void;
  onClose: () => void;
}): ReactNode {
  const t = useWords();
  return (
    <Sheet title={t("market:sort.title")} onClose={props.onClose}>
      <section className="section">
        <div className="section-body" role="radiogroup" aria-label={t("market:sort.title")}>
          {sorts.map((sort) => (
            <ChoiceCell
              key={sort}
              title={t(`market:sort.${sort}`)}
              isChosen={props.filter.sort === sort}
              onChoose={() => props.onChoose({ ...props.filter, sort })}
            />
          ))}
        </div>
      </section>
    </Sheet>
  );
}
