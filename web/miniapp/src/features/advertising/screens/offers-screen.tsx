/** One's own offers, as the side that pays and as the side that posts. Opens on the side where something waits for the reader. */
import { type ReactNode, useEffect, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { Party } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import { Segmented } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { Placeholder, QueryView, Screen, SkeletonRows } from "../../../../../kit/screen.tsx";
import { useBack } from "../../../kernel/navigation.ts";
import "../advertising.css";
import { isMyTurn, sideToOpen } from "../offer-words.ts";
import { More } from "../parts/more.tsx";
import { OfferCell } from "../parts/offer-cell.tsx";
import { type Offer, useOffers } from "../queries.ts";

export default function OffersScreen(): ReactNode {
  const t = useWords();
  const back = useBack();
  const [search] = useSearchParams();
  const named = search.get("role");
  const [side, setSide] = useState<Party | null>(
    named === "publisher" || named === "advertiser" ? named : null,
  );
  const found = useSideToOpen();
  useEffect(() => {
    if (side === null && found !== null) setSide(found);
  }, [side, found]);
  return (
    <Screen title={t("ads:offers.title")} onBack={back}>
      {side === null ? (
        <SkeletonRows />
      ) : (
        <>
          <div style={{ padding: "0 16px 16px" }}>
            <Segmented
              label={t("ads:offers.side")}
              value={side}
              onChange={setSide}
              options={[
                { value: "advertiser", text: t("ads:role.advertiser") },
                { value: "publisher", text: t("ads:role.publisher") },
              ]}
            />
          </div>
          <Side key={side} role={side} />
        </>
      )}
    </Screen>
  );
}

/** Null while it is not known. A list that does not come holds nothing up: its side will say what is wrong with it. */
function useSideToOpen(): Party | null {
  const lists = {
    advertiser: useOffers("advertiser", null),
    publisher: useOffers("publisher", null),
  };
  const open = { advertiser: useOffers("advertiser", "open"), publisher: useOffers("publisher", "open") };
  const all = [lists.advertiser, lists.publisher, open.advertiser, open.publisher];
  if (all.some(({ isPending }) => isPending)) return null;
  const of = (role: Party) => [...itemsOf(open[role]), ...itemsOf(lists[role])];
  return sideToOpen({ advertiser: of("advertiser"), publisher: of("publisher") });
}

const itemsOf = (query: ReturnType<typeof useOffers>): Offer[] =>
  query.data?.pages.flatMap((page) => page.items) ?? [];

/** What waits for the reader first, however many offers were closed since. */
function Side({ role }: { role: Party }): ReactNode {
  const t = useWords();
  const [, navigate] = useLocation();
  const open = useOffers(role, "open");
  const all = useOffers(role, null);
  const data = open.data && all.data ? { open: itemsOf(open), all: itemsOf(all) } : undefined;
  return (
    <QueryView
      query={{
        data,
        error: open.error ?? all.error,
        refetch: () => Promise.all([open.refetch(), all.refetch()]),
      }}
    >
      {(items) => {
        const groups = {
          mine: items.open.filter(isMyTurn),
          theirs: items.open.filter((offer) => !isMyTurn(offer)),
          closed: items.all.filter(({ status }) => status !== "open"),
        };
        if (items.open.length + items.all.length === 0)
          return (
            <Placeholder
              icon="swap"
              title={t(`ads:offers.empty.${role}`)}
              text={t(`ads:offers.emptyText.${role}`)}
              action={{
                text: t(`ads:offers.emptyAction.${role}`),
                onClick: () => navigate(role === "advertiser" ? "/ads/channels" : "/ads/campaigns"),
              }}
            />
          );
        return (
          <>
            {(["mine", "theirs", "closed"] as const).map(
              (group) =>
                groups[group].length > 0 && (
                  <Section key={group} header={t(`ads:offers.${group}`)} testId={`offers-${group}`}>
                    {groups[group].map((offer) => (
                      <OfferCell key={offer.id} offer={offer} />
                    ))}
                  </Section>
                ),
            )}
            <More query={open.hasNextPage ? open : all} />
          </>
        );
      }}
    </QueryView>
  );
}
